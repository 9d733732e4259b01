// Duty: a button that asks for one picture or PDF. What becomes of it is the caller's.
import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { LucideIcon } from '../../ui/icon.tsx';

interface Props {
  label: string;
  icon: LucideIcon;
  loading?: boolean;
  onFile: (file: File) => void;
}

export function FileButton({ label, icon: Icon, loading, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp,application/pdf"
        hidden
        data-file
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <Button
        variant="light"
        loading={loading}
        leftSection={<Icon size={18} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </>
  );
}

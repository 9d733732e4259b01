// Duty: the button under a list that fetches its next page; nothing once all of it is there.
import { Button, type ButtonProps } from '@mantine/core';
import { useSay } from '../lib/i18n.tsx';

interface Props extends Pick<ButtonProps, 'mt' | 'fullWidth'> {
  /** Where a page has several: which list. Begins with the words on it. */
  'aria-label'?: string;
  /** As an infinite query gives it. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> };
  children?: string;
}

export function MoreButton({ list, children, ...look }: Props) {
  const say = useSay();
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
      {...look}
    >
      {children ?? say('common.more')}
    </Button>
  );
}

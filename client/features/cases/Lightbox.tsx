// Duty: one file of a case, large: a photo here, a PDF in its own tab; the next and the previous; removing it.
import { Button, Modal, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { casePaths } from '../../../shared/casePaths.ts';
import type { Evidence } from '../../../shared/caseViews.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ChevronLeft, ChevronRight, ExternalLink, Trash2 } from '../../ui/icons.ts';
import { PersonName, RelativeTime } from '../../ui/words.tsx';
import dialog from './dialog.module.css';
import classes from './lightbox.module.css';
import { useRemoveEvidence } from './useCases.ts';

interface Props {
  caseId: string;
  evidence: Evidence[];
  openId: string;
  mayRemove: boolean;
  /** Another file, or null to close. */
  onOpen: (id: string | null) => void;
  onSaid: (words: string) => void;
}

export function Lightbox({ caseId, evidence, openId, mayRemove, onOpen, onSaid }: Props) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const remove = useRemoveEvidence(caseId);
  const [sure, setSure] = useState(false);
  const index = evidence.findIndex((one) => one.id === openId);
  const item = evidence[index];
  if (!item) return null;
  const href = casePaths.evidenceFile(caseId, item.id);
  const go = (by: number) => {
    const next = evidence[index + by];
    if (!next) return;
    setSure(false);
    onOpen(next.id);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    if (event.key === 'ArrowRight') go(1);
  };
  return (
    <Modal
      closeOnClickOutside
      opened
      onClose={() => onOpen(null)}
      size="xl"
      title={item.name}
      closeButtonProps={{ 'aria-label': say('common.close') }}
      onKeyDown={keys}
    >
      {item.kind === 'photo' ? (
        <img className={classes.photo} src={href} alt={item.name} />
      ) : (
        <div className={classes.paper}>
          <Button
            component="a"
            href={href}
            target="_blank"
            rel="noreferrer"
            leftSection={<ExternalLink size={18} aria-hidden />}
          >
            {say('case.evidence.open', { name: item.name })}
          </Button>
        </div>
      )}
      <Text mt="sm" c="dimmed">
        <PersonName person={item.by} /> <RelativeTime when={item.at} />
      </Text>
      <FormError words={remove.error ? words(remove.error) : null} />
      {sure && <Text mt="sm">{say('case.evidence.removeSure', { name: item.name })}</Text>}
      <div className={dialog.foot}>
        {evidence.length > 1 && (
          <>
            <Button
              variant="default"
              disabled={index === 0}
              onClick={() => go(-1)}
              leftSection={<ChevronLeft size={18} aria-hidden />}
            >
              {say('case.evidence.previous')}
            </Button>
            <Button
              variant="default"
              disabled={index === evidence.length - 1}
              onClick={() => go(1)}
              rightSection={<ChevronRight size={18} aria-hidden />}
            >
              {say('case.evidence.next')}
            </Button>
          </>
        )}
        {mayRemove && (
          <Button
            color="alarm"
            variant={sure ? 'filled' : 'subtle'}
            loading={remove.isPending}
            leftSection={<Trash2 size={18} aria-hidden />}
            onClick={() => {
              if (!sure) return setSure(true);
              remove.mutate(item.id, {
                onSuccess: () => {
                  onOpen(null);
                  onSaid(say('case.evidence.removed'));
                },
              });
            }}
          >
            {say('case.evidence.remove')}
          </Button>
        )}
      </div>
    </Modal>
  );
}

// Duty: photos and papers of a commitment: thumbnails, opening, downloading, adding, removing. Files come only through the permission check of the API.
import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import type { CommitmentAbility, CommitmentFile, CommitmentPage } from '../../../shared/commitments.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { FileText, ImagePlus, Trash2 } from '../../ui/icons.ts';
import { Box } from './Box.tsx';
import classes from './commitments.module.css';
import { FileButton } from './FileButton.tsx';
import { useRemoveEvidence } from './useCommitments.ts';
import { useEvidenceUpload } from './useEvidenceUpload.ts';

interface Props {
  commitment: CommitmentPage;
  abilities: Record<CommitmentAbility, boolean>;
  onSaid: (words: string) => void;
}

export function EvidenceBox({ commitment, abilities, onSaid }: Props) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const { add, sending, failed } = useEvidenceUpload(commitment.id, () =>
    onSaid(say('commitments.evidence.added')),
  );
  const remove = useRemoveEvidence(commitment.id);
  const [leaving, setLeaving] = useState<CommitmentFile | null>(null);
  const inUse = new Set(commitment.checks.flatMap(({ evidence }) => evidence));
  return (
    <Box
      title={say('commitments.evidence')}
      beside={
        abilities.addEvidence && (
          <FileButton
            label={say('commitments.evidence.add')}
            icon={ImagePlus}
            loading={sending}
            onFile={(file) => void add(file)}
          />
        )
      }
    >
      <FormError words={failed} />
      {commitment.evidence.length === 0 ? (
        <p className={classes.faint}>{say('commitments.evidence.none')}</p>
      ) : (
        <ul className={classes.files}>
          {commitment.evidence.map((file) => (
            <li key={file.id} className={classes.fileCard}>
              <a
                href={commitmentPaths.evidenceFile(commitment.id, file.id)}
                target="_blank"
                rel="noreferrer"
                download={file.kind === 'document' ? file.name : undefined}
                aria-label={say('commitments.evidence.open', { name: file.name })}
                data-evidence={file.id}
              >
                <Picture commitmentId={commitment.id} file={file} />
                <span className={classes.fileName}>{file.name}</span>
              </a>
              {abilities.removeEvidence && !inUse.has(file.id) && (
                <ActionIcon
                  className={classes.fileRemove}
                  variant="default"
                  aria-label={say('commitments.evidence.remove', { name: file.name })}
                  onClick={() => setLeaving(file)}
                >
                  <Trash2 size={17} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {leaving && (
        <ConfirmDialog
          opened
          grave
          title={say('commitments.evidence.remove', { name: leaving.name })}
          confirm={say('common.remove')}
          loading={remove.isPending}
          onClose={() => setLeaving(null)}
          onConfirm={() =>
            remove.mutate(leaving.id, {
              onSuccess: () => {
                setLeaving(null);
                onSaid(say('commitments.evidence.removed'));
              },
            })
          }
        >
          {say('commitments.evidence.sure')}
          <FormError words={remove.error ? words(remove.error) : null} />
        </ConfirmDialog>
      )}
    </Box>
  );
}

/** Its name stands beside it, so the picture itself says nothing. */
export function Picture({ commitmentId, file }: { commitmentId: string; file: CommitmentFile }) {
  return file.kind === 'photo' ? (
    <img
      className={classes.thumb}
      src={commitmentPaths.thumbnail(commitmentId, file.id)}
      alt=""
      loading="lazy"
    />
  ) : (
    <span className={classes.thumb}>
      <FileText size={34} aria-hidden />
    </span>
  );
}

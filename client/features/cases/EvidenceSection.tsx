// Duty: photos and papers of a case: thumbnails, adding with progress, opening. Files come only through the permission check of the API.
import { ActionIcon, Button, Progress } from '@mantine/core';
import { type DragEvent, lazy, Suspense, useRef, useState } from 'react';
import type { CaseAbility } from '../../../shared/caseLists.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { CasePage, Evidence } from '../../../shared/caseViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Camera, FileText, ImagePlus, X } from '../../ui/icons.ts';
import classes from './page.module.css';
import { Section } from './Section.tsx';
import { accepted, useUploads } from './uploads.ts';

const Lightbox = lazy(async () => ({ default: (await import('./Lightbox.tsx')).Lightbox }));

interface Props {
  caseFile: CasePage;
  abilities: Record<CaseAbility, boolean>;
  onSaid: (words: string) => void;
}

export function EvidenceSection({ caseFile, abilities, onSaid }: Props) {
  const { say, percent } = useSpeech();
  const { uploads, add, cancel } = useUploads(caseFile.id, (name) =>
    onSaid(say('case.evidence.added', { name })),
  );
  const [open, setOpen] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const may = abilities.addEvidence;
  const take = (list: FileList | null) => add([...(list ?? [])]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (may) take(event.dataTransfer.files);
  };
  return (
    <Section title={say('case.page.evidence')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a shortcut; the buttons below do the same */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!may) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {caseFile.evidence.length === 0 && uploads.length === 0 && (
          <p className={`${classes.faint} no-print`}>{say('case.evidence.empty')}</p>
        )}
        <ul className={classes.files}>
          {caseFile.evidence.map((item) => (
            <li key={item.id}>
              <Thumb caseId={caseFile.id} item={item} onOpen={() => setOpen(item.id)} />
            </li>
          ))}
        </ul>
        {uploads.length > 0 && (
          <ul className={classes.uploads}>
            {uploads.map((upload) => (
              <li key={upload.id} className={classes.upload}>
                {upload.failed ? (
                  <FormError words={say('case.evidence.failed', { name: upload.name, why: upload.failed })} />
                ) : (
                  <div>
                    <span>
                      {say('case.evidence.sending', { name: upload.name, share: percent(upload.share) })}
                    </span>
                    <Progress value={upload.share * 100} aria-label={upload.name} />
                  </div>
                )}
                <ActionIcon
                  aria-label={
                    upload.failed ? say('common.remove') : say('case.evidence.cancel', { name: upload.name })
                  }
                  onClick={() => cancel(upload.id)}
                >
                  <X size={18} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        {may && (
          <div className={`${classes.addFiles} no-print`}>
            <input
              ref={files}
              type="file"
              accept={accepted}
              multiple
              hidden
              data-evidence
              onChange={(event) => {
                take(event.currentTarget.files);
                event.currentTarget.value = '';
              }}
            />
            <input
              ref={camera}
              type="file"
              accept="image/*"
              capture="environment"
              hidden
              onChange={(event) => {
                take(event.currentTarget.files);
                event.currentTarget.value = '';
              }}
            />
            <Button
              variant="light"
              leftSection={<ImagePlus size={18} aria-hidden />}
              onClick={() => files.current?.click()}
            >
              {say('case.evidence.add')}
            </Button>
            <Button
              variant="subtle"
              hiddenFrom="sm"
              leftSection={<Camera size={18} aria-hidden />}
              onClick={() => camera.current?.click()}
            >
              {say('case.evidence.camera')}
            </Button>
          </div>
        )}
      </div>
      {open && (
        <Suspense>
          <Lightbox
            caseId={caseFile.id}
            evidence={caseFile.evidence}
            openId={open}
            mayRemove={abilities.removeEvidence}
            onOpen={setOpen}
            onSaid={onSaid}
          />
        </Suspense>
      )}
    </Section>
  );
}

function Thumb({ caseId, item, onOpen }: { caseId: string; item: Evidence; onOpen: () => void }) {
  const { say } = useSpeech();
  return (
    <button
      type="button"
      className={classes.file}
      onClick={onOpen}
      aria-label={say('case.evidence.open', { name: item.name })}
    >
      {item.hasThumbnail ? (
        <img className={classes.thumb} src={casePaths.thumbnail(caseId, item.id)} alt="" loading="lazy" />
      ) : (
        <span className={classes.thumb}>
          <FileText size={36} aria-hidden />
        </span>
      )}
      <span className={classes.fileName}>{item.name}</span>
    </button>
  );
}

// Duty: how many people, how urgent, whether a child is concerned, photos, and the language of the talk. Counts only, nobody's name.
import { ActionIcon, Button, Checkbox, NativeSelect, Switch } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { limits } from '../../../../shared/caseLists.ts';
import { type Language, languages } from '../../../../shared/directoryLists.ts';
import { useSay, useSpeech } from '../../../lib/i18n.tsx';
import { ownFiles } from '../../../lib/ownStore.ts';
import { useMe } from '../../../lib/session.tsx';
import { FormError } from '../../../ui/FormError.tsx';
import { Camera, Minus, Plus, X } from '../../../ui/icons.ts';
import { useFileFaultWords } from '../uploads.ts';
import type { DraftPhoto } from './drafts.ts';
import classes from './intake.module.css';
import type { StepProps } from './ThemeSteps.tsx';

interface Props extends StepProps {
  addPhoto: (file: File) => Promise<void>;
  removePhoto: (id: string) => void;
}

export function WhoStep({ draft, change, faults, missing, addPhoto, removePhoto }: Props) {
  const { say, language } = useSpeech();
  const { fields, people } = draft;
  return (
    <div className={classes.form}>
      <Counter
        label={say('case.people.howMany')}
        value={people.count}
        onChange={(count) => change({ people: { ...people, count } })}
        error={
          faults['people.count'] ??
          faults.people ??
          (missing === 'people' ? say('fault.required') : undefined)
        }
      />
      {fields.kind === 'group' && (
        <Counter
          label={`${say('case.people.howManyHouseholds')} (${say('common.optional')})`}
          value={people.households}
          onChange={(households) => change({ people: { ...people, households } })}
          error={faults['people.households']}
        />
      )}
      <Switch
        label={say('case.log.urgent')}
        description={say('case.log.urgentHint')}
        checked={fields.urgency === 'critical'}
        onChange={(event) =>
          change({ fields: { urgency: event.currentTarget.checked ? 'critical' : 'normal' } })
        }
      />
      <Switch
        label={say('case.concernsChild')}
        checked={fields.concernsChild ?? false}
        onChange={(event) => change({ fields: { concernsChild: event.currentTarget.checked } })}
      />
      <Photos photos={draft.photos} addPhoto={addPhoto} removePhoto={removePhoto} />
      <NativeSelect
        label={say('case.language')}
        data={languages.map((value) => ({ value, label: say(`language.${value}`) }))}
        value={fields.language ?? language}
        onChange={(event) => change({ fields: { language: event.currentTarget.value as Language } })}
      />
      <Checkbox
        label={say('case.interpreterNeeded')}
        checked={fields.interpreterNeeded ?? false}
        onChange={(event) => change({ fields: { interpreterNeeded: event.currentTarget.checked } })}
      />
    </div>
  );
}

function Counter(props: {
  label: string;
  value: number | '';
  onChange: (value: number | '') => void;
  error?: string | undefined;
}) {
  const id = useId();
  const within = (value: number) => Math.min(Math.max(Math.trunc(value), 0), limits.people);
  const by = (step: number) => {
    const next = within((props.value || 0) + step);
    props.onChange(next === 0 ? '' : next);
  };
  return (
    <div>
      <label htmlFor={id} className={classes.counterLabel}>
        {props.label}
      </label>
      <div className={classes.counter}>
        <ActionIcon variant="default" onClick={() => by(-1)} aria-label={`${props.label} −1`}>
          <Minus size={20} aria-hidden />
        </ActionIcon>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={props.value}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={props.error ? `${id}-error` : undefined}
          onChange={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, '');
            props.onChange(digits === '' ? '' : within(Number(digits)));
          }}
        />
        <ActionIcon variant="default" onClick={() => by(1)} aria-label={`${props.label} +1`}>
          <Plus size={20} aria-hidden />
        </ActionIcon>
        {[5, 10].map((step) => (
          <Button
            key={step}
            variant="default"
            px="sm"
            onClick={() => by(step)}
            aria-label={`${props.label} +${step}`}
          >
            +{step}
          </Button>
        ))}
      </div>
      <div id={`${id}-error`} className={classes.missing}>
        {props.error}
      </div>
    </div>
  );
}

function Photos({
  photos,
  addPhoto,
  removePhoto,
}: Pick<Props, 'addPhoto' | 'removePhoto'> & { photos: DraftPhoto[] }) {
  const say = useSay();
  const faultWords = useFileFaultWords();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = async (files: readonly File[]) => {
    setWrong(null);
    for (const file of files) {
      const fault = faultWords(file);
      if (fault) setWrong(`${file.name}: ${fault}`);
      else await addPhoto(file);
    }
  };
  return (
    <div>
      <span className={classes.counterLabel}>
        {say('case.log.photo')} ({say('common.optional')})
      </span>
      <p className={classes.hint}>{say('case.log.photoHint')}</p>
      <ul className={classes.photos}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <PhotoPreview photo={photo} alt={say('case.log.photoPreview', { number: index + 1 })} />
            <ActionIcon
              size="md"
              variant="filled"
              color="dark"
              className={classes.removePhoto}
              aria-label={say('case.log.removePhoto', { number: index + 1 })}
              onClick={() => removePhoto(photo.id)}
            >
              <X size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <FormError words={wrong} />
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-photos
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void take(files);
        }}
      />
      <Button
        variant="light"
        leftSection={<Camera size={18} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {say('case.evidence.camera')}
      </Button>
    </div>
  );
}

/** Drawn on a canvas: the CSP allows no blob: addresses, and a small copy spares a cheap phone's memory. */
function PhotoPreview({ photo, alt }: { photo: DraftPhoto; alt: string }) {
  const me = useMe();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let left = false;
    const draw = async () => {
      const own = await ownFiles.get(me.id, photo.id);
      if (!own) return;
      const picture = await createImageBitmap(own.blob, { resizeWidth: 240, resizeQuality: 'low' });
      const target = canvas.current;
      if (left || !target) return;
      target.width = picture.width;
      target.height = picture.height;
      target.getContext('2d')?.drawImage(picture, 0, 0);
    };
    draw().catch(() => {});
    return () => {
      left = true;
    };
  }, [me.id, photo.id]);
  return <canvas ref={canvas} className={classes.photo} role="img" aria-label={alt} />;
}

// Duty: a section that is read, then edited in place: sends only what changed, keeps what is typed, asks when somebody else changed the same.
import { Button } from '@mantine/core';
import { type FormEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { CaseRevise } from '../../../shared/cases.ts';
import type { CasePage, StaleCase } from '../../../shared/caseViews.ts';
import { ApiError } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ownTexts } from '../../lib/ownStore.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Pencil } from '../../ui/icons.ts';
import { changedFields, type EditableField, type Values } from './changedFields.ts';
import classes from './page.module.css';
import type { usePresence } from './presence.ts';
import { Section } from './Section.tsx';
import { type CaseAnswer, useReviseCase } from './useCases.ts';

const ConflictDialog = lazy(async () => ({ default: (await import('./ConflictDialog.tsx')).ConflictDialog }));

export interface SectionProps {
  caseFile: CasePage;
  may: boolean;
  presence: ReturnType<typeof usePresence>;
  onSaid: (words: string) => void;
}

interface Props<Name extends EditableField> extends SectionProps {
  title: string;
  names: readonly Name[];
  children: ReactNode;
  form: (
    values: Values<Name>,
    set: (change: Partial<Values<Name>>) => void,
    faults: Record<string, string>,
  ) => ReactNode;
}

interface Edit<Name extends EditableField> {
  version: number;
  before: Values<Name>;
  values: Values<Name>;
}

/** The editor's content, kept on this device until it is saved or given up. */
function useKeptEdit<Name extends EditableField>(caseId: string, section: string) {
  const me = useMe();
  const name = `edit.${caseId}.${section}`;
  const [edit, setEdit] = useState<Edit<Name> | null>(() => {
    try {
      return JSON.parse(ownTexts(me.id).get(name) ?? 'null') as Edit<Name> | null;
    } catch {
      return null;
    }
  });
  const keep = (next: Edit<Name> | null) => {
    setEdit(next);
    ownTexts(me.id).set(name, next && JSON.stringify(next));
  };
  return [edit, keep] as const;
}

export function EditSection<Name extends EditableField>(props: Props<Name>) {
  const { caseFile, names, presence } = props;
  const say = useSay();
  const me = useMe();
  const explain = useFormFaults();
  const revise = useReviseCase(caseFile.id);
  const [edit, setEdit] = useKeptEdit<Name>(caseFile.id, names[0]!);
  const [faults, setFaults] = useState<{ fields: Record<string, string>; whole: string | null } | null>(null);
  const [stale, setStale] = useState<{ by: StaleCase; changed: Partial<Values<Name>> } | null>(null);
  const opener = useRef<HTMLButtonElement>(null);

  const start = () => {
    const before = Object.fromEntries(names.map((name) => [name, caseFile[name]])) as Values<Name>;
    setEdit({ version: caseFile.version, before, values: before });
    setFaults(null);
    presence.edit(names[0]!);
  };
  const finish = () => {
    setEdit(null);
    setFaults(null);
    setStale(null);
    presence.edit(null);
    setTimeout(() => opener.current?.focus(), 0);
  };
  const saved = (answer: CaseAnswer, based: number) => {
    finish();
    if (answer.data.version <= based + 1) return props.onSaid(say('case.page.saved'));
    const other = answer.data.history
      .toSorted((a, b) => b.at.localeCompare(a.at))
      .find((entry) => entry.by && entry.by.id !== me.id);
    props.onSaid(
      other?.by ? say('case.page.merged', { name: other.by.name }) : say('case.page.mergedUnknown'),
    );
  };
  const send = (changed: Partial<Values<Name>>, version: number) =>
    revise.mutate({ ...changed, version } as CaseRevise, {
      onSuccess: (answer) => saved(answer, version),
      onError: (error) => {
        const extra = error instanceof ApiError && error.status === 409 ? error.extra : null;
        const conflicts = extra && (extra as unknown as StaleCase).conflicts;
        if (Array.isArray(conflicts) && conflicts.length > 0)
          setStale({ by: extra as unknown as StaleCase, changed });
        else setFaults(explain(error, names));
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!edit) return;
    const changed = changedFields(names, edit.before, edit.values);
    if (Object.keys(changed).length === 0) finish();
    else send(changed, edit.version);
  };

  return (
    <Section
      title={props.title}
      action={
        props.may &&
        !edit && (
          <Button
            ref={opener}
            variant="subtle"
            size="sm"
            leftSection={<Pencil size={16} aria-hidden />}
            onClick={start}
            aria-label={say('case.page.editWhat', { what: props.title })}
          >
            {say('case.page.edit')}
          </Button>
        )
      }
    >
      {edit ? (
        <form onSubmit={submit} className={classes.form} noValidate>
          <FormError words={faults?.whole ?? null} />
          {props.form(
            edit.values,
            (change) => setEdit({ ...edit, values: { ...edit.values, ...change } }),
            faults?.fields ?? {},
          )}
          <div className={classes.formFoot}>
            <Button type="submit" loading={revise.isPending}>
              {say('common.save')}
            </Button>
            <Button variant="default" onClick={finish}>
              {say('common.cancel')}
            </Button>
          </div>
        </form>
      ) : (
        props.children
      )}
      {stale && (
        <Suspense>
          <ConflictDialog
            stale={stale.by}
            saving={revise.isPending}
            onClose={() => setStale(null)}
            onChosen={(choices) => {
              const changed = { ...stale.changed, ...choices } as Partial<Values<Name>>;
              const version = stale.by.version;
              setStale(null);
              send(changed, version);
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}

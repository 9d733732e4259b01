// Duty: says gently that a text may tell who a person is; moves it to the vault or takes it out with one click, and back. Nothing is refused.
import { Button } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { findPersonalData, type PersonalDataHit } from '../../shared/personalData.ts';
import {
  languageOf,
  type MovableField,
  marks,
  putBack,
  type Taken,
  type TextLanguage,
  takeOut,
  textLanguages,
  vaultFieldOf,
  vaultValueOf,
} from '../../shared/takingOut.ts';
import { useErrorWords } from '../lib/faults.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { useVaultDoor, type VaultDoor } from '../lib/vault.ts';
import { FormError } from './FormError.tsx';
import { LockKeyhole, ShieldAlert } from './icons.ts';
import classes from './inputs.module.css';

export interface WarnedText {
  value: string;
  set: (value: string) => void;
}

interface Props {
  texts: readonly WarnedText[];
  /** The case that the texts are about, once the server knows it. */
  caseId?: string | null;
  /** Instead, where the case is only being written. */
  vault?: VaultDoor;
  /** Where the language of the text is known; else it is guessed. */
  language?: TextLanguage;
}

interface Finding {
  at: number;
  hit: PersonalDataHit;
  value: string;
}

/** What was done last, and how to undo it. */
interface Done {
  words: string;
  at: number;
  taken: Taken;
  /** To be taken out of the vault again. */
  field: MovableField | null;
}

const between = '\u0000';
const mostShown = 6;
const isTextLanguage = (value: string): value is TextLanguage =>
  (textLanguages as readonly string[]).includes(value);

export function PersonalDataWarning({ texts, caseId = null, vault, language }: Props) {
  const { say, list, language: spoken } = useSpeech();
  const errorWords = useErrorWords();
  const whole = useDeferredValue(texts.map(({ value }) => value).join(between));
  const findings = useMemo(
    () =>
      whole.split(between).flatMap((text, at) =>
        findPersonalData(text).map((hit): Finding => {
          return { at, hit, value: text.slice(hit.tells.start, hit.tells.end) };
        }),
      ),
    [whole],
  );
  const ofCase = useVaultDoor(caseId, findings.length > 0);
  const door = vault ?? ofCase;
  // What is typed while the vault answers must not be written over.
  const newest = useRef(texts);
  newest.current = texts;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState<Finding | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const [undone, setUndone] = useState('');
  const undo = useRef<HTMLButtonElement>(null);
  const question = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (done) undo.current?.focus();
  }, [done]);
  useEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);

  const cut = ({ at, hit, value }: Finding, to: 'vault' | 'nowhere', field: MovableField | null) => {
    const text = newest.current[at];
    const still = findPersonalData(text?.value ?? '').find(
      ({ kind, tells }) => kind === hit.kind && text!.value.slice(tells.start, tells.end) === value,
    );
    if (!text || !still) return;
    const written = language ?? languageOf(text.value, isTextLanguage(spoken) ? spoken : 'sq');
    const [rest, taken] = takeOut(text.value, still, marks[to][written]);
    text.set(rest);
    setDone({ words: say(to === 'vault' ? 'case.warn.moved' : 'case.warn.removed'), at, taken, field });
  };
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    setUndone('');
    await deed().catch(setError);
    setBusy(false);
  };
  const move = (finding: Finding, replace: boolean) =>
    attempt(async () => {
      const field = vaultFieldOf[finding.hit.kind];
      if (!door || !field) return;
      const put = await door.put(field, vaultValueOf(field, finding.value), replace);
      if (put === 'other') {
        setDone(null);
        return setAsking(finding);
      }
      setAsking(null);
      cut(finding, 'vault', put === 'sealed' ? field : null);
    });
  const remove = (finding: Finding) => {
    setError(null);
    setUndone('');
    setAsking(null);
    cut(finding, 'nowhere', null);
  };
  const bringBack = (last: Done) =>
    attempt(async () => {
      if (last.field) await door?.takeBack(last.field);
      const text = newest.current[last.at];
      const whole = text && putBack(text.value, last.taken);
      if (text && whole) text.set(whole);
      setDone(null);
      setUndone(say('case.warn.undone'));
    });

  const kinds = [...new Set(findings.map(({ hit }) => hit.kind))];
  return (
    <div className={findings.length > 0 || done || error ? classes.warning : undefined}>
      {(findings.length > 0 || done) && <ShieldAlert size={22} aria-hidden />}
      <div className={classes.warned}>
        <div role="status">
          {kinds.length > 0 && (
            <>
              <b>{say('case.warn.title')}</b>
              <p>{say('case.warn.advice', { what: list(kinds.map((kind) => say(`case.warn.${kind}`))) })}</p>
            </>
          )}
        </div>
        {findings.length > 0 && (
          <ul className={classes.findings} aria-label={say('case.warn.title')}>
            {findings.slice(0, mostShown).map((finding) => {
              const { at, hit, value } = finding;
              const mayMove = door !== null && vaultFieldOf[hit.kind] !== null;
              return (
                <li key={`${at} ${hit.start}`}>
                  <q>{value}</q>
                  <span className={classes.findingDeeds}>
                    {mayMove && (
                      <Button
                        size="compact-md"
                        variant="default"
                        disabled={busy}
                        leftSection={<LockKeyhole size={16} aria-hidden />}
                        aria-label={`${say('case.warn.move')}: ${value}`}
                        onClick={() => void move(finding, false)}
                      >
                        {say('case.warn.move')}
                      </Button>
                    )}
                    <Button
                      size="compact-md"
                      variant="subtle"
                      disabled={busy}
                      aria-label={`${say('case.warn.remove')}: ${value}`}
                      onClick={() => remove(finding)}
                    >
                      {say('case.warn.remove')}
                    </Button>
                  </span>
                </li>
              );
            })}
          </ul>
        )}
        {asking && (
          <div role="alert" className={classes.findingAsked}>
            <p>
              {say('case.warn.other', {
                field: say(`case.warn.${asking.hit.kind === 'community_name' ? 'name' : asking.hit.kind}`),
                value: asking.value,
              })}
            </p>
            <span className={classes.findingDeeds}>
              <Button
                ref={question}
                size="compact-md"
                variant="default"
                onClick={() => remove(asking)}
                disabled={busy}
              >
                {say('case.warn.onlyRemove')}
              </Button>
              <Button
                size="compact-md"
                variant="default"
                disabled={busy}
                onClick={() => void move(asking, true)}
              >
                {say('case.warn.replace')}
              </Button>
              <Button size="compact-md" variant="subtle" onClick={() => setAsking(null)}>
                {say('case.warn.leave')}
              </Button>
            </span>
          </div>
        )}
        <FormError words={error ? errorWords(error) : null} />
        <div role="status">
          {done?.words}
          {undone}
        </div>
        {done && (
          <Button
            ref={undo}
            size="compact-md"
            variant="subtle"
            disabled={busy}
            onClick={() => void bringBack(done)}
          >
            {say('case.warn.undo')}
          </Button>
        )}
      </div>
    </div>
  );
}

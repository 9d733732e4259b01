// Duty: the notice in the person's language, whatever language the screen has: to read out, to hear, to print and sign.
import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  consentPurposes,
  type NoticeLanguage,
  noticeLanguages,
  noticeVersion,
} from '../../../shared/consentLists.ts';
import { locales, type Speaker } from '../../../shared/i18n.ts';
import { loadSpeaker, useSpeech } from '../../lib/i18n.tsx';
import { Printer, Square, Volume2 } from '../../ui/icons.ts';
import { Paper } from '../../ui/Paper.tsx';
import paper from '../../ui/paper.module.css';
import { LoadingState } from '../../ui/states.tsx';
import classes from './panel.module.css';

const paragraphs = [
  'who',
  'no',
  'what',
  'sees',
  'partners',
  'public',
  'long',
  'withdraw',
  'rights',
  'complain',
  'ask',
] as const;

/** A voice of this device alone: one on the network would tell a third party what is read here. */
function voiceFor(language: NoticeLanguage): SpeechSynthesisVoice | undefined {
  const tags = language === 'sr' ? ['sr', 'hr', 'bs'] : [language];
  return window.speechSynthesis
    ?.getVoices()
    .find((voice) => voice.localService && tags.some((tag) => voice.lang.toLowerCase().startsWith(tag)));
}

export function NoticeDialog({ reference, onClose }: { reference: string; onClose: () => void }) {
  const { say, language } = useSpeech();
  const [chosen, setChosen] = useState<NoticeLanguage>(language === 'rom' ? 'sq' : language);
  const { data: speaker } = useQuery({
    queryKey: ['notice', chosen],
    queryFn: () => loadSpeaker(chosen),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [speaking, setSpeaking] = useState(false);
  const [printing, setPrinting] = useState(false);
  const voice = voiceFor(chosen);
  const hush = () => {
    window.speechSynthesis?.cancel();
    setSpeaking(false);
  };
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  const read = (words: Speaker) => {
    const speech = new SpeechSynthesisUtterance(
      [words.say('notice.title'), ...paragraphs.map((one) => words.say(`notice.${one}`))].join('\n'),
    );
    if (voice) speech.voice = voice;
    speech.rate = 0.9;
    speech.onend = () => setSpeaking(false);
    window.speechSynthesis.speak(speech);
    setSpeaking(true);
  };
  return (
    <Modal
      closeOnClickOutside
      opened
      onClose={onClose}
      size="lg"
      title={say('consent.notice')}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <SegmentedControl
        fullWidth
        aria-label={say('notice.inLanguage')}
        value={chosen}
        onChange={(value) => {
          hush();
          setChosen(value as NoticeLanguage);
        }}
        data={noticeLanguages.map((one) => ({ value: one, label: say(`language.${one}`) }))}
      />
      {speaker ? (
        <>
          <div className={classes.notice} lang={locales[chosen]}>
            <h3>{speaker.say('notice.title')}</h3>
            {paragraphs.map((one) => (
              <p key={one}>{speaker.say(`notice.${one}`)}</p>
            ))}
            <ul>
              {consentPurposes.map((purpose) => (
                <li key={purpose}>{speaker.say(`consent.purpose.${purpose}`)}</li>
              ))}
            </ul>
          </div>
          {!voice && <p className={classes.faint}>{say('notice.noVoice')}</p>}
          <div className={classes.foot}>
            {voice && (
              <Button
                variant="default"
                leftSection={speaking ? <Square size={18} aria-hidden /> : <Volume2 size={18} aria-hidden />}
                onClick={() => (speaking ? hush() : read(speaker))}
              >
                {say(speaking ? 'notice.stop' : 'notice.readAloud')}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<Printer size={18} aria-hidden />}
              onClick={() => setPrinting(true)}
            >
              {say('identity.print')}
            </Button>
            <Button onClick={onClose}>{say('common.close')}</Button>
          </div>
          {printing && (
            <Paper onPrinted={() => setPrinting(false)}>
              <Sheet speaker={speaker} reference={reference} />
            </Paper>
          )}
        </>
      ) : (
        <LoadingState />
      )}
    </Modal>
  );
}

/** On paper: the text, then each use with a yes and a no of its own, neither ticked. */
function Sheet({ speaker: { say, locale }, reference }: { speaker: Speaker; reference: string }) {
  return (
    <div lang={locale}>
      <h1>{say('notice.title')}</h1>
      {paragraphs.map((one) => (
        <p key={one}>{say(`notice.${one}`)}</p>
      ))}
      <table>
        <tbody>
          {consentPurposes.map((purpose) => (
            <tr key={purpose}>
              <td>
                <strong>{say(`consent.purpose.${purpose}`)}</strong>
                <br />
                {say(`consent.purpose.${purpose}.about`)}
                {purpose === 'referral' && (
                  <>
                    <br />
                    {say('consent.recipient')}: <span className={paper.blank} />
                  </>
                )}
              </td>
              <td>
                <span className={paper.box} /> {say('common.yes')}
              </td>
              <td>
                <span className={paper.box} /> {say('common.no')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {say('notice.day')}: <span className={paper.blank} /> {say('notice.asker')}:{' '}
        <span className={paper.blank} />
      </p>
      <p>
        {say('notice.sign')}: <span className={paper.blank} />
      </p>
      <p>
        {reference}. {say('notice.version', { version: noticeVersion })}
      </p>
    </div>
  );
}

// Duty: add one file to an action: progress while it is sent, a way to stop it, why it was refused.
import { Button, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignAnswer } from '../../../shared/campaignViews.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Paperclip } from '../../ui/icons.ts';
import classes from './campaigns.module.css';
import { useKeepCampaign } from './useCampaigns.ts';

const accepted = 'image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf';

export function EvidenceButton({ campaignId, actionId }: { campaignId: string; actionId: string }) {
  const { say, percent } = useSpeech();
  const words = useErrorWords();
  const keep = useKeepCampaign(campaignId);
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; share: number; stop: AbortController } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const send = async (file: File) => {
    const stop = new AbortController();
    const { name } = file;
    setFailed(null);
    setSending({ name, share: 0, stop });
    try {
      keep(
        await api.upload<CampaignAnswer>(
          `${campaignPaths.evidence(campaignId, actionId)}?id=${newId()}`,
          file,
          name,
          { signal: stop.signal, onProgress: (share) => setSending({ name, share, stop }) },
        ),
      );
    } catch (error) {
      if (!stop.signal.aborted) setFailed(words(error));
    } finally {
      setSending(null);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accepted}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void send(file);
        }}
      />
      <Button
        size="compact-md"
        variant="default"
        leftSection={<Paperclip size={16} aria-hidden />}
        disabled={sending !== null}
        onClick={() => input.current?.click()}
      >
        {say('campaigns.evidence.add')}
      </Button>
      {sending && (
        <div className={classes.sending}>
          <span>
            {say('campaigns.evidence.sending', { name: sending.name, share: percent(sending.share) })}
          </span>
          <Progress value={sending.share * 100} aria-label={sending.name} />
          <Button size="compact-sm" variant="subtle" onClick={() => sending.stop.abort()}>
            {say('common.cancel')}
          </Button>
        </div>
      )}
      <FormError words={failed} />
    </>
  );
}

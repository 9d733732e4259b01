// Duty: one move of one campaign in a dialog: asks what the table says it needs, sends it, says what is refused and where to mend it.
import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { campaignResults } from '../../../shared/campaignLists.ts';
import { type CampaignMoveName, campaignMoves, type MoveGift } from '../../../shared/campaignMoves.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignAnswer, CampaignPage } from '../../../shared/campaignViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { FormDialog } from './FormDialog.tsx';
import { IssueChoice, MunicipalityChoice, WordsField } from './fields.tsx';
import { useCampaign, useCampaignWrite } from './useCampaigns.ts';
import { useFields } from './useFields.ts';
import { useReadiness } from './useReadiness.ts';

interface Props {
  id: string;
  move: CampaignMoveName;
  onClose: () => void;
  onDone: (answer: CampaignAnswer) => void;
}

/** The board knows a row alone: the whole is read first. */
export function MoveDialog(props: Props) {
  const { data } = useCampaign(props.id);
  return data ? <Asked {...props} campaign={data.data} /> : <LoadingState />;
}

interface Values {
  issueIds: string[];
  municipalities: MunicipalitySlug[];
  whyNow: string;
  reason: string;
  reviewOn: string;
  result: string;
  lessons: string;
}

function Asked({ campaign, move, onClose, onDone }: Props & { campaign: CampaignPage }) {
  const { say, speaker } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const { gives } = campaignMoves[move];
  const { values, set, fault, whole } = useFields<Values>(
    {
      issueIds: campaign.issues.map(({ id }) => id),
      municipalities: campaign.municipalities,
      whyNow: campaign.whyNow,
      reason: '',
      reviewOn: dayIn(30),
      result: '',
      lessons: campaign.lessons,
    },
    send.error,
  );
  const unready = useReadiness()(send.error);
  const about = `campaigns.move.${move}.about`;
  const submit = () => {
    const given = Object.fromEntries(gives.map((name) => [name, values[name] || undefined]));
    send.mutate(
      {
        method: 'post',
        path: campaignPaths.moves(campaign.id),
        body: { move, version: campaign.version, ...given },
      },
      { onSuccess: onDone },
    );
  };
  const fields: Record<MoveGift, React.ReactNode> = {
    issueIds: (
      <IssueChoice
        value={values.issueIds}
        known={campaign.issues}
        onChange={(issueIds) => set({ issueIds })}
        error={fault('issueIds')}
        required
      />
    ),
    municipalities: (
      <MunicipalityChoice
        value={values.municipalities}
        onChange={(municipalities) => set({ municipalities })}
        error={fault('municipalities')}
        required
      />
    ),
    whyNow: (
      <WordsField
        label={say('campaigns.field.whyNow')}
        description={say('campaigns.field.whyNow.hint')}
        value={values.whyNow}
        onChange={(whyNow) => set({ whyNow })}
        error={fault('whyNow')}
        required
      />
    ),
    reason: (
      <WordsField
        label={say('campaigns.field.reason')}
        value={values.reason}
        onChange={(reason) => set({ reason })}
        error={fault('reason')}
        required
        first
      />
    ),
    reviewOn: (
      <DayInput
        label={say('campaigns.field.reviewOn')}
        value={values.reviewOn}
        onChange={(reviewOn) => set({ reviewOn })}
        error={fault('reviewOn')}
        quick={[14, 30, 60]}
      />
    ),
    result: (
      <Radio.Group
        label={say('campaigns.field.result')}
        value={values.result}
        onChange={(result) => set({ result })}
        error={fault('result')}
        required
      >
        <Stack gap="xs" pt="xs">
          {campaignResults.map((result) => (
            <Radio key={result} value={result} label={say(`campaigns.result.${result}`)} />
          ))}
        </Stack>
      </Radio.Group>
    ),
    lessons: (
      <>
        <Textarea
          label={say('campaigns.field.lessons')}
          description={say('campaigns.field.lessons.hint')}
          value={values.lessons}
          onChange={(event) => set({ lessons: event.currentTarget.value })}
          error={fault('lessons')}
          maxLength={4000}
          autosize
          minRows={3}
          maxRows={12}
          required
        />
        <PersonalDataWarning texts={[{ value: values.lessons, set: (text) => set({ lessons: text }) }]} />
      </>
    ),
  };
  return (
    <FormDialog
      typed={values}
      title={`${campaign.reference}: ${say(`campaigns.move.${move}`)}`}
      deed={say(`campaigns.move.${move}`)}
      error={send.error}
      whole={unready ?? whole}
      loading={send.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {speaker.knows(about) && <Text>{say(about)}</Text>}
      {gives.map((name) => (
        <div key={name}>{fields[name]}</div>
      ))}
    </FormDialog>
  );
}

// Duty: the cases behind a campaign: how many and of which theme; one by one for those who may; chosen, checked and taken out by coordinators.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, UseRow } from '../../../shared/campaignViews.ts';
import { themes } from '../../../shared/themeLists.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { CaseLink, RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { useCampaignWrite, useUses } from './useCampaigns.ts';

const ChooseDialog = lazy(async () => ({ default: (await import('./ChooseDialog.tsx')).ChooseDialog }));
const CheckDialog = lazy(async () => ({ default: (await import('./CheckDialog.tsx')).CheckDialog }));

interface Props {
  campaign: CampaignPage;
  mayUse: boolean;
  onSaid: (words: string) => void;
}

export function CasesPanel({ campaign, mayUse, onSaid }: Props) {
  const { say, number } = useSpeech();
  const words = useErrorWords();
  const { total, byTheme, own, toCheck } = campaign.cases;
  const { data: uses = [] } = useUses(campaign.id, own > 0 || toCheck !== null);
  const take = useCampaignWrite(campaign.id);
  const [choosing, setChoosing] = useState(false);
  const [checking, setChecking] = useState<UseRow | null>(null);
  const [taking, setTaking] = useState<UseRow | null>(null);
  return (
    <Box
      title={say('campaigns.cases')}
      action={
        mayUse && (
          <Button size="compact-md" variant="light" onClick={() => setChoosing(true)}>
            {say('campaigns.cases.choose')}
          </Button>
        )
      }
    >
      {total === null ? (
        <p className={classes.faint}>{say('campaigns.cases.withheld')}</p>
      ) : (
        <p className={classes.total}>{say('campaigns.cases.total', { count: total })}</p>
      )}
      {byTheme && (total ?? 0) > 0 && (
        <ul className={classes.themes}>
          {themes
            .filter((theme) => (byTheme[theme] ?? 0) > 0)
            .map((theme) => (
              <li key={theme}>
                <ThemeMark theme={theme} />{' '}
                <b className={classes.themeCount}>{number(byTheme[theme] ?? 0)}</b>
              </li>
            ))}
        </ul>
      )}
      {own > 0 && (
        <p>
          <Link
            to={`${paths.cases.href()}?${new URLSearchParams({ campaign: campaign.id })}`}
            className={classes.textLink}
          >
            {say('campaigns.cases.mine')}
          </Link>
        </p>
      )}
      {toCheck !== null && toCheck > 0 && (
        <p className={classes.lacks}>{say('campaigns.cases.toCheck', { count: toCheck })}</p>
      )}
      {uses.length > 0 && (
        <details className={classes.details} open={mayUse && (toCheck ?? 0) > 0}>
          <summary>{say('campaigns.cases.list')}</summary>
          <ul className={classes.rows}>
            {uses.map((row) => (
              <li key={row.caseId} className={classes.row}>
                <CaseLink id={row.caseId} reference={row.reference} title={row.title} />
                <p className={classes.under}>
                  {say(`campaigns.standing.${row.standing}`)}
                  {row.ended ? (
                    <>
                      : {say(`campaigns.ending.${row.ended.why}`)}, <RelativeTime when={row.ended.at} />
                    </>
                  ) : (
                    row.detail && `. ${say(`campaigns.detail.${row.detail}`)}`
                  )}
                </p>
                {mayUse && row.standing !== 'ended' && (
                  <div className={classes.rowFoot}>
                    <Button
                      size="compact-md"
                      variant={row.check ? 'default' : 'filled'}
                      onClick={() => setChecking(row)}
                      aria-label={say('campaigns.cases.checkOf', { reference: row.reference })}
                    >
                      {say(row.check ? 'campaigns.cases.checkAgain' : 'campaigns.cases.check')}
                    </Button>
                    <Button
                      size="compact-md"
                      variant="default"
                      onClick={() => setTaking(row)}
                      aria-label={say('campaigns.cases.takeOutOf', { reference: row.reference })}
                    >
                      {say('campaigns.cases.takeOut')}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Suspense>
        {choosing && (
          <ChooseDialog
            campaign={campaign}
            known={uses}
            onClose={() => setChoosing(false)}
            onDone={() => setChoosing(false)}
          />
        )}
        {checking && (
          <CheckDialog
            key={checking.caseId}
            campaign={campaign}
            row={checking}
            onClose={() => setChecking(null)}
            onDone={() => {
              setChecking(null);
              onSaid(say('campaigns.saved'));
            }}
          />
        )}
      </Suspense>
      {taking && (
        <ConfirmDialog
          opened
          title={say('campaigns.cases.takeOutOf', { reference: taking.reference })}
          confirm={say('campaigns.cases.takeOut')}
          loading={take.isPending}
          onClose={() => setTaking(null)}
          onConfirm={() =>
            take.mutate(
              { method: 'delete', path: campaignPaths.use(campaign.id, taking.caseId) },
              { onSuccess: () => setTaking(null) },
            )
          }
        >
          {taking.title}
          <FormError words={take.error ? words(take.error) : null} />
        </ConfirmDialog>
      )}
    </Box>
  );
}

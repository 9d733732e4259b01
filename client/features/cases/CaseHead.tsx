// Duty: the head of a case: reference, title, where it stands, who leads, what comes next, and the moves this viewer may make.
import { Button, Menu } from '@mantine/core';
import { Link } from 'react-router';
import type { CaseAbility } from '../../../shared/caseLists.ts';
import type { CaseMoveName } from '../../../shared/caseMoves.ts';
import type { CasePage } from '../../../shared/caseViews.ts';
import type { Presence } from '../../../shared/live.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { stepTitle } from '../../lib/stepTitle.ts';
import {
  ArrowRightLeft,
  ChevronDown,
  ClockAlert,
  Eye,
  Map as MapIcon,
  PenLine,
  Printer,
  UserRoundCheck,
} from '../../ui/icons.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { CaseLink, ExampleBadge, PersonName, RelativeTime } from '../../ui/words.tsx';
import { fieldName } from './historyWords.ts';
import { offeredMoves } from './moveOrder.ts';
import classes from './page.module.css';

interface Props {
  caseFile: CasePage;
  abilities: Record<CaseAbility, boolean>;
  others: Presence['viewers'];
  onMove: (move: CaseMoveName) => void;
  onAssign: () => void;
}

export function CaseHead({ caseFile, abilities, others, onMove, onAssign }: Props) {
  const { say, date } = useSpeech();
  const me = useMe();
  const { primary, others: moves } = offeredMoves(abilities);
  return (
    <>
      <PageHead
        title={caseFile.anonymisedAt ? say('case.anonymised') : caseFile.title}
        tabTitle={caseFile.reference}
        lead={<Subline caseFile={caseFile} others={others} />}
        primary={primary ? { label: say(`case.move.${primary}`), onClick: () => onMove(primary) } : undefined}
        secondary={
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" rightSection={<ChevronDown size={18} aria-hidden />}>
                {say('case.page.more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {moves.map((move) => (
                <Menu.Item key={move} onClick={() => onMove(move)}>
                  {say(`case.move.${move}`)}
                </Menu.Item>
              ))}
              {moves.length > 0 && <Menu.Divider />}
              {abilities.assign && (
                <Menu.Item leftSection={<UserRoundCheck size={18} aria-hidden />} onClick={onAssign}>
                  {say('case.assign')}
                </Menu.Item>
              )}
              {me.abilities.handOver && caseFile.lead && (
                <Menu.Item
                  component={Link}
                  to={`${paths.handOver.href()}?from=${caseFile.lead.id}`}
                  leftSection={<ArrowRightLeft size={18} aria-hidden />}
                >
                  {say('case.handOver')}
                </Menu.Item>
              )}
              {me.abilities.viewMap && (
                <Menu.Item
                  component={Link}
                  to={`${paths.map.href()}?case=${caseFile.id}`}
                  leftSection={<MapIcon size={18} aria-hidden />}
                >
                  {say('case.page.onMap')}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<Printer size={18} aria-hidden />} onClick={() => window.print()}>
                {say('case.page.print')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        }
      />
      <dl className={classes.facts}>
        <div>
          <dt>{say('case.status')}</dt>
          <dd className={classes.statusFact}>
            <StatusWord status={caseFile.status} />
            {caseFile.urgency !== 'normal' && <UrgencyWord urgency={caseFile.urgency} />}
          </dd>
          {caseFile.waitingOn && (
            <dd className={classes.faint}>
              {say(`case.waitingOn.${caseFile.waitingOn.party}`, { date: date(caseFile.waitingOn.until) })}
            </dd>
          )}
          {caseFile.outcome && <dd className={classes.faint}>{say(`case.outcome.${caseFile.outcome}`)}</dd>}
          {caseFile.confirmedBy && (
            <dd className={classes.faint}>
              {say('case.confirmedBy', { who: say(`case.confirmed.${caseFile.confirmedBy}`) })}
            </dd>
          )}
          {caseFile.duplicateOf && (
            <dd>
              <CaseLink id={caseFile.duplicateOf.id} reference={caseFile.duplicateOf.reference} />
            </dd>
          )}
        </div>
        <div>
          <dt>{say('case.lead')}</dt>
          <dd>{caseFile.lead ? <PersonName person={caseFile.lead} /> : say('case.lead.none')}</dd>
          {caseFile.lead && !caseFile.lead.active && caseFile.status !== 'closed' && (
            <dd className={classes.late}>
              <ClockAlert size={17} aria-hidden /> {say('case.lead.left')}
            </dd>
          )}
          {caseFile.collaborators.length > 0 && (
            <dd className={classes.faint}>
              {say('case.collaborators')}: {caseFile.collaborators.map((one) => one.name).join(', ')}
            </dd>
          )}
        </div>
        <NextStepFact caseFile={caseFile} />
      </dl>
    </>
  );
}

function NextStepFact({ caseFile }: { caseFile: CasePage }) {
  const { say, speaker } = useSpeech();
  if (!caseFile.nextStep && (caseFile.status === 'closed' || caseFile.status === 'resolved')) return null;
  return (
    <div>
      <dt>{say('case.nextStep')}</dt>
      {caseFile.nextStep ? (
        <>
          <dd>{stepTitle(speaker, caseFile.nextStep)}</dd>
          <dd className={caseFile.late ? classes.late : classes.faint}>
            {caseFile.late && (
              <>
                <ClockAlert size={17} aria-hidden /> {say('case.late')}:{' '}
              </>
            )}
            <RelativeTime when={caseFile.nextStep.due} />
          </dd>
        </>
      ) : (
        <dd className={caseFile.status === 'new' ? undefined : classes.faint}>
          {say(caseFile.status === 'new' ? 'case.nextStep.triage' : 'case.nextStep.none')}
        </dd>
      )}
    </div>
  );
}

function Subline({ caseFile, others }: { caseFile: CasePage; others: Presence['viewers'] }) {
  const { say, list, speaker } = useSpeech();
  const editing = others.filter((viewer) => viewer.editing);
  const reading = others.filter((viewer) => !viewer.editing);
  return (
    <span className={classes.subline}>
      <span className={classes.reference}>{caseFile.reference}</span>
      <ThemeMark theme={caseFile.theme} />
      <span>{say(`subTheme.${caseFile.subTheme}`)}</span>
      {caseFile.example && <ExampleBadge />}
      <span role="status" className={`${classes.presence} no-print`}>
        {editing.map((viewer) => (
          <span key={viewer.userId} className={classes.dot} data-editing>
            <PenLine size={16} aria-hidden />
            {say('case.page.editing', { name: viewer.name, field: fieldName(speaker, viewer.editing!) })}
          </span>
        ))}
        {reading.length > 0 && (
          <span className={classes.dot}>
            <Eye size={16} aria-hidden />
            {say('case.page.presence', {
              count: reading.length,
              names: list(reading.map((viewer) => viewer.name)),
            })}
          </span>
        )}
      </span>
    </span>
  );
}

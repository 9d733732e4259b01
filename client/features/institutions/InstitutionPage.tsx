// Duty: one institution: how it answers, letters to it, its promises, who holds office. The list of office holders is edited in a dialog.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { officeId } from '../../../shared/institutionLists.ts';
import type { InstitutionAnswer, OfficeHolder } from '../../../shared/institutions.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { Asked } from '../../ui/Asked.tsx';
import { MailPlus, UserPen } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import classes from './institutions.module.css';
import { LettersBox } from './LettersBox.tsx';
import { ScorecardView } from './ScorecardView.tsx';
import { useInstitutionSlots } from './slots.tsx';
import { useInstitution } from './useInstitutions.ts';

import { useInstitutionName } from './words.tsx';

const PeopleDialog = lazy(async () => ({ default: (await import('./PeopleDialog.tsx')).PeopleDialog }));

export function InstitutionPage() {
  const { id = '' } = useParams();
  const { say } = useSpeech();
  const asked = useInstitution(id);
  return (
    <Page>
      <BackLink to={paths.institutions.href()}>{say('institutions.title')}</BackLink>
      <Asked
        asked={asked}
        gone={{ title: say('institutions.gone.title'), text: say('institutions.gone.text') }}
        wayOut={<BackButton to={paths.institutions.href()}>{say('institutions.toList')}</BackButton>}
      >
        {(answer) => <Opened answer={answer} />}
      </Asked>
    </Page>
  );
}

function Opened({ answer: { data: institution, abilities } }: { answer: InstitutionAnswer }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const institutionName = useInstitutionName();
  const { Commitments } = useInstitutionSlots();
  const { tell, said } = useSaid();
  const [editing, setEditing] = useState(false);
  const name = institutionName(institution.names);
  const subject = {
    institutionId: institution.of ?? institution.id,
    ...(institution.municipality ? { municipality: institution.municipality } : {}),
  };
  const isKind = institution.level === 'municipal' && institution.of === null;
  const filter = {
    institution: subject.institutionId,
    ...(subject.municipality ? { municipality: subject.municipality } : {}),
  };
  return (
    <>
      <PageHead
        title={name}
        tabTitle={name}
        lead={
          <span className={classes.rowFacts}>
            <span className={classes.pill}>{say(`institutions.level.${institution.level}`)}</span>
            {institution.themes.map((theme) => (
              <ThemeMark key={theme} theme={theme} />
            ))}
          </span>
        }
        primary={
          abilities.writeLetter
            ? {
                label: say('letters.writeTo'),
                icon: MailPlus,
                to: `${paths.newLetter.href()}?${new URLSearchParams({
                  institution: institution.id,
                  ...(institution.municipality ? { municipality: institution.municipality } : {}),
                })}`,
              }
            : undefined
        }
      />
      <div className={classes.columns}>
        <div className={classes.main}>
          <ScorecardView scorecard={institution.scorecard} />
          {isKind && (
            <section className={classes.box} aria-label={say('institutions.offices')}>
              <h2 className={classes.boxTitle}>{say('institutions.offices')}</h2>
              <ul className={classes.plain}>
                {municipalitySlugs.map((slug) => (
                  <li key={slug}>
                    <Link
                      to={paths.institution.href(officeId(institution.id, slug))}
                      className={classes.textLink}
                    >
                      {placeName(slug)}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <LettersBox filter={filter} title={say('institutions.letters')} query={null} />
          <Suspense>{Commitments && <Commitments {...subject} />}</Suspense>
        </div>
        <div className={classes.side}>
          <section className={classes.box} aria-label={say('institutions.people')}>
            <h2 className={classes.boxTitle}>{say('institutions.people')}</h2>
            <People people={institution.people} />
            {abilities.editPeople && (
              <Button
                variant="default"
                leftSection={<UserPen size={18} aria-hidden />}
                onClick={() => setEditing(true)}
                className={classes.wrap}
              >
                {say('institutions.people.edit')}
              </Button>
            )}
          </section>
          <section className={classes.box} aria-label={say('institutions.responsible')}>
            <h2 className={classes.boxTitle}>{say('institutions.responsible')}</h2>
            <p lang="en">{institution.role}</p>
            <p className={classes.faint}>
              {say('institutions.verification', { how: institution.verification })}
            </p>
          </section>
        </div>
      </div>
      <Suspense>
        {editing && (
          <PeopleDialog
            institution={institution}
            onClose={() => setEditing(false)}
            onDone={() => {
              setEditing(false);
              tell(say('common.saved'));
            }}
          />
        )}
      </Suspense>
      {said}
    </>
  );
}

function People({ people }: { people: OfficeHolder[] }) {
  const { say, date } = useSpeech();
  if (people.length === 0) return <p className={classes.faint}>{say('institutions.people.none')}</p>;
  const newest = people.toSorted(
    (a, b) => Number(a.to !== null) - Number(b.to !== null) || b.from.localeCompare(a.from),
  );
  return (
    <ul className={classes.people}>
      {newest.map((person) => (
        <li key={person.id}>
          <b>{person.name}</b>
          <span>{person.office}</span>
          <span className={classes.faint}>
            {person.to
              ? say('institutions.people.span', { from: date(person.from), to: date(person.to) })
              : say('institutions.people.since', { day: date(person.from) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

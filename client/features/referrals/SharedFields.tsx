// Duty: what of the case is open to the recipient now, or will be; what is closed again says so kindly. Values of the vault: the slot's.

import { Suspense } from 'react';
import { ageBands } from '../../../shared/caseLists.ts';
import type { ShareableField } from '../../../shared/consentLists.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { IdentityField, OpenedIdentity, OpenReason } from '../../../shared/identityLists.ts';
import type { ReferralStatus } from '../../../shared/referralLists.ts';
import type { SharedView } from '../../../shared/referrals.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { FileText, Image as ImageIcon, LockKeyhole } from '../../ui/icons.ts';
import classes from './referrals.module.css';
import { useReferralSlots } from './slots.tsx';
import { fieldWords, isOfVault } from './words.tsx';

interface Props {
  status: ReferralStatus;
  sharedFields: ShareableField[];
  shared: SharedView | null;
  municipality: MunicipalitySlug;
  evidenceHref: (evidence: string) => string;
  thumbnailHref: (evidence: string) => string;
  /** Null where this reader may not open the vault's fields. */
  open: ((reason: OpenReason, fields: IdentityField[]) => Promise<OpenedIdentity>) | null;
  withoutReason?: boolean;
}

export function SharedFields(props: Props) {
  const { say, date } = useSpeech();
  const { shared } = props;
  if (!shared) return <Closed {...props} />;
  return (
    <>
      <Values {...props} shared={shared} />
      {shared.closesOn && (
        <p className={classes.faint}>{say('referrals.shared.closesOn', { date: date(shared.closesOn) })}</p>
      )}
    </>
  );
}

/** Before acceptance: what will be seen, by name. After the end: that it is closed. */
function Closed({ status, sharedFields }: Props) {
  const { say } = useSpeech();
  const before = status === 'draft' || status === 'pending';
  if (!before) return <p className={classes.faint}>{say('referrals.shared.closed')}</p>;
  if (sharedFields.length === 0) return <p className={classes.faint}>{say('referrals.shared.nothing')}</p>;
  return (
    <>
      <p className={classes.faint}>{say('referrals.shared.before')}</p>
      <ul className={classes.fieldList}>
        {sharedFields.map((field) => (
          <li key={field}>
            {fieldWords(say, field)}
            {isOfVault(field) && (
              <span className={classes.faint}>
                {' '}
                <LockKeyhole size={15} aria-hidden /> {say('referrals.shared.withReason')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Values({
  shared,
  municipality,
  evidenceHref,
  thumbnailHref,
  open,
  withoutReason,
}: Props & { shared: SharedView }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const { SharedIdentity } = useReferralSlots();
  const nothing = Object.keys(shared).every((key) => key === 'closesOn' || key === 'inVault');
  const prose = (field: 'title' | 'description' | 'need') =>
    shared[field] !== undefined && (
      <div>
        <dt>{say(`consent.field.${field}`)}</dt>
        <dd className={classes.prose}>{shared[field]}</dd>
      </div>
    );
  const ages = ageBands.filter((band) => (shared.people?.ageBands[band] ?? 0) > 0);
  return (
    <>
      {nothing && shared.inVault.length === 0 && (
        <p className={classes.faint}>{say('referrals.shared.nothing')}</p>
      )}
      <dl className={classes.values}>
        {prose('title')}
        {prose('description')}
        {prose('need')}
        {shared.settlement !== undefined && (
          <div>
            <dt>{say('consent.field.settlement')}</dt>
            <dd>{placeName(municipality, shared.settlement)}</dd>
          </div>
        )}
        {shared.people && (
          <div>
            <dt>{say('consent.field.people')}</dt>
            <dd>
              {say('case.people.count', { count: shared.people.count })}
              {shared.people.households !== null &&
                `, ${say('case.people.households', { count: shared.people.households })}`}
              {ages.length > 0 && (
                <span className={classes.under}>
                  {ages
                    .map((band) => `${say('case.people.age', { band })}: ${shared.people!.ageBands[band]}`)
                    .join(' · ')}
                </span>
              )}
            </dd>
          </div>
        )}
        {shared.evidence && (
          <div>
            <dt>{say('consent.field.evidence')}</dt>
            <dd>
              <Files evidence={shared.evidence} href={evidenceHref} thumbnail={thumbnailHref} />
            </dd>
          </div>
        )}
      </dl>
      {shared.inVault.length > 0 && SharedIdentity && (
        <div className={classes.vault}>
          <Suspense>
            {/* Opened values leave the screen with the fields that are open no more. */}
            <SharedIdentity
              key={shared.inVault.join(' ')}
              fields={shared.inVault}
              open={open}
              {...(withoutReason && { withoutReason })}
            />
          </Suspense>
        </div>
      )}
    </>
  );
}

function Files({
  evidence,
  href,
  thumbnail,
}: {
  evidence: NonNullable<SharedView['evidence']>;
  href: Props['evidenceHref'];
  thumbnail: Props['thumbnailHref'];
}) {
  const { say, date } = useSpeech();
  if (evidence.length === 0) return <span className={classes.faint}>{say('common.none')}</span>;
  return (
    <ul className={classes.fieldList}>
      {evidence.map(({ id, kind, at, hasThumbnail }) => (
        <li key={id}>
          <a href={href(id)} target="_blank" rel="noreferrer" className={classes.file}>
            {hasThumbnail && <img className={classes.thumb} src={thumbnail(id)} alt="" loading="lazy" />}
            {kind === 'photo' ? <ImageIcon size={18} aria-hidden /> : <FileText size={18} aria-hidden />}
            {say(kind === 'photo' ? 'case.evidence.photo' : 'case.evidence.document', { when: date(at) })}
          </a>
        </li>
      ))}
    </ul>
  );
}

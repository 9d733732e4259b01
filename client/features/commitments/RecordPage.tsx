// Duty: put a promise on record, or correct what was recorded: one page, four short parts. The fields: RecordFields.tsx.
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { CommitmentPage } from '../../../shared/commitments.ts';
import { paths } from '../../app/paths.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useKeptValues } from '../../lib/keptValues.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './commitments.module.css';
import { RecordFields } from './RecordFields.tsx';
import {
  emptyValues,
  freshIds,
  type RecordValues,
  recordFields,
  recordingOf,
  revisionOf,
  valuesOf,
} from './recordValues.ts';
import { useCommitment, useRecord, useReviseCommitment } from './useCommitments.ts';

export function RecordPage() {
  const { say, language } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const [from] = useSearchParams();
  const explain = useFormFaults();
  const record = useRecord();
  const [ids] = useState(freshIds);
  const [left, keep] = useKeptValues<RecordValues>(`commitment ${from}`);
  const [values, setValues] = useState(
    () => left ?? emptyValues({ language, municipality: me.municipality, from }),
  );
  // Two fields may change at once.
  const now = useRef(values);
  const change = (next: Partial<RecordValues>) => {
    now.current = { ...now.current, ...next };
    setValues(now.current);
    keep(now.current);
  };
  const [file, setFile] = useState<File | null>(null);
  const faults = record.error ? explain(record.error, recordFields) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    record.mutate(recordingOf(values, ids, file), {
      onSuccess: ({ data }) => {
        keep(null);
        void navigate(paths.commitment.href(data.id));
      },
    });
  };
  return (
    <Page narrow>
      <PageHead
        title={say('commitments.new.title')}
        tabTitle={say('commitments.new.title')}
        lead={
          <>
            {say('commitments.new.about')} {me.role !== 'coordinator' && say('commitments.new.proposal')}
          </>
        }
        primary={{ label: say('commitments.new.save'), form: 'record', loading: record.isPending }}
      />
      <form id="record" onSubmit={submit} noValidate className={classes.form}>
        <FormError words={faults?.whole ?? null} />
        <RecordFields
          values={values}
          onChange={change}
          fault={(name) => faults?.fields[name]}
          file={file}
          onFile={setFile}
          isNew
        />
      </form>
    </Page>
  );
}

export function CorrectPage() {
  const { id = '' } = useParams();
  const asked = useCommitment(id);
  return (
    <Page narrow>
      {asked.data ? (
        <Correct commitment={asked.data.data} />
      ) : asked.error ? (
        <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Page>
  );
}

function Correct({ commitment }: { commitment: CommitmentPage }) {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const explain = useFormFaults();
  const revise = useReviseCommitment(commitment.id);
  /** As it was when this was opened: what others correct meanwhile is a conflict, not a surprise. */
  const [before] = useState(commitment);
  const [values, setValues] = useState(() => valuesOf(commitment));
  const faults = revise.error ? explain(revise.error, recordFields) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    revise.mutate(revisionOf(values, before), {
      onSuccess: () => navigate(paths.commitment.href(commitment.id)),
    });
  };
  return (
    <>
      <PageHead
        title={say('commitments.edit')}
        tabTitle={commitment.reference}
        lead={commitment.reference}
        primary={{ label: say('commitments.edit.save'), form: 'correct', loading: revise.isPending }}
      />
      <form id="correct" onSubmit={submit} noValidate className={classes.form}>
        <FormError words={faults?.whole ?? null} />
        <RecordFields
          values={values}
          onChange={(change) => setValues((now) => ({ ...now, ...change }))}
          fault={(name) => faults?.fields[name]}
          file={null}
          onFile={() => {}}
          isNew={false}
        />
      </form>
    </>
  );
}

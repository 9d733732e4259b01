// Duty: "who opened my file": the list the person concerned may ask for, on the screen and on paper.
import { Button, Modal, Table } from '@mantine/core';
import { useState } from 'react';
import type { VaultReadingRow } from '../../../shared/identityLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Printer } from '../../ui/icons.ts';
import { Paper } from '../../ui/Paper.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './panel.module.css';
import { useReadings } from './useIdentity.ts';

interface Props {
  caseId: string;
  reference: string;
  onClose: () => void;
}

export function ReadingsDialog({ caseId, reference, onClose }: Props) {
  const { say } = useSpeech();
  const readings = useReadings(caseId);
  const [printing, setPrinting] = useState(false);
  return (
    <Modal
      closeOnClickOutside
      opened
      onClose={onClose}
      size="xl"
      title={say('identity.log.title')}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <p className={classes.about}>{say('identity.log.about', { reference })}</p>
      {readings.data ? (
        <Lines rows={readings.data} />
      ) : readings.error ? (
        <ErrorState error={readings.error} onRetry={() => void readings.refetch()} />
      ) : (
        <LoadingState />
      )}
      <div className={classes.foot} style={{ marginTop: '1rem' }}>
        <Button
          variant="default"
          leftSection={<Printer size={18} aria-hidden />}
          disabled={!readings.data}
          onClick={() => setPrinting(true)}
        >
          {say('identity.print')}
        </Button>
        <Button onClick={onClose}>{say('common.close')}</Button>
      </div>
      {printing && readings.data && (
        <Paper onPrinted={() => setPrinting(false)}>
          <h1>{say('identity.log.title')}</h1>
          <p>{say('identity.log.about', { reference })}</p>
          <Rows rows={readings.data} />
        </Paper>
      )}
    </Modal>
  );
}

/** On a screen of any width. */
function Lines({ rows }: { rows: VaultReadingRow[] }) {
  const { say, dateTime, list } = useSpeech();
  if (rows.length === 0) return <p>{say('identity.log.empty')}</p>;
  return (
    <ul className={classes.lines}>
      {rows.map((row) => (
        <li key={row.id} className={classes.line}>
          <div className={classes.lineWords}>
            <p className={classes.lineTitle}>
              {row.by ? `${row.by.name}, ${say(`role.${row.by.role}`)}` : say('common.nobody')}
            </p>
            <p>
              {say(`identity.log.${row.kind}`)}:{' '}
              {list(row.fields.map((field) => say(`identity.field.${field}`)))}
            </p>
            <p className={classes.faint}>
              {dateTime(row.at)}
              {row.reason && `. ${say(`identity.reason.${row.reason}`)}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Rows({ rows }: { rows: VaultReadingRow[] }) {
  const { say, dateTime, list } = useSpeech();
  if (rows.length === 0) return <p>{say('identity.log.empty')}</p>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('identity.log.when')}</Table.Th>
          <Table.Th>{say('identity.log.who')}</Table.Th>
          <Table.Th>{say('identity.log.what')}</Table.Th>
          <Table.Th>{say('identity.log.why')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td>{dateTime(row.at)}</Table.Td>
            <Table.Td>
              {row.by ? `${row.by.name}, ${say(`role.${row.by.role}`)}` : say('common.nobody')}
            </Table.Td>
            <Table.Td>
              {say(`identity.log.${row.kind}`)}:{' '}
              {list(row.fields.map((field) => say(`identity.field.${field}`)))}
            </Table.Td>
            <Table.Td>{row.reason ? say(`identity.reason.${row.reason}`) : '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

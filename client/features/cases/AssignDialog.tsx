// Duty: who leads a case and who else works on it.
import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CasePage } from '../../../shared/caseViews.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ColleagueMultiSelect, ColleagueSelect } from './ColleagueSelect.tsx';
import { isStale, useAssignCase } from './useCases.ts';

interface Props {
  caseFile: CasePage;
  onClose: () => void;
  onDone: (leadName: string) => void;
}

export function AssignDialog({ caseFile, onClose, onDone }: Props) {
  const say = useSay();
  const me = useMe();
  const explain = useFormFaults();
  const assign = useAssignCase(caseFile.id);
  const [lead, setLead] = useState<string | null>(caseFile.lead?.id ?? null);
  const [collaborators, setCollaborators] = useState(caseFile.collaborators.map((one) => one.id));
  const stale = isStale(assign.error);
  const faults = assign.error && !stale ? explain(assign.error, ['lead', 'collaborators']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lead) return;
    assign.mutate(
      { lead, collaborators: collaborators.filter((id) => id !== lead), version: caseFile.version },
      { onSuccess: (answer) => onDone(answer.data.lead?.name ?? '') },
    );
  };
  return (
    <Dialog
      typed={[lead, collaborators]}
      onClose={onClose}
      title={`${caseFile.reference}: ${say('case.assign')}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{say('case.assign.about')}</Text>
          <FormError words={stale ? say('case.move.stale') : (faults?.whole ?? null)} />
          <div>
            <ColleagueSelect
              label={say('case.lead')}
              municipality={caseFile.municipality}
              value={lead}
              onChange={setLead}
              error={faults?.fields.lead}
              autoFocus
            />
            {lead !== me.id && (
              <Button mt={6} size="compact-sm" variant="subtle" onClick={() => setLead(me.id)}>
                {say('case.assign.me')}
              </Button>
            )}
          </div>
          <ColleagueMultiSelect
            label={say('case.collaborators')}
            municipality={caseFile.municipality}
            value={collaborators}
            onChange={setCollaborators}
            error={faults?.fields.collaborators}
            without={lead ? [lead] : []}
          />
          <DialogFoot loading={assign.isPending} disabled={!lead}>
            {say('case.assign')}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}

// Duty: the form that adds an organisation or changes one.
import {
  Button,
  Checkbox,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  type DirectoryConflict,
  municipalitySlugs,
  type Organisation,
  type OrganisationInput,
  type OrganisationKind,
  organisationKinds,
} from '../../../shared/directory.ts';
import { newId } from '../../../shared/ids.ts';
import { services } from '../../../shared/serviceLists.ts';
import { themes } from '../../../shared/themeLists.ts';
import { api } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import { conflictOf } from './useDirectory.ts';
import { useSubmit } from './useSubmit.ts';

export function OrganisationDrawer(props: { organisation: Organisation | null; onClose: () => void }) {
  const { organisation, onClose } = props;
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const client = useQueryClient();
  const [id] = useState(() => organisation?.id ?? newId());
  const version = useRef(organisation?.version ?? 1);
  const [conflicts, setConflicts] = useState<DirectoryConflict[]>([]);
  const form = useForm({
    initialValues: {
      name: organisation?.name ?? '',
      shortName: organisation?.shortName ?? '',
      kind: (organisation?.kind ?? 'referral_provider') as string,
      themes: (organisation?.themes ?? []) as string[],
      services: (organisation?.services ?? []) as string[],
      municipalities: (organisation?.municipalities ?? []) as string[],
      capacity: (organisation?.capacity ?? '') as number | string,
      contact: organisation?.contact ?? '',
      active: organisation?.active ?? true,
    },
  });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => {
      const input: OrganisationInput = {
        ...values,
        kind: values.kind as OrganisationKind,
        themes: values.themes as OrganisationInput['themes'],
        services: values.services as OrganisationInput['services'],
        municipalities: values.municipalities as OrganisationInput['municipalities'],
        capacity: values.capacity === '' ? null : Number(values.capacity),
      };
      if (!organisation) return api.post('/api/organisations', { ...input, id });
      // Only what was changed here, so that what somebody else changed meanwhile stays.
      const changed = Object.fromEntries(Object.entries(input).filter(([field]) => form.isDirty(field)));
      return api.patch(`/api/organisations/${id}`, { ...changed, version: version.current });
    },
    onDone: () => {
      onClose();
      return client.invalidateQueries({ queryKey: ['organisations'] });
    },
    onRefused: (error) => {
      const conflict = conflictOf(error);
      if (!conflict) return false;
      version.current = conflict.version;
      setConflicts(conflict.conflicts);
      return true;
    },
  });
  return (
    <Dialog
      beside
      typed={form.values}
      onClose={onClose}
      title={
        organisation
          ? say('directory.organisations.edit', { name: organisation.shortName })
          : say('directory.organisations.add')
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={whole} />
          <ConflictNote conflicts={conflicts} />
          {organisation?.evidence === 'documented' && (
            <Text c="dimmed">{say('directory.organisations.documented')}</Text>
          )}
          <TextInput
            label={say('directory.organisations.name')}
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={say('directory.organisations.shortName')}
            autoComplete="off"
            {...form.getInputProps('shortName')}
          />
          <NativeSelect
            label={say('directory.organisations.kind')}
            data={organisationKinds.map((kind) => ({
              value: kind,
              label: say(`directory.organisations.kind.${kind}`),
            }))}
            {...form.getInputProps('kind')}
          />
          <Checkbox.Group label={say('directory.organisations.themes')} {...form.getInputProps('themes')}>
            <Stack gap="xs" mt={6}>
              {themes.map((theme) => (
                <Checkbox key={theme} value={theme} label={say(`theme.${theme}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Checkbox.Group
            label={say('directory.organisations.services')}
            description={say('directory.organisations.servicesHint')}
            {...form.getInputProps('services')}
          >
            <Stack gap="xs" mt={6}>
              {services.map((service) => (
                <Checkbox key={service} value={service} label={say(`service.${service}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Checkbox.Group
            label={say('directory.organisations.municipalities')}
            {...form.getInputProps('municipalities')}
          >
            <Stack gap="xs" mt={6}>
              {municipalitySlugs.map((slug) => (
                <Checkbox key={slug} value={slug} label={placeName(slug)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NumberInput
            label={say('directory.organisations.capacity')}
            description={say('directory.organisations.capacityHint')}
            min={0}
            max={10_000}
            allowDecimal={false}
            hideControls
            inputMode="numeric"
            {...form.getInputProps('capacity')}
          />
          <Textarea
            label={say('directory.organisations.contact')}
            description={say('directory.organisations.contactHint')}
            autosize
            minRows={3}
            {...form.getInputProps('contact')}
          />
          <Switch
            label={say('directory.organisations.active')}
            {...form.getInputProps('active', { type: 'checkbox' })}
          />
          <Button type="submit" loading={isPending} mt="md">
            {say('common.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

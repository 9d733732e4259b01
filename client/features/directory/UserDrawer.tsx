// Duty: the form that invites a person or changes their role and scope, and the switch that ends their access.
import { Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  type DirectoryConflict,
  type Language,
  languages,
  type MunicipalitySlug,
  municipalitySlugs,
  municipalRoles,
  type Organisation,
  organisationRoles,
  type Role,
  roles,
  type UserInvite,
  type UserInvited,
  type UserRecord,
  type UserRevise,
} from '../../../shared/directory.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import { factorWords } from './factorWords.ts';
import { conflictOf } from './useDirectory.ts';
import { useSubmit } from './useSubmit.ts';

interface Props {
  /** Null: a new person is invited. */
  user: UserRecord | null;
  organisations: Organisation[];
  onInvited: (name: string, link: string | null) => void;
  onClose: () => void;
}

export function UserDrawer({ user, organisations, onInvited, onClose }: Props) {
  const { say, language, date } = useSpeech();
  const placeName = usePlaceName();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [conflicts, setConflicts] = useState<DirectoryConflict[]>([]);
  const version = useRef(user?.version ?? 1);
  // Made once, so that an invitation sent twice is one invitation.
  const [id] = useState(() => user?.id ?? newId());
  const form = useForm({
    initialValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: (user?.role ?? 'activist') as string,
      municipality: (user?.municipality ?? '') as string,
      organisation: user?.organisation ?? '',
      language: (user?.language ?? language) as string,
    },
  });
  const role = form.values.role as Role;
  const inMunicipality = municipalRoles.includes(role);
  const inOrganisation = organisationRoles.includes(role);

  const fieldsOf = (values: typeof form.values) => ({
    name: values.name,
    role: values.role as Role,
    municipality: inMunicipality && values.municipality ? (values.municipality as MunicipalitySlug) : null,
    organisation: inOrganisation && values.organisation ? values.organisation : null,
    language: values.language as Language,
  });
  const revise = async (body: Omit<UserRevise, 'version'>): Promise<void> => {
    try {
      await api.patch(`/api/users/${id}`, { ...body, version: version.current } satisfies UserRevise);
    } catch (error) {
      const conflict = conflictOf(error);
      if (!conflict || conflict.conflicts.some(({ field }) => form.isDirty(field))) throw error;
      // Somebody else changed fields that were not touched here: theirs stay.
      version.current = conflict.version;
      const theirs = Object.fromEntries(
        conflict.conflicts.map(({ field, theirs }) => [field, theirs ?? null]),
      );
      await revise({ ...body, ...theirs });
    }
  };
  const send = async (values: typeof form.values, active = user?.active ?? true) => {
    if (user) return revise({ ...fieldsOf(values), active });
    const body: UserInvite = { ...fieldsOf(values), id, email: values.email };
    return api.post<UserInvited>('/api/users', body);
  };
  const done = async () => {
    onClose();
    await Promise.all([
      client.invalidateQueries({ queryKey: ['users'] }),
      client.invalidateQueries({ queryKey: ['colleagues'] }),
    ]);
  };
  const onRefused = (error: unknown) => {
    const conflict = conflictOf(error);
    if (!conflict) return false;
    version.current = conflict.version;
    setConflicts(conflict.conflicts);
    setAsking(false);
    return true;
  };
  const saving = useSubmit({
    form,
    send: (values) => send(values),
    onDone: async (answer, { name }) => {
      if (answer) onInvited(name, answer.link);
      await done();
    },
    onRefused,
  });
  const switching = useSubmit({
    form,
    send: (values) => send(values, !user?.active),
    onDone: done,
    onRefused,
  });

  return (
    <Dialog
      beside
      typed={form.values}
      onClose={onClose}
      title={user ? say('directory.users.edit', { name: user.name }) : say('directory.users.invite')}
    >
      <form onSubmit={saving.submit} noValidate>
        <Stack>
          {!user && <Text c="dimmed">{say('directory.users.inviteText')}</Text>}
          <FormError words={saving.whole ?? switching.whole} />
          <ConflictNote conflicts={conflicts} />
          <TextInput
            label={say('directory.name')}
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={say('directory.email')}
            type="email"
            autoComplete="off"
            readOnly={user !== null}
            {...form.getInputProps('email')}
          />
          {user && (
            <Text c="dimmed">
              {say(factorWords(user))}
              {user.secondFactorReset && (
                <>
                  .{' '}
                  {say('directory.factor.wasReset', {
                    when: date(user.secondFactorReset.at),
                    reason: say(`directory.factor.reason.${user.secondFactorReset.reason}`),
                  })}
                </>
              )}
            </Text>
          )}
          <NativeSelect
            label={say('directory.role')}
            description={say(`directory.role.${role}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={roles.map((one) => ({ value: one, label: say(`role.${one}`) }))}
            {...form.getInputProps('role')}
          />
          {inMunicipality && (
            <NativeSelect
              label={say('directory.municipality')}
              data={[
                { value: '', label: say('directory.choose') },
                ...municipalitySlugs.map((slug) => ({ value: slug, label: placeName(slug) })),
              ]}
              {...form.getInputProps('municipality')}
            />
          )}
          {inOrganisation && (
            <NativeSelect
              label={say('directory.organisation')}
              data={[
                { value: '', label: say('directory.choose') },
                ...organisations
                  .filter((one) => one.active || one.id === user?.organisation)
                  .map((one) => ({ value: one.id, label: one.name })),
              ]}
              {...form.getInputProps('organisation')}
            />
          )}
          <Radio.Group label={say('directory.language')} {...form.getInputProps('language')}>
            <Group gap="md" mt={6}>
              {languages.map((one) => (
                <Radio key={one} value={one} label={say(`language.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          <Group justify="space-between" mt="md">
            <Button type="submit" loading={saving.isPending}>
              {say(user ? 'common.save' : 'directory.users.inviteSend')}
            </Button>
            {user && (
              <Button
                variant="default"
                loading={switching.isPending}
                onClick={() => (user.active ? setAsking(true) : switching.submit())}
              >
                {say(user.active ? 'directory.users.deactivate' : 'directory.users.activate')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {user && (
        <ConfirmDialog
          opened={asking}
          title={say('directory.users.deactivateTitle', { name: user.name })}
          confirm={say('directory.users.deactivate')}
          grave
          loading={switching.isPending}
          onConfirm={() => switching.submit()}
          onClose={() => setAsking(false)}
        >
          {say('directory.users.deactivateText')}
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

// Duty: the vault of a case that is only being written: its identity answers wait, sealed with the draft, until the case is sent.
import type { VaultDoor } from '../../../lib/vault.ts';
import type { Draft } from './drafts.ts';
import type { DraftChange } from './useDraft.ts';

export function vaultOfDraft({ identity = {} }: Draft, change: (part: DraftChange) => void): VaultDoor {
  return {
    async put(field, value, replace) {
      const before = identity[field];
      if (before === value) return 'there';
      if (before && !replace) return 'other';
      change({ identity: { ...identity, [field]: value } });
      return before ? 'there' : 'sealed';
    },
    async takeBack(field) {
      const { [field]: _, ...rest } = identity;
      change({ identity: rest });
    },
  };
}

// Duty: the icon of each layer of advocacy, the same as in the navigation. No words.

import type { AdvocacyLayer } from '../../../shared/mapAdvocacy.ts';
import type { LucideIcon } from '../../ui/icon.tsx';
import { Handshake, Mail, Megaphone, Network } from '../../ui/icons.ts';

export const layerIcons: Record<AdvocacyLayer, LucideIcon> = {
  commitments: Handshake,
  letters: Mail,
  campaigns: Megaphone,
  issues: Network,
};

// Duty: the icon of each layer of advocacy, the same as in the navigation. No words.
import { Handshake, type LucideIcon, Mail, Megaphone, Network } from 'lucide-react';
import type { AdvocacyLayer } from '../../../shared/mapAdvocacy.ts';

export const layerIcons: Record<AdvocacyLayer, LucideIcon> = {
  commitments: Handshake,
  letters: Mail,
  campaigns: Megaphone,
  issues: Network,
};

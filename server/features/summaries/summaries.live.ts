// Duty: what is told when figures change, and to which rooms: coordinators of everything, funders of what is out. Ids alone.
import { publish } from '../../live/publish.ts';
import { coordinatorsRoom, fundersRoom } from '../../live/rooms.ts';
import type { ReleaseFile } from './releases.model.ts';

export function releaseChanged(
  { _id, version }: Pick<ReleaseFile, '_id' | 'version'>,
  actor: string | null,
): void {
  publish('release.changed', { id: _id, version, actor }, [coordinatorsRoom()]);
}

export function releasePublished(
  { _id, version }: Pick<ReleaseFile, '_id' | 'version'>,
  actor: string | null,
): void {
  const change = { id: _id, version, actor: null };
  publish('release.published', change, [coordinatorsRoom(), fundersRoom()]);
  publish('release.changed', { ...change, actor }, [coordinatorsRoom()]);
}

export function indicatorChanged(version: number, actor: string): void {
  publish('indicator.changed', { id: 'indicators', version, actor }, [coordinatorsRoom()]);
}

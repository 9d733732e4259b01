// Duty: who is told that a rule was set or that the clock ran: those who see the page.
import { publish } from '../../live/publish.ts';
import { administratorsRoom, coordinatorsRoom } from '../../live/rooms.ts';

/** The theme, or the moment of the run. */
export const retentionChanged = (id: string): void =>
  publish('retention.changed', { id }, [administratorsRoom(), coordinatorsRoom()]);

// Duty: where a page of a list ends, as a text that the browser sends back to go on. A text that is not ours begins the list anew.

/** What the list is ordered by, of the last row of the page. */
export const cursorAt = (...parts: string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

export function partsOf(cursor: string | undefined, count: number): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString());
    return Array.isArray(parts) && parts.length === count && parts.every((one) => typeof one === 'string')
      ? parts
      : null;
  } catch {
    return null;
  }
}

/** In lists by the day on which something is due. */
export function dayAndIdOf(cursor: string | undefined): { dueOn: string; id: string } | null {
  const [dueOn, id] = partsOf(cursor, 2) ?? [];
  return dueOn !== undefined && id !== undefined ? { dueOn, id } : null;
}

/** In lists by the moment when something was made. */
export function momentAndIdOf(cursor: string | undefined): { at: Date; id: string } | null {
  const [moment, id] = partsOf(cursor, 2) ?? [];
  const at = new Date(moment ?? '');
  return id && !Number.isNaN(at.getTime()) ? { at, id } : null;
}

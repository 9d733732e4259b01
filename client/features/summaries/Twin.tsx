// Duty: the table that says what a chart says, for screen readers, for copying and for whoever prefers numbers.
import { useSay } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';

export interface TwinRow {
  id: string;
  name: string;
  text: string;
  withheld: boolean;
}

export function Twin({ caption, rows }: { caption: string; rows: readonly TwinRow[] }) {
  return (
    <table className={classes.twin}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            <td data-withheld={row.withheld || undefined}>{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Under a chart: there, and out of the way. */
export function FoldedTwin(props: { caption: string; rows: readonly TwinRow[] }) {
  const say = useSay();
  return (
    <details className={classes.asTable}>
      <summary>{say('summaries.asTable')}</summary>
      <Twin {...props} />
    </details>
  );
}

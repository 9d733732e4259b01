// Duty: a plain table that becomes cards on a phone: the first column is the row's name. What rows there are, and paging, are the caller's.
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** Says what the table holds, for screen readers. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string | undefined;
  /** Buttons at the end of a row. */
  actions?: (row: Row) => ReactNode;
  actionsHead?: string;
}

export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClass,
  actions,
  actionsHead,
}: Props<Row>) {
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, head }) => (
            <th key={key} scope="col">
              {head}
            </th>
          ))}
          {actions && (
            <th scope="col">
              <span className={classes.caption}>{actionsHead}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={rowClass?.(row)}>
            {columns.map(({ key, head, cell }, index) =>
              index === 0 ? (
                <th key={key} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={key} data-head={head}>
                  <div>{cell(row)}</div>
                </td>
              ),
            )}
            {actions && <td className={classes.actions}>{actions(row)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

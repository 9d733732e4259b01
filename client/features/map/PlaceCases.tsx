// Duty: the cases at one spot of the map as a list beside it, newest first. Opening one is the page's.
import { Button, CloseButton, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { CaseFilter } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ArrowLeft, ListFilter, ZoomIn } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './map.module.css';
import { queryOf } from './mapState.ts';
import { useCasesAt } from './useMap.ts';

interface Props {
  title: string;
  places: readonly string[];
  filter: CaseFilter;
  /** The same places as the case list's filter names them. */
  listQuery: Record<string, string>;
  openCase: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
  onCloser: (() => void) | null;
}

export function PlaceCases({ title, places, filter, listQuery, openCase, onOpen, onClose, onCloser }: Props) {
  const { say, number } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, refetch, isFetchingNextPage, hasNextPage, fetchNextPage } = useCasesAt(filter, places);
  const rows = data?.pages.flatMap((page) => page.data) ?? [];
  const total = data?.pages[0]?.total;
  const spot = places.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another spot is another list, and the reader must land on its heading
  useEffect(() => heading.current?.focus(), [spot]);
  return (
    <div className={classes.side}>
      <div className={classes.sideHead}>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {total !== undefined && (
            <p className={classes.faint}>{say('map.cases', { count: total, number: number(total) })}</p>
          )}
        </div>
        <CloseButton size="lg" onClick={onClose} aria-label={say('common.close')} />
      </div>
      <div className={classes.sideActions}>
        {onCloser && (
          <Button
            variant="default"
            size="sm"
            leftSection={<ZoomIn size={17} aria-hidden />}
            onClick={onCloser}
          >
            {say('map.goCloser')}
          </Button>
        )}
        <Button
          component={Link}
          to={`${paths.cases.href()}?${new URLSearchParams({ ...queryOf(filter), ...listQuery })}`}
          variant="default"
          size="sm"
          leftSection={<ListFilter size={17} aria-hidden />}
        >
          {say('map.openInList')}
        </Button>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error && <Loader size="sm" m="md" />}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <Row key={row.id} row={row} current={row.id === openCase} onOpen={onOpen} />
        ))}
      </ul>
      <MoreButton list={{ hasNextPage, isFetchingNextPage, fetchNextPage }} fullWidth />
    </div>
  );
}

function Row({ row, current, onOpen }: { row: CaseRow; current: boolean; onOpen: (id: string) => void }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const glow = useGlow(row.version);
  return (
    <li className={`${classes.row} ${glow ?? ''}`} data-current={current || undefined}>
      <ThemeMark theme={row.theme} iconOnly />
      <div>
        <button type="button" className={classes.rowOpen} onClick={() => onOpen(row.id)}>
          <span className={classes.reference}>{row.reference}</span> {row.title}
        </button>
        <p className={classes.rowWords}>
          <StatusWord status={row.status} />
          {(row.urgency === 'critical' || row.urgency === 'high') && <UrgencyWord urgency={row.urgency} />}
          {row.late && <span className={classes.late}>{say('map.filter.late')}</span>}
        </p>
        <p className={classes.faint}>
          {placeName(row.municipality, row.settlement)} · <RelativeTime when={row.loggedAt} />{' '}
          {row.example && <ExampleBadge />}
        </p>
      </div>
    </li>
  );
}

/** Back from the case beside the map to the list of its spot. */
export function BackToPlace({ onBack }: { onBack: () => void }) {
  const { say } = useSpeech();
  return (
    <Button variant="subtle" size="sm" leftSection={<ArrowLeft size={17} aria-hidden />} onClick={onBack}>
      {say('common.back')}
    </Button>
  );
}

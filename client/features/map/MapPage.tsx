// Duty: the map's page: what the address says, read and drawn; drawers, list twin, case beside. The case itself is a slot.
import { Button, Drawer, SegmentedControl } from '@mantine/core';
import { useMediaQuery, useReducedMotion } from '@mantine/hooks';
import { type ComponentType, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useInstance } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { SlidersHorizontal } from '../../ui/icons.ts';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import { CaseMap, type MapHandle } from './CaseMap.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { LayerChoice } from './LayerChoice.tsx';
import { Legend } from './Legend.tsx';
import { ListTwin } from './ListTwin.tsx';
import type { Bounds } from './layers/surface.ts';
import { MapSide } from './MapSide.tsx';
import { MapTools } from './MapTools.tsx';
import classes from './map.module.css';
import {
  coordinatorDefaults,
  filtersInForce,
  type MapState,
  partnerDefaults,
  readMapState,
  teamDefaults,
  writeMapState,
} from './mapState.ts';
import { SideFrame } from './SideFrame.tsx';
import { TimeSlider } from './TimeSlider.tsx';
import { useAdvocacy, useMarks, worstOf } from './useAdvocacy.ts';
import { caseIdOf, everywhere, type Frame, useClusters, useFacets, useLiveMap } from './useMap.ts';
import { useMapLook } from './useMapLook.ts';

/** Of the legend on a desktop's map, with its margin; as map.module.css has it. */
const legendWidth = 290;
const toolsWidth = 44;

interface Props {
  /** A case beside the map; given by the app, so that the map knows no other feature. */
  CaseBeside: ComponentType<{ id: string; onClose: () => void }>;
}

export function MapPage({ CaseBeside }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const seesAdvocacy = me.abilities.viewAdvocacy;
  const defaults = me.municipality ? teamDefaults : seesAdvocacy ? coordinatorDefaults : partnerDefaults;
  const state = useMemo(() => readMapState(search, defaults), [search, defaults]);
  const { filter, fill, as, places, caseId, layers, stuck } = state;
  const change = useCallback(
    (next: Partial<MapState>, replace = false) =>
      setSearch((now) => writeMapState({ ...readMapState(now, defaults), ...next }, defaults), {
        replace,
      }),
    [setSearch, defaults],
  );
  useTabTitle(say('map.title'));
  const isPhone = useMediaQuery('(width < 62em)', undefined, { getInitialValueInEffect: false });
  const isNarrow = useMediaQuery('(width < 90em)', undefined, { getInitialValueInEffect: false });
  const isOpen = caseId !== null || places.length > 0 || (seesAdvocacy && stuck.length > 0);
  /** Too little room for filters and legend beside the map: they wait behind buttons. */
  const isCompact = isPhone || (isNarrow && isOpen);
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const [panel, setPanel] = useState<'filters' | 'legend' | null>(null);
  const [frame, setFrame] = useState<Frame | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const map = useRef<MapHandle>(null);
  const heard = useLiveMap();
  const clusters = useClusters(filter, as === 'map' ? frame : null);
  const whole = useClusters(filter, as === 'list' ? everywhere : null);
  const facets = useFacets(filter);
  const instance = useInstance();
  const advocacy = useAdvocacy(seesAdvocacy);
  const marks = useMarks(advocacy.data, state, frame?.zoom ?? null);
  const hasCases = layers.includes('cases');
  const look = useMapLook({ view: hasCases ? clusters.data : undefined, marks, frame, fill, filter, me });

  useEffect(() => {
    if (!problem) return;
    const timer = setTimeout(() => setProblem(null), 6000);
    return () => clearTimeout(timer);
  }, [problem]);

  const openPoint = async (reference: string) => {
    try {
      const id = await caseIdOf(reference);
      if (id) change({ caseId: id });
      else setProblem(say('map.caseGone'));
    } catch {
      setProblem(say('error.unexpected'));
    }
  };
  const savePicture = async () => {
    try {
      await look.savePicture(
        map.current!.view(),
        facets.data?.total ?? 0,
        instance.data?.exampleAccounts != null,
      );
    } catch {
      setProblem(say('map.picture.failed'));
    }
  };
  const stuckBounds = stuck.length === 1 ? look.boundsOfMunicipality(stuck[0] as MunicipalitySlug) : null;
  const closerTo = as === 'map' ? (places.length > 0 ? look.boundsOf(places) : stuckBounds) : null;
  const closer = (bounds: Bounds) => {
    if (isPhone) change({ places: [], caseId: null, stuck: [] });
    map.current?.show(bounds);
  };
  const tellStuck = (slugs: string[]) => change({ stuck: slugs, places: [], caseId: null });

  const filterPanel = (
    <>
      {seesAdvocacy && (
        <LayerChoice
          layers={layers}
          stages={state.stages}
          places={advocacy.data}
          onChange={(next) => change(next, true)}
        />
      )}
      <FilterPanel
        filter={filter}
        facets={facets.data}
        severalMunicipalities={me.municipality === null}
        onChange={(next) => change({ filter: next }, true)}
      />
    </>
  );
  const legend = (
    <Legend
      fill={fill}
      steps={look.steps}
      censusYear={look.censusYear}
      values={look.areaWords}
      attribution={look.attribution}
      dots={look.drawing.fans.length > 0}
      onFill={(next) => change({ fill: next }, true)}
    />
  );
  const side = isOpen ? (
    <MapSide
      CaseBeside={CaseBeside}
      state={state}
      look={look}
      advocacy={advocacy.data}
      onChange={change}
      onClosePlaces={() => {
        const key = look.keyOf(places);
        change({ places: [], caseId: null });
        if (key) map.current?.focusSpot(key);
      }}
      onCloseStuck={() => {
        change({ stuck: [] });
        const mark = marks.find(({ slugs }) => slugs.some((slug) => stuck.includes(slug)));
        if (mark) map.current?.focusMark(mark.key);
      }}
      onCloser={closerTo && (() => closer(closerTo))}
    />
  ) : null;
  const total = facets.data?.total;
  const failure = as === 'map' ? clusters.error : whole.error;

  return (
    <div
      className={classes.page}
      data-side={(isOpen && !isPhone) || undefined}
      data-compact={isCompact || undefined}
    >
      <h1 className={classes.hidden}>{say('map.title')}</h1>
      {!isCompact && (
        <aside className={classes.filterColumn} aria-label={say('map.filters')}>
          {filterPanel}
        </aside>
      )}
      <div className={classes.main}>
        <div className={classes.bar}>
          {isCompact && (
            <Button
              variant="default"
              size="sm"
              leftSection={<SlidersHorizontal size={17} aria-hidden />}
              onClick={() => setPanel('filters')}
            >
              {say('map.filters.show', { count: filtersInForce(filter) })}
            </Button>
          )}
          <output className={classes.total} aria-live="polite">
            {total === undefined ? '' : look.casesWords(total)}
          </output>
          {instance.data?.exampleAccounts && <ExampleBadge />}
          <SegmentedControl
            className={classes.toggle}
            size="sm"
            aria-label={say('map.show')}
            value={as}
            onChange={(value) => change({ as: value as MapState['as'] })}
            data={[
              { value: 'map', label: say('map.asMap') },
              { value: 'list', label: say('map.asList') },
            ]}
          />
        </div>
        {problem && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {failure ? (
          <ErrorState error={failure} onRetry={() => void (as === 'map' ? clusters : whole).refetch()} />
        ) : as === 'list' ? (
          <ListTwin state={state} view={whole.data} advocacy={advocacy.data} look={look} onChange={change} />
        ) : (
          <div className={classes.stage}>
            <a href="#after-map" className={classes.skip}>
              {say('map.skip')}
            </a>
            {look.start && (
              <CaseMap
                ref={map}
                start={look.start}
                covered={isCompact ? toolsWidth : legendWidth}
                still={still}
                tileUrl={instance.data?.tileUrl ?? null}
                shapes={look.shapes}
                looks={look.looks}
                names={look.names}
                drawing={look.drawing}
                marks={marks}
                colours={look.scheme}
                heard={heard}
                pointWords={look.pointWords}
                onFrame={setFrame}
                onSpot={(key) => change({ places: look.placesOf(key), caseId: null, stuck: [] })}
                onMark={({ slugs }) => tellStuck(slugs)}
                onPoint={(point) => void openPoint(point.reference)}
                onMunicipality={(slug) => {
                  if (seesAdvocacy) return tellStuck([slug]);
                  const bounds = look.boundsOfMunicipality(slug);
                  if (bounds) map.current?.show(bounds);
                }}
              />
            )}
            <MapTools
              onZoomIn={() => map.current?.zoomIn()}
              onZoomOut={() => map.current?.zoomOut()}
              onWhole={() => look.start && map.current?.show(look.start)}
              onPicture={() => void savePicture()}
              onStuck={
                advocacy.data ? () => tellStuck([me.municipality ?? worstOf(advocacy.data) ?? '']) : null
              }
              onLegend={isCompact ? () => setPanel('legend') : null}
            />
            {hasCases && total === 0 && (
              <p className={classes.floating}>
                {say(filtersInForce(filter) > 0 ? 'map.empty.filtered' : 'map.empty')}
              </p>
            )}
            {look.isCrowded && <p className={classes.floating}>{say('map.places.tooMany')}</p>}
            {!isCompact && <div className={classes.legendBox}>{legend}</div>}
          </div>
        )}
        <div id="after-map" tabIndex={-1} className={classes.bottom}>
          {facets.data && (
            <TimeSlider
              counts={facets.data.months}
              period={filter}
              onChange={(period) => change({ filter: { ...filter, ...period } }, true)}
            />
          )}
        </div>
      </div>
      {side && (
        <SideFrame isPhone={isPhone} onDismiss={() => change({ places: [], caseId: null, stuck: [] })}>
          {side}
        </SideFrame>
      )}
      <Drawer
        closeOnClickOutside
        opened={panel !== null && isCompact}
        onClose={() => setPanel(null)}
        position={isPhone ? 'bottom' : 'left'}
        size={isPhone ? (panel === 'legend' ? 'auto' : '82%') : 'sm'}
        title={say(panel === 'legend' ? 'map.legend' : 'map.filters')}
        closeButtonProps={{ 'aria-label': say('common.close') }}
      >
        {panel === 'legend' ? legend : filterPanel}
      </Drawer>
    </div>
  );
}

// Duty: one indicator by municipality as filled shapes, with its table beside it. Only shown figures have a shade; withheld ones are hatched alike.
import { NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { drawingOf } from '../../../shared/mapDrawing.ts';
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import { cellName, figureText, indicatorName, isWithheldUnderLogged } from '../../../shared/summaryWords.ts';
import { useShapes } from '../../lib/mapShapes.ts';
import classes from './summaries.module.css';
import { Twin } from './Twin.tsx';
import { useFigureSpeech } from './useFigureSpeech.ts';

const cellsOf = ({ tables }: FrozenIndicator) =>
  tables.find(({ name }) => name === 'municipality')?.cells ?? [];

export function MunicipalityMap({ release }: { release: FrozenRelease }) {
  const speech = useFigureSpeech();
  const { say } = speech;
  const id = useId();
  const measures = release.indicators.filter((indicator) => cellsOf(indicator).length > 0);
  const [chosen, choose] = useState<string | null>(null);
  const indicator = measures.find(({ key }) => key === chosen) ?? measures[0];
  if (!indicator) return null;
  const cells = cellsOf(indicator);
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.section}>
        {say('summaries.map')}
      </h2>
      <div className={classes.mapHead}>
        <NativeSelect
          className="no-print"
          label={say('summaries.map.measure')}
          value={indicator.key}
          onChange={(event) => choose(event.currentTarget.value)}
          data={measures.map((one) => ({ value: one.key, label: indicatorName(one, speech) }))}
        />
      </div>
      {isWithheldUnderLogged(indicator) && <p>{say('summaries.withheld.confirmed')}</p>}
      <div className={classes.mapAndTable}>
        <ShapesMap indicator={indicator} />
        <Twin
          caption={`${indicatorName(indicator, speech)}, ${say('summaries.table.municipality')}`}
          rows={cells.map((cell) => ({
            id: cell.id,
            name: cellName('municipality', cell.cell!, speech),
            text: figureText(cell, indicator.unit, speech),
            withheld: cell.value === null,
          }))}
        />
      </div>
    </section>
  );
}

function ShapesMap({ indicator }: { indicator: FrozenIndicator }) {
  const speech = useFigureSpeech();
  const { say } = speech;
  const hatch = useId();
  const { data: shapes } = useShapes();
  const cells = cellsOf(indicator);
  const most = Math.max(1, ...cells.map(({ value }) => value ?? 0));
  const shownIn = (slug: MunicipalitySlug) => cells.find(({ cell }) => cell === slug)?.value ?? null;
  const drawing = shapes && drawingOf(shapes);
  return (
    <div>
      <svg
        className={classes.map}
        viewBox={drawing ? `0 0 ${drawing.width} ${drawing.height}` : '0 0 100 100'}
        role="img"
        aria-label={say('summaries.map.label', { indicator: indicatorName(indicator, speech) })}
      >
        <defs>
          <pattern
            id={hatch}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="8" className={classes.hatch} />
          </pattern>
        </defs>
        {drawing && (
          <>
            <path d={drawing.outline} className={classes.outline} />
            {drawing.municipalities.map(({ slug, path }) => {
              const value = shownIn(slug);
              return (
                <path
                  key={slug}
                  d={path}
                  className={classes.municipality}
                  fill={value === null ? `url(#${hatch})` : 'var(--accent)'}
                  fillOpacity={value === null ? 1 : 0.15 + 0.75 * (value / most)}
                />
              );
            })}
            {drawing.municipalities.map(({ slug, label, side }) => (
              <text key={slug} x={label[0]} y={label[1]} className={classes.mapName} data-side={side}>
                {cellName('municipality', slug, speech)}
              </text>
            ))}
          </>
        )}
      </svg>
      <p className={classes.legend}>
        <span>{say('summaries.map.fewest')}</span>
        <svg viewBox="0 0 90 12" aria-hidden="true" className={classes.legendBar}>
          {[0, 1, 2].map((step) => (
            <rect
              key={step}
              x={step * 30}
              width="30"
              height="12"
              fill="var(--accent)"
              fillOpacity={0.2 + step * 0.33}
            />
          ))}
        </svg>
        <span>{say('summaries.map.most')}</span>
        <svg viewBox="0 0 30 12" aria-hidden="true" className={classes.legendHatch}>
          <rect width="30" height="12" fill={`url(#${hatch})`} className={classes.municipality} />
        </svg>
        <span>{say('summaries.map.withheld')}</span>
      </p>
      {shapes && <p className={classes.attribution}>{shapes.attribution}</p>}
    </div>
  );
}

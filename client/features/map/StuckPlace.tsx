// Duty: one municipality's cases, commitments, letters, campaigns and issues that are stuck, each with who is to move; then what is under way.

import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { nameOf } from '../../../shared/format.ts';
import {
  type AdvocacyItem,
  type AdvocacyLayer,
  type AdvocacyPlace,
  advocacyLayers,
  type Mover,
} from '../../../shared/mapAdvocacy.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FolderOpen } from '../../ui/icons.ts';
import classes from './advocacy.module.css';
import { layerIcons } from './advocacyIcons.ts';
import { countedHref, recordHref } from './advocacyLinks.ts';

export function StuckPlace({ place }: { place: AdvocacyPlace }) {
  const { say, number } = useSpeech();
  const caseLines = useCaseLines(place);
  const stuck = advocacyLayers.flatMap((layer) => {
    const items = place[layer].items.filter(({ why }) => why !== null);
    return items.length > 0 ? [{ layer, items }] : [];
  });
  const standing = advocacyLayers.flatMap((layer) => {
    const items = place[layer].items.filter(({ why }) => why === null);
    return items.length > 0 ? [{ layer, items }] : [];
  });
  const more = (layer: AdvocacyLayer) => {
    const count = place[layer].count - place[layer].items.length;
    return count > 0 ? (
      <li>
        <Link to={countedHref(layer, place.municipality)}>
          {say('advocacy.more', { count, number: number(count) })}
        </Link>
      </li>
    ) : null;
  };
  return (
    <>
      {caseLines.length === 0 && stuck.length === 0 && <p>{say('advocacy.nothing')}</p>}
      {caseLines.length > 0 && (
        <Group icon={<FolderOpen size={18} aria-hidden />} title={say('map.layer.cases')}>
          {caseLines}
        </Group>
      )}
      {stuck.map(({ layer, items }) => (
        <LayerGroup key={layer} layer={layer}>
          {items.map((item) => (
            <Line key={item.id} layer={layer} item={item} />
          ))}
          {more(layer)}
        </LayerGroup>
      ))}
      {standing.length > 0 && <h3 className={classes.standing}>{say('advocacy.standing')}</h3>}
      {standing.map(({ layer, items }) => (
        <LayerGroup key={layer} layer={layer}>
          {items.map((item) => (
            <Line key={item.id} layer={layer} item={item} />
          ))}
          {!stuck.some((one) => one.layer === layer) && more(layer)}
        </LayerGroup>
      ))}
    </>
  );
}

function useCaseLines({ municipality, cases }: AdvocacyPlace): ReactNode[] {
  const { say, number } = useSpeech();
  const who = useWho();
  if (!municipality || !cases) return [];
  const lines = [
    { word: 'advocacy.cases.untriaged', count: cases.untriaged, query: 'status=new', by: cases.triager },
    {
      word: 'advocacy.cases.late',
      count: cases.late,
      query: 'late=true',
      by: { role: 'caseLead', name: null } as Mover,
    },
    { word: 'advocacy.cases.withoutLead', count: cases.withoutLead, query: 'lead=none', by: cases.triager },
  ] as const;
  return lines
    .filter(({ count }) => count > 0)
    .map(({ word, count, query, by }) => (
      <li key={word}>
        <Link to={`${paths.cases.href()}?municipality=${municipality}&${query}`}>
          {say(word, { count, number: number(count) })}
        </Link>
        <p className={classes.next}>{say('advocacy.next', { who: who(by) })}</p>
      </li>
    ));
}

function useWho(): (mover: Mover) => string {
  const { say } = useSpeech();
  return ({ role, name }) => {
    const word = role === 'caseLead' ? say('advocacy.who.caseLead') : say(`role.${role}`);
    return name ? say('advocacy.who', { name, role: word }) : word;
  };
}

function LayerGroup({ layer, children }: { layer: AdvocacyLayer; children: ReactNode }) {
  const { say } = useSpeech();
  const Icon = layerIcons[layer];
  return (
    <Group icon={<Icon size={18} aria-hidden />} title={say(`map.mark.short.${layer}`)}>
      {children}
    </Group>
  );
}

function Group({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div>
      <h3>
        {icon}
        {title}
      </h3>
      <ul className={classes.lines}>{children}</ul>
    </div>
  );
}

function Line({ layer, item }: { layer: AdvocacyLayer; item: AdvocacyItem }) {
  const { say, language } = useSpeech();
  const who = useWho();
  const { id, reference, title, institution, stage, why, days, rung, mover } = item;
  const rungWord =
    rung &&
    (layer === 'letters' ? say(`letters.rung.${rung}` as never) : say(`commitments.rung.${rung}` as never));
  return (
    <li>
      <Link to={recordHref[layer](id)}>
        <span className={classes.reference}>{reference}</span>{' '}
        {typeof title === 'string' ? title : nameOf(title, language)}
      </Link>
      {(why || stage) && (
        <p className={classes.why} data-alarm={why === 'commitment.broken' || undefined}>
          {[
            why ? say(`advocacy.why.${why}`) : null,
            why && days !== null ? say('advocacy.days', { count: days }) : null,
            stage && !why ? say(`campaigns.stage.${stage}`) : null,
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
      )}
      {institution && <p className={classes.faint}>{nameOf(institution, language)}</p>}
      {rungWord && <p className={classes.faint}>{say('advocacy.rung', { rung: rungWord })}</p>}
      {mover && <p className={classes.next}>{say('advocacy.next', { who: who(mover) })}</p>}
    </li>
  );
}

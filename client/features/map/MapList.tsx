// Duty: the map as a table, for keyboard and screen reader and for whoever likes lists: the same places, the same numbers.
import { Button, Table } from '@mantine/core';
import type { MapPlace, MapView } from '../../../shared/mapViews.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './map.module.css';

interface Props {
  view: MapView;
  placeName: (place: MapPlace) => string;
  onChoose: (places: string[]) => void;
}

export function MapList({ view, placeName, onChoose }: Props) {
  const { say, number, compare } = useSpeech();
  const order = view.places
    .map((_, index) => index)
    .sort((a, b) => compare(placeName(view.places[a]!), placeName(view.places[b]!)));
  const sum = (read: (place: number) => number) => order.reduce((total, place) => total + read(place), 0);
  const cell = (value: number) => (value === 0 ? <span className={classes.zero}>–</span> : number(value));
  return (
    <div className={classes.list}>
      <Table.ScrollContainer minWidth={296} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs" highlightOnHover className={classes.table}>
          <caption className={classes.caption}>{say('map.list.caption')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('map.list.place')}</Table.Th>
              <Table.Th scope="col" className={classes.number}>
                {say('map.list.cases')}
              </Table.Th>
              {themes.map((theme) => (
                <Table.Th key={theme} scope="col" className={classes.number}>
                  <ThemeMark theme={theme} iconOnly />
                </Table.Th>
              ))}
              <Table.Th scope="col" className={classes.number}>
                {say('map.list.late')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.map((index) => {
              const place = view.places[index]!;
              const { count, byTheme, late } = view.byPlace[index]!;
              return (
                <Table.Tr key={place.id}>
                  <Table.Th scope="row">
                    <Button
                      variant="subtle"
                      size="sm"
                      px={4}
                      className={classes.place}
                      onClick={() => onChoose([place.id])}
                    >
                      {placeName(place)}
                    </Button>
                  </Table.Th>
                  <Table.Td className={classes.number}>{number(count)}</Table.Td>
                  {byTheme.map((value, theme) => (
                    <Table.Td key={themes[theme]} className={classes.number}>
                      {cell(value)}
                    </Table.Td>
                  ))}
                  <Table.Td className={classes.number}>{cell(late)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{say('map.list.total')}</Table.Th>
              <Table.Td className={classes.number} data-total>
                {number(view.total)}
              </Table.Td>
              {themes.map((theme, index) => (
                <Table.Td key={theme} className={classes.number}>
                  {cell(sum((place) => view.byPlace[place]!.byTheme[index]!))}
                </Table.Td>
              ))}
              <Table.Td className={classes.number}>
                {cell(sum((place) => view.byPlace[place]!.late))}
              </Table.Td>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

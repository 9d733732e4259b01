// Duty: what is counted and how: measures, and the indicators made of them. A formula is a row of these tables, never text that somebody types.
import {
  type Computation,
  type FigureUnit,
  type IndicatorKey,
  indicatorKeys,
  type TableName,
  tableCells,
} from './summaryLists.ts';

/** What is added up. Each is dated by one event, so that periods never count anything twice. */
export const measureKeys = [
  'cases.logged',
  'cases.started',
  'cases.resolved',
  'cases.confirmed',
  'people.reached',
  'referrals.due',
  'referrals.ended',
  'letters.due',
  'commitments.moved',
  'campaigns.now',
  'campaigns.closed',
] as const;
export type MeasureKey = (typeof measureKeys)[number];

export interface Measure {
  /** Rises with every change of what is counted: figures of two versions are never joined. */
  formulaVersion: number;
  unit: FigureUnit;
  tables: readonly TableName[];
  /** False: public acts, of which nothing is withheld. They are counted anew for every release. */
  aboutPersons: boolean;
  /** Its whole is that cell of another measure, so it is told only where the cell is. */
  partOf?: { measure: MeasureKey; table: TableName; cell: string };
  /** It adds up something over another measure's records: its tables of these names show the cells that those show. */
  over?: { measure: MeasureKey; tables: readonly TableName[] };
  /**
   * No cell of it can be more than the same cell of that measure, as long as nothing older is left over: its tables are told
   * only where that measure's are told whole, and with that in mind.
   */
  under?: { measure: MeasureKey; tables: readonly TableName[] };
  /** Tables for funders only. */
  notPublic?: readonly TableName[];
}

export const measures: Record<MeasureKey, Measure> = {
  'cases.logged': { formulaVersion: 1, unit: 'cases', tables: ['municipality', 'theme'], aboutPersons: true },
  'cases.started': { formulaVersion: 1, unit: 'cases', tables: [], aboutPersons: true },
  'cases.resolved': { formulaVersion: 1, unit: 'cases', tables: ['confirmation'], aboutPersons: true },
  'cases.confirmed': {
    formulaVersion: 1,
    unit: 'cases',
    tables: ['municipality', 'theme'],
    aboutPersons: true,
    partOf: { measure: 'cases.resolved', table: 'confirmation', cell: 'confirmed' },
    under: { measure: 'cases.logged', tables: ['municipality', 'theme'] },
  },
  'people.reached': {
    formulaVersion: 1,
    unit: 'people',
    tables: ['municipality', 'theme', 'ageBand'],
    aboutPersons: true,
    over: { measure: 'cases.logged', tables: ['municipality', 'theme'] },
    notPublic: ['ageBand'],
  },
  'referrals.due': { formulaVersion: 1, unit: 'referrals', tables: ['answer'], aboutPersons: true },
  'referrals.ended': { formulaVersion: 1, unit: 'referrals', tables: ['received'], aboutPersons: true },
  'letters.due': { formulaVersion: 1, unit: 'letters', tables: ['answer'], aboutPersons: true },
  'commitments.moved': { formulaVersion: 1, unit: 'commitments', tables: ['direction'], aboutPersons: false },
  'campaigns.now': { formulaVersion: 1, unit: 'campaigns', tables: ['stage'], aboutPersons: false },
  'campaigns.closed': { formulaVersion: 1, unit: 'campaigns', tables: ['result'], aboutPersons: false },
};

export interface IndicatorDefinition {
  key: IndicatorKey;
  computation: Computation;
  measure: MeasureKey;
  /** Of a share: which cell of the measure over its whole. */
  part?: { table: TableName; cell: string };
  /** Shown under it. */
  tables: readonly TableName[];
  unit: FigureUnit;
  lessIsBetter: boolean;
}

const counted = (key: IndicatorKey, measure: MeasureKey, tables = measures[measure].tables) =>
  ({
    key,
    computation: measures[measure].unit === 'people' ? 'sum' : 'count',
    measure,
    tables,
    unit: measures[measure].unit,
    lessIsBetter: false,
  }) satisfies IndicatorDefinition;
const shared = (key: IndicatorKey, measure: MeasureKey, table: TableName, cell: string) =>
  ({
    key,
    computation: 'share',
    measure,
    part: { table, cell },
    tables: [],
    unit: 'percent',
    lessIsBetter: false,
  }) satisfies IndicatorDefinition;
const median = (key: IndicatorKey, measure: MeasureKey) =>
  ({
    key,
    computation: 'median',
    measure,
    tables: [],
    unit: 'days',
    lessIsBetter: true,
  }) satisfies IndicatorDefinition;

const definitions: readonly IndicatorDefinition[] = [
  counted('cases.logged', 'cases.logged'),
  counted('cases.resolved', 'cases.resolved'),
  counted('cases.confirmed', 'cases.confirmed'),
  shared('cases.confirmedShare', 'cases.resolved', 'confirmation', 'confirmed'),
  median('cases.daysToFirstAction', 'cases.started'),
  median('cases.daysToOutcome', 'cases.resolved'),
  counted('people.reached', 'people.reached'),
  counted('referrals.due', 'referrals.due'),
  shared('referrals.inTimeShare', 'referrals.due', 'answer', 'in_time'),
  counted('referrals.ended', 'referrals.ended'),
  shared('referrals.confirmedShare', 'referrals.ended', 'received', 'yes'),
  counted('letters.due', 'letters.due'),
  shared('letters.answeredShare', 'letters.due', 'answer', 'in_time'),
  counted('commitments.moved', 'commitments.moved'),
  counted('campaigns.byStage', 'campaigns.now'),
  counted('campaigns.byResult', 'campaigns.closed'),
];

export const indicators: readonly IndicatorDefinition[] = indicatorKeys.map(
  (key) => definitions.find((definition) => definition.key === key)!,
);

export const cellsOf = (table: TableName): readonly string[] => tableCells[table];

// Duty: what the composites of cases.json leave open and a case needs: kind, people, urgency, how long ago. Invented, like them.
import type { CaseKind, Urgency } from '../shared/cases.ts';

export interface ExampleFacts {
  kind: CaseKind;
  people: number;
  households: number | null;
  urgency: Urgency;
  concernsChild: boolean;
  loggedDaysAgo: number;
}

const facts = (
  kind: CaseKind,
  people: number,
  households: number | null,
  urgency: Urgency,
  loggedDaysAgo: number,
  concernsChild = false,
): ExampleFacts => ({ kind, people, households, urgency, concernsChild, loggedDaysAgo });

export const exampleFacts: Readonly<Record<string, ExampleFacts>> = {
  'EX-01': facts('individual', 5, 1, 'high', 34, true),
  'EX-02': facts('individual', 1, 1, 'high', 96, true),
  'EX-03': facts('individual', 2, 1, 'high', 61, true),
  'EX-04': facts('individual', 2, 1, 'normal', 1),
  'EX-05': facts('group', 120, 25, 'normal', 45),
  'EX-06': facts('group', 90, 18, 'normal', 118),
  // Logged today and yesterday: what waits for triage, and what waits for its lead.
  'EX-07': facts('individual', 6, 1, 'high', 0),
  'EX-08': facts('individual', 7, 1, 'high', 52),
  'EX-09': facts('group', 30, 6, 'critical', 6),
  'EX-10': facts('group', 80, 16, 'high', 132),
  'EX-11': facts('individual', 4, 1, 'normal', 27),
  'EX-12': facts('group', 8, null, 'high', 21),
  'EX-13': facts('individual', 1, null, 'normal', 40),
  'EX-14': facts('individual', 1, null, 'normal', 104),
  'EX-15': facts('group', 15, null, 'normal', 13),
  'EX-16': facts('individual', 4, 1, 'high', 147),
  'EX-17': facts('individual', 6, 1, 'critical', 140),
  'EX-18': facts('individual', 3, 1, 'normal', 88, true),
};

/** Those that wait for their lead: a step of their plan is past its day. */
export const lateExamples: readonly string[] = ['EX-03', 'EX-06', 'EX-12'];

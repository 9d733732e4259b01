// Duty: turn what came in into what a schema says, or into a 422 with a code and a path per fault. Never echoes what was typed.
import type { z } from 'zod';
import { type FieldFault, invalid, notFound } from '../errors.ts';

const machineCode = /^[a-z][a-z_]*$/;

/** Parses one part of a request. A path that does not parse is a 404: such a thing cannot exist. */
export function parsePart<Schema extends z.ZodType | undefined>(
  schema: Schema,
  value: unknown,
  part: 'params' | 'query' | 'body',
): Schema extends z.ZodType ? z.output<Schema> : undefined {
  type Parsed = Schema extends z.ZodType ? z.output<Schema> : undefined;
  if (!schema) return undefined as Parsed;
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data as Parsed;
  if (part === 'params') throw notFound();
  throw invalid(parsed.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol') as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 20).map((key) => ({ path: [...path, key.slice(0, 60)], code: 'unknown_key' }));
  }
  return [{ path, code: codeOf(issue), ...paramsOf(issue) }];
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return issue.input === undefined || issue.input === null ? 'required' : 'wrong_type';
  if (machineCode.test(issue.message)) return issue.message;
  if (issue.code === 'too_big')
    return issue.origin === 'string' || issue.origin === 'array' ? 'too_long' : 'too_large';
  if (issue.code === 'too_small')
    return issue.origin === 'string' || issue.origin === 'array' ? 'too_short' : 'too_small';
  if (issue.code === 'invalid_value') return issue.input === undefined ? 'required' : 'not_a_choice';
  if (issue.code === 'invalid_union') return 'not_a_choice';
  return 'wrong_format';
}

function paramsOf(issue: z.core.$ZodIssue): Pick<FieldFault, 'params'> {
  if (issue.code === 'too_big') return { params: { maximum: Number(issue.maximum) } };
  if (issue.code === 'too_small') return { params: { minimum: Number(issue.minimum) } };
  return {};
}

// Duty: turns a collation document into a string comparison; what Intl.Collator cannot do is refused. No BSON ordering here.
import { badValue, CommandError } from '../errors.ts';
import { type Doc, isDoc, isNumber, toDouble, type Value } from './values.ts';

export interface Collation {
  readonly compare: (a: string, b: string) => number;
  /** The specification with every default filled in: two collations are the same when these texts are. */
  readonly text: string;
}

const accepted = new Set([
  'locale',
  'strength',
  'numericOrdering',
  'caseLevel',
  'caseFirst',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
]);

/** The comparison that a collation asks for; undefined is the plain order of bytes (`{ locale: 'simple' }`). */
export function compileCollation(spec: Value): Collation | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDoc(spec))
    throw new CommandError(14, "BSON field 'collation' is the wrong type, expected type 'object'");
  if (Object.keys(spec).length === 0) return undefined;
  for (const name of Object.keys(spec)) {
    if (!accepted.has(name))
      throw new CommandError(40415, `BSON field 'collation.${name}' is an unknown field.`);
  }
  const { locale } = spec;
  if (locale === undefined)
    throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string')
    throw new CommandError(14, "BSON field 'collation.locale' is the wrong type, expected type 'string'");
  const strength = level(spec);
  const flag = (name: string) => boolean(spec, name);
  if (locale === 'simple') return undefined;
  refuse(strength > 3, 'strength above 3');
  refuse(flag('backwards'), 'backwards');
  refuse(spec.maxVariable === 'space', "maxVariable 'space'");
  const options: Intl.CollatorOptions = {
    sensitivity: strength === 3 ? 'variant' : strength === 2 ? 'accent' : flag('caseLevel') ? 'case' : 'base',
    numeric: flag('numericOrdering'),
    caseFirst: caseFirst(spec.caseFirst),
    ignorePunctuation: spec.alternate === 'shifted',
  };
  refuse(strength === 2 && flag('caseLevel'), 'caseLevel with strength 2');
  const collator = collatorFor(locale, options, spec);
  return { compare: collator.compare, text: JSON.stringify([locale, options]) };
}

function level(spec: Doc): number {
  const { strength } = spec;
  if (strength === undefined) return 3;
  if (!isNumber(strength))
    throw new CommandError(
      14,
      "BSON field 'collation.strength' is the wrong type, expected types '[int, decimal, double, long]'",
    );
  const value = toDouble(strength);
  if (value < 1 || value > 5 || !Number.isInteger(value)) {
    throw new CommandError(
      51024,
      `BSON field 'strength' value must be ${value < 1 ? '>= 1' : '<= 5'}, actual value '${value}'`,
    );
  }
  return value;
}

function boolean(spec: Doc, name: string): boolean {
  const value = spec[name];
  if (value === undefined) return false;
  if (typeof value !== 'boolean')
    throw new CommandError(14, `BSON field 'collation.${name}' is the wrong type, expected type 'bool'`);
  return value;
}

function caseFirst(value: Value): 'upper' | 'lower' | 'false' {
  if (value === undefined || value === 'off') return 'false';
  if (value === 'upper' || value === 'lower') return value;
  throw badValue(
    `Enumeration value '${String(value)}' for field 'collation.caseFirst' is not a valid value.`,
  );
}

function refuse(asked: boolean, what: string): void {
  if (asked) throw badValue(`Collation option not supported by this server: ${what}`);
}

function collatorFor(locale: string, options: Intl.CollatorOptions, spec: Doc): Intl.Collator {
  const invalid = () => badValue(`Field 'locale' is invalid in: { locale: "${String(spec.locale)}" }`);
  try {
    const name = locale.replace(/_/g, '-').replace(/@collation=(\w+)$/, '-u-co-$1');
    if (Intl.Collator.supportedLocalesOf(name).length === 0) throw invalid();
    return new Intl.Collator(name, options);
  } catch {
    throw invalid();
  }
}

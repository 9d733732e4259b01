// Duty: the options of `create` that need a look of their own: time series and clustered collections.
import { CommandError } from '../errors.ts';
import { type Doc, isDoc } from '../semantics/values.ts';
import { checkKnown, missing } from './command.ts';

const spans: Record<string, number> = { seconds: 3_600, minutes: 86_400, hours: 2_592_000 };

/** Such a collection keeps single measurements in the order of their arrival; it has no buckets. */
export function checkTimeSeries(options: Doc): void {
  const series = options.timeseries;
  if (!isDoc(series))
    throw new CommandError(14, "BSON field 'create.timeseries' is the wrong type, expected type 'object'");
  checkKnown('timeseries', series, [
    'timeField',
    'metaField',
    'granularity',
    'bucketMaxSpanSeconds',
    'bucketRoundingSeconds',
  ]);
  if (typeof series.timeField !== 'string') throw missing('timeseries', 'timeField');
  if (series.bucketMaxSpanSeconds === undefined) {
    const granularity = String(series.granularity ?? 'seconds');
    const span = spans[granularity];
    if (span === undefined)
      throw new CommandError(
        2,
        `Enumeration value '${granularity}' for field 'timeseries.granularity' is not a valid value.`,
      );
    options.timeseries = { ...series, granularity, bucketMaxSpanSeconds: span };
  }
}

/** Documents are kept in the order of `_id` anyway: the option only changes what is listed. */
export function clusteredIndexOf(options: Doc): Doc {
  const spec = options.clusteredIndex;
  if (!isDoc(spec))
    throw new CommandError(
      14,
      "BSON field 'create.clusteredIndex' is the wrong type, expected type 'object'",
    );
  checkKnown('clusteredIndex', spec, ['v', 'key', 'unique', 'name', 'prepareUnique']);
  const key = spec.key;
  if (!isDoc(key) || Object.keys(key).join() !== '_id' || Number(key._id) !== 1) {
    throw new CommandError(197, 'The clusteredIndex option is not supported for keys other than { _id: 1 }');
  }
  if (spec.unique !== true)
    throw new CommandError(67, 'The clusteredIndex option requires unique: true to be specified');
  return { v: 2, key, name: spec.name ?? '_id_', unique: true };
}

// Duty: the schema of a service. The closed list itself, as plain data: serviceLists.ts.
import { z } from 'zod';
import { services } from './serviceLists.ts';

export * from './serviceLists.ts';

export const serviceSchema = z.enum(services);

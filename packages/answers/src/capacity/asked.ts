import { z } from 'zod';
import { PERIOD } from '../period.ts';

const RAISE = 'expected COMPONENT=CAPACITY such as csp-north-ota=400, more of them separated by commas';
const WITHOUT = 'expected alert codes such as 8014,8015';

export const ASKED = z.strictObject({
  ...PERIOD,
  growthSince: z.iso
    .date({ error: 'expected a day in London such as 2020-06-01' })
    .optional()
    .describe('from which day on the growth is taken, by default the last eight weeks of the period'),
  raise: z
    .string()
    .regex(/^[\w-]+=\d+(\.\d+)?(,[\w-]+=\d+(\.\d+)?)*$/, { error: RAISE, abort: true })
    .transform(
      (text) => new Map(text.split(',').map((part) => [part.split('=')[0]!, Number(part.split('=')[1])])),
    )
    .refine((raised) => [...raised.values()].every((capacity) => capacity > 0), { error: RAISE })
    .optional()
    .describe('what if a component had another capacity: COMPONENT=CAPACITY, such as csp-north-ota=400'),
  without: z
    .string()
    .regex(/^[0-9A-Z]{3,4}(,[0-9A-Z]{3,4})*$/, { error: WITHOUT })
    .transform((text) => [...new Set(text.split(','))].sort())
    .optional()
    .describe('what if alerts of these codes had not come: CODE[,CODE]'),
});

import type { Encoding } from '@tocsin/domain';
import {
  brokerList,
  ConfigError,
  decimal,
  type Env,
  instant,
  integer,
  logLevel,
  oneOf,
  parseEnv,
  text,
} from '@tocsin/runtime';
import { z } from 'zod';

const MAX_RATE = 10_000_000;
// Spacing of a feed without a rate: faster than any machine sends, so that received times stay in the past.
const FULL_SPEED = 1_000_000;

const ratePattern = /^(max|\d{1,8}(\.\d{1,6})?)$/;
const rateFault = {
  error: `expected messages a second, above 0 to ${MAX_RATE}, or max`,
};
const day = () => z.iso.date({ error: 'expected a day such as 2020-02-01' });
const rate = z
  .string(rateFault)
  .regex(ratePattern, { ...rateFault, abort: true })
  .transform((value) => (value === 'max' ? null : Number(value)))
  .refine((value) => value === null || (value > 0 && value <= MAX_RATE), rateFault);

const encodingsFault = {
  error: 'expected shares such as json:80,duis:10,gbcs:10',
};
const encodings = z
  .string(encodingsFault)
  .regex(/^((json|duis|gbcs):\d{1,6}(,|$))+$/, {
    ...encodingsFault,
    abort: true,
  })
  .transform((value) => {
    const shares: Record<Encoding, number> = { json: 0, duis: 0, gbcs: 0 };
    for (const item of value.split(',').filter(Boolean)) {
      const [encoding, share] = item.split(':') as [Encoding, string];
      shares[encoding] = Number(share);
    }
    return shares;
  })
  .refine((shares) => shares.json + shares.duis + shares.gbcs > 0, encodingsFault);

/** The variables of the simulator, each with what it means; `readConfig` tells which of them a scenario does not heed. */
export const CONFIG = z.object({
  KAFKA_BROKERS: brokerList().describe('where Kafka answers'),
  ALERTS_TOPIC: text('expected the name of a topic').default('alerts').describe('topic to produce to'),
  FEED_RATE: rate.default(1000).describe('messages a second, or max'),
  FEED_COUNT: integer(1)
    .optional()
    .describe('messages to produce; without it the feed goes on until stopped'),
  FEED_SEED: integer(0, 4_294_967_295).default(1).describe('the same seed gives the same devices and alerts'),
  FEED_DEVICES: integer(4, 40_000_000).default(20_000).describe('devices, four in each home'),
  FEED_ENCODINGS: encodings.default({ json: 80, duis: 10, gbcs: 10 }).describe('share of each encoding'),
  FEED_DUPLICATES: decimal(0, 1).default(0).describe('share of messages that repeat an earlier one'),
  FEED_REJECTS: decimal(0, 1).default(0).describe('share of messages that are broken'),
  FEED_WRONG_CLOCKS: decimal(0, 1)
    .default(0.01)
    .describe('share of messages from a clock that is years behind'),
  FEED_START: instant().optional().describe('received time of the first message; without it the present'),
  FEED_SPACING_MS: decimal(0, 86_400_000)
    .optional()
    .describe('time between received times; without it from the rate'),
  FEED_TRUTH: text('expected a path').optional().describe('file to write what was produced to, as JSON'),
  FEED_SCENARIO: text('expected opsg-34 or a file')
    .optional()
    .describe('scenario that is told instead of the steady feed: opsg-34, or a file'),
  FEED_SCALE: integer(1, 1_000_000).default(1000).describe('devices of the scenario that one stands for'),
  FEED_FROM: day().optional().describe('first day of the scenario that is told'),
  FEED_TO: day().optional().describe('last day of the scenario that is told'),
  FEED_POPULATION: text('expected an id').optional().describe('part of the scenario that is told alone'),
  FEED_UNTIL: oneOf(['now']).optional().describe('now: the scenario ends with this week, and goes on live'),
  FEED_POSITION: text('expected a path').optional().describe('file that says how far the scenario is told'),
  FEED_TRUTH_ALERTS: text('expected a path')
    .optional()
    .describe('file to write what each alert of the scenario means to, as CSV'),
  INVENTORY_TOPIC: text('expected the name of a topic')
    .default('inventory')
    .describe('topic of the inventory'),
  FEED_COMPRESSION: oneOf(['none', 'gzip', 'snappy', 'lz4'])
    .default('lz4')
    .describe('compression of batches'),
  LOG_LEVEL: logLevel().default('info').describe('least level of the log'),
});

export type Config = ReturnType<typeof readConfig>;

/** What only the steady feed heeds, and what only a scenario does. */
const STEADY = [
  ...['FEED_RATE', 'FEED_COUNT', 'FEED_DEVICES', 'FEED_ENCODINGS', 'FEED_DUPLICATES', 'FEED_REJECTS'],
  ...['FEED_WRONG_CLOCKS', 'FEED_START', 'FEED_SPACING_MS'],
];
const OF_SCENARIO = [
  ...['FEED_SCALE', 'FEED_FROM', 'FEED_TO', 'FEED_POPULATION', 'FEED_UNTIL', 'FEED_POSITION'],
  'FEED_TRUTH_ALERTS',
];

/**
 * Messages from the same configuration and start are the same, byte for byte.
 * @throws ConfigError with every fault, also where something is set that would not be heeded
 */
export function readConfig(env: Env) {
  const config = parseEnv(CONFIG, env);
  const told = config.FEED_SCENARIO !== undefined;
  const unheeded = (told ? STEADY : OF_SCENARIO).filter((name) => env[name]);
  const why = told ? 'a scenario is told, which has its own' : 'no scenario is told';
  if (unheeded.length > 0)
    throw new ConfigError(unheeded.map((name) => `${name} is "${env[name]}": expected nothing, as ${why}`));
  if (config.FEED_UNTIL && config.FEED_TO)
    throw new ConfigError([
      `FEED_TO is "${config.FEED_TO}": expected nothing, as FEED_UNTIL has the scenario go on`,
    ]);
  const spacingMs = config.FEED_SPACING_MS ?? 1000 / (config.FEED_RATE ?? FULL_SPEED);
  return { ...config, FEED_SPACING_MS: spacingMs };
}

export { ConfigError, type ConfigLine, describeConfig, type Env, parseEnv, secret } from './env.ts';
export {
  brokerList,
  decimal,
  flag,
  host,
  identifier,
  instant,
  integer,
  type LogLevel,
  logLevel,
  oneOf,
  port,
  text,
  topicName,
} from './fields.ts';
export { type Check, createHealthServer, type HealthOptions, type HealthServer } from './health.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { maskUrls } from './mask.ts';
export { type RoundsOptions, rounds } from './rounds.ts';
export { type Part, runService, type ServiceOptions, untilSignalled } from './service.ts';
export { STORE_FIELDS, storeAddress, storeUrl, watchFields } from './service-fields.ts';
export { type Document, FileError, readYaml } from './yaml.ts';

import { mayCarrySecret, secret } from './env.ts';
import { databaseName, host, httpUrl, logLevel, port, text } from './fields.ts';

/** Where the store is and as whom we ask it, for the schema of whatever uses the store to spread. */
export const STORE_FIELDS = {
  CLICKHOUSE_URL: mayCarrySecret(httpUrl()).describe(
    'HTTP interface of ClickHouse; may carry user and password, and be given by file',
  ),
  CLICKHOUSE_USER: text('expected a name').optional().describe('user, instead of one in CLICKHOUSE_URL'),
  CLICKHOUSE_PASSWORD: secret(text('expected a password'))
    .optional()
    .describe(
      'password, instead of one in CLICKHOUSE_URL; CLICKHOUSE_PASSWORD_FILE names a file that has it',
    ),
  CLICKHOUSE_DATABASE: databaseName().default('tocsin').describe('database of the store'),
};

interface StoreSettings {
  readonly CLICKHOUSE_URL: string;
  readonly CLICKHOUSE_USER?: string | undefined;
  readonly CLICKHOUSE_PASSWORD?: string | undefined;
  readonly CLICKHOUSE_DATABASE: string;
}

/** The connection that the settings mean. */
export function storeAddress(settings: StoreSettings): { url: string; database: string } {
  return { url: storeUrl(settings), database: settings.CLICKHOUSE_DATABASE };
}

/** The store's address with user and password in it. */
export function storeUrl(settings: Omit<StoreSettings, 'CLICKHOUSE_DATABASE'>): string {
  const { CLICKHOUSE_URL: address, CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = settings;
  if (user === undefined && password === undefined) return address;
  const url = new URL(address);
  // The setters leave a percent sign as it is, which would then be read as the beginning of an escape.
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  // A password without a user would be lost: the address has no place for it.
  if (url.username === '') url.username = 'default';
  return url.href.replace(/\/$/, '');
}

/** How a service that runs for long is watched, for its schema to spread. */
export function watchFields(defaultPort: number) {
  return {
    METRICS_HOST: host()
      .default('127.0.0.1')
      .describe('address that the next is opened on; 0.0.0.0 is all of them'),
    METRICS_PORT: port()
      .default(defaultPort)
      .describe('port of /metrics, /healthz and /readyz; 0 takes a free one'),
    LOG_LEVEL: logLevel().default('info').describe('least level that is logged'),
  };
}

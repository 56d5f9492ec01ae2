import { ConfigError, type Env, parseEnv } from '@tocsin/runtime';

/** Stand-ins for what is known only once the engines run. */
const KAFKA = { KAFKA_BROKERS: '127.0.0.1:9092' };
const CLICKHOUSE = { CLICKHOUSE_URL: 'http://127.0.0.1:8123' };

/**
 * Holds the environment against what the services will want, before anything is started.
 * @throws ConfigError with the faults of all of them
 */
export async function checkServices(env: Env): Promise<void> {
  const services = await Promise.all([
    import('@tocsin/processor'),
    import('@tocsin/inventory'),
    import('@tocsin/builder'),
    import('@tocsin/simulator'),
    import('@tocsin/api'),
  ]);
  const faults = services.flatMap(({ CONFIG }) => {
    try {
      parseEnv(CONFIG, { ...KAFKA, ...(env.CLICKHOUSE_URL_FILE ? {} : CLICKHOUSE), ...env });
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.faults;
    }
  });
  if (faults.length > 0) throw new ConfigError([...new Set(faults)]);
}

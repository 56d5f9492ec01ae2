import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../folders.ts';

const run = promisify(execFile);
const OLDEST_JAVA = 17;
const OTHER_WAY = 'Or name brokers that already run in KAFKA_BROKERS.';

/** Where the jars lie, and the Java that runs them. */
export interface KafkaJars {
  folder: string;
  /** A class path of all jars. */
  classPath: string;
  java: string;
  /** As Java tells it, e.g. `17.0.15`. */
  version: string;
}

/**
 * The jars of Kafka's broker or of its tools, copied by Maven into the user's cache at the first call.
 * @throws Error saying what to install when Java 17 or Maven is missing.
 */
export async function kafkaJars(
  part: 'broker' | 'tools',
  env: NodeJS.ProcessEnv = process.env,
  log?: (line: string) => void,
): Promise<KafkaJars> {
  const { java, version: javaVersion } = await findJava(env);
  const pomFile = fileURLToPath(new URL(`../../kafka/${part}.pom.xml`, import.meta.url));
  const pom = await readFile(pomFile);
  const version = /<version>([^<]+)</.exec(pom.toString())?.[1];
  const digest = createHash('sha256').update(pom).digest('hex').slice(0, 8);
  const folder = join(cacheFolder(env), `kafka-${part === 'tools' ? 'tools-' : ''}${version}-${digest}`);
  if (!(await exists(folder))) {
    log?.(`fetching Kafka's ${part} ${version} by Maven into ${folder}`);
    await download(pomFile, folder, env);
  }
  return { folder, classPath: join(folder, '*'), java, version: javaVersion };
}

/** A folder appears under its name only when complete: Maven fills a neighbour, which is then renamed. */
async function download(pom: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`];
    await run('mvn', ['-q', '-B', '-f', pom, ...goal], {
      env,
      maxBuffer: 1 << 24,
    });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process was faster: its folder is as good as ours.
    if (await exists(folder)) return;
    throw mavenFault(error as NodeJS.ErrnoException & { stdout?: string });
  }
}

function mavenFault(error: NodeJS.ErrnoException & { stdout?: string }): Error {
  if (error.code === 'ENOENT')
    return new Error(`Maven (mvn) was not found; the embedded Kafka needs it once, to fetch Kafka's jars. \
Install it (Debian: apt-get install maven; macOS: brew install maven). ${OTHER_WAY}`);
  const reason = error.stdout?.match(/\[ERROR\] (.*)/)?.[1] ?? error.message;
  return new Error(
    `Maven could not fetch Kafka's jars: ${reason} Check the network and Maven's settings. ${OTHER_WAY}`,
  );
}

async function findJava(env: NodeJS.ProcessEnv): Promise<Pick<KafkaJars, 'java' | 'version'>> {
  const home = env.JAVA_HOME;
  const java = home && (await exists(join(home, 'bin', 'java'))) ? join(home, 'bin', 'java') : 'java';
  const install = `Install Java ${OLDEST_JAVA} or newer (Debian: apt-get install openjdk-17-jre-headless; \
macOS: brew install openjdk@17). ${OTHER_WAY}`;
  const banner = await run(java, ['-version'], { env }).then(
    ({ stderr }) => stderr,
    () => null,
  );
  if (banner === null) throw new Error(`Java was not found; the embedded Kafka needs it. ${install}`);
  const version = /version "(?:1\.)?([\w.+-]+)"/.exec(banner)?.[1] ?? 'unknown';
  const major = Number.parseInt(version, 10);
  if (major < OLDEST_JAVA)
    throw new Error(`Java ${major} at ${java} is too old for the embedded Kafka. ${install}`);
  return { java, version };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

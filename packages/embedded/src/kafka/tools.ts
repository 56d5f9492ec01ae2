import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type KafkaJars, kafkaJars } from './jars.ts';

export const LOG4J = fileURLToPath(new URL('../../kafka/log4j2.properties', import.meta.url));

/** What a tool printed. */
export interface ToolResult {
  stdout: string;
  stderr: string;
}

/** What a tool is given beside its arguments. */
export interface ToolOptions {
  /** What the tool reads on standard input, e.g. the records of the console producer. */
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs one of Kafka's own command-line tools.
 * @param mainClass e.g. `org.apache.kafka.tools.GetOffsetShell`
 * @throws Error with the tool's output when it exits with anything but 0.
 */
export async function kafkaTool(
  mainClass: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  return runJava(await kafkaJars('tools', options.env), mainClass, args, options);
}

/** Runs a main class of the given jars to its end. */
export function runJava(
  { java, classPath }: KafkaJars,
  mainClass: string,
  args: readonly string[],
  { input = '', env = process.env }: ToolOptions = {},
): Promise<ToolResult> {
  const machine = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', classPath];
  const logging = [`-Dlog4j2.configurationFile=${LOG4J}`, '-Dtocsin.log.target=SYSTEM_ERR'];
  return new Promise((resolve, reject) => {
    const command = [...machine, ...logging, mainClass, ...args];
    const child = execFile(java, command, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${mainClass} failed: ${stderr.trim() || stdout.trim() || error.message}`));
      else resolve({ stdout, stderr });
    });
    // A tool that ends before it has read everything says so by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

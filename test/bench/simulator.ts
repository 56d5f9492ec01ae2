import { parseArgs } from 'node:util';
import { createRun, loadScenario, scenarioFile } from '@tocsin/simulator';

const USAGE = `Usage: npm run bench:simulator -- [options]

Draws and encodes the messages of a scenario on one core, without Kafka. Prints devices, seconds of building the
network, messages and events, bytes a message, messages a second, and resident memory.

  --scenario NAME  opsg-34, or a file (opsg-34)
  --scale N        devices that one stands for (1000)
  --seed N         (1)
  --json           print one JSON object
  --help
Exit codes: 0 measured; 1 failed; 2 wrong usage.
`;

function measure(scenario: string, scale: number, seed: number) {
  const begun = performance.now();
  const run = createRun({ scenario: loadScenario(scenarioFile(scenario)), scale, seed });
  const built = performance.now();
  let [alerts, events, bytes] = [0, 0, 0];
  for (const piece of run.pieces()) {
    alerts += piece.alerts.length;
    events += piece.inventory.length;
    for (const { value } of piece.alerts) bytes += value.length;
  }
  const seconds = (performance.now() - built) / 1000;
  return {
    devices: run.devices,
    buildSeconds: (built - begun) / 1000,
    messages: alerts,
    events,
    bytesAMessage: bytes / alerts,
    messagesASecond: Math.round((alerts + events) / seconds),
    residentMiB: process.memoryUsage().rss / 2 ** 20,
  };
}

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'opsg-34' },
    scale: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [scale, seed] = [Number(values.scale), Number(values.seed)];
if (values.help) process.stdout.write(USAGE);
else if (![scale, seed].every((value) => Number.isInteger(value) && value > 0)) {
  process.stderr.write('error: --scale and --seed are expected to be whole numbers above 0\n');
  process.exitCode = 2;
} else {
  const found = measure(values.scenario, scale, seed);
  const { devices, buildSeconds, messages, events, bytesAMessage, messagesASecond, residentMiB } = found;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(found)}\n`
      : `${devices} devices built in ${buildSeconds.toFixed(1)} s; ${messages} messages of ${bytesAMessage.toFixed(0)} bytes and ${events} events: ` +
          `${messagesASecond} a second on one core, ${residentMiB.toFixed(0)} MiB resident\n`,
  );
}

import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/** Imported by a service's process before anything else: writes a CPU profile of its whole life as it exits. */
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');
process.once('exit', () => {
  // With the inspector in the same thread the answer comes before post returns.
  session.post('Profiler.stop', (error, stopped) => {
    if (!error) writeFileSync(process.env.BENCH_PROFILE!, JSON.stringify(stopped.profile));
  });
});

/**
 * Whether the service in this container is ready, for Docker's health checks: exit code 0, or 1 and why not. The image
 * runs any of the services, so whichever port of theirs answers is asked; `node health.js PORT` asks one.
 */
const PORTS = ['9464', '9465', '9466', '9467', '9468'];

const given = process.argv.slice(2);
const ports = given.length > 0 ? given : PORTS;
const answers = await Promise.allSettled(
  ports.map((port) => fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4000) })),
);
const answer = answers.find(({ status }) => status === 'fulfilled')?.value;
if (!answer) console.error(`nothing answers on ${ports.join(', ')}`);
else if (!answer.ok) console.error(await answer.text());
process.exitCode = answer?.ok ? 0 : 1;

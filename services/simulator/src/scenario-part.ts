import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { formatRequestId } from '@tocsin/domain';
import type { Logger, Part } from '@tocsin/runtime';
import { holdTo, type Position, readPosition, writePosition } from './position.ts';
import { loadScenario, scenarioFile, shiftScenario, weeksUntil } from './scenario/load.ts';
import type { Message } from './scenario/raise.ts';
import { createRun, type Piece } from './scenario/run.ts';
import { writeTruth } from './write-truth.ts';

const REPORT_MS = 10_000;
const POSITION_MS = 250;
/** Pause between two looks at what has fallen due. */
const LIVE_MS = 1000;
/** Messages of one request. */
const AT_ONCE = 2000;

export interface ScenarioOptions {
  /** The name of one that is shipped, or a file. */
  readonly scenario: string;
  readonly scale: number;
  readonly seed: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly population: string | undefined;
  /** Later by whole weeks, so that it ends with this week, and then on at the pace of the clock. */
  readonly untilNow: boolean;
  /** File that says how far it is, so that a later run goes on there. */
  readonly positionFile: string | undefined;
  readonly truthFile: string | undefined;
  /** File for what every single alert means, a line of CSV each. */
  readonly alertsTruthFile: string | undefined;
  readonly log: Logger;
  readonly cluster: () => string;
  /** Resolves when all are acknowledged. */
  readonly send: (topic: 'alerts' | 'inventory', messages: readonly Message[]) => Promise<void>;
}

/**
 * A scenario as a part of the service: done once all of it is told.
 * @throws FileError at once where the scenario can't be read
 */
export function createScenarioPart(options: ScenarioOptions): Part {
  const { log, send, positionFile, truthFile } = options;
  const file = loadScenario(scenarioFile(options.scenario));
  const controller = new AbortController();
  const { signal } = controller;
  let finished: Promise<void> | undefined;

  async function work(): Promise<void> {
    const old = positionFile === undefined ? null : await readPosition(positionFile);
    const asked = {
      scenario: options.scenario,
      scale: options.scale,
      seed: options.seed,
      cluster: options.cluster(),
    };
    if (old !== null) holdTo(positionFile!, old, asked);
    const weeks = old?.weeks ?? (options.untilNow ? weeksUntil(file, Date.now()) : 0);
    const witnesses =
      options.alertsTruthFile === undefined ? null : createWriteStream(options.alertsTruthFile);
    const run = createRun({
      ...options,
      live: options.untilNow,
      scenario: shiftScenario(file, weeks),
      ...(witnesses && { witness: toLines(witnesses) }),
    });
    const { begin } = run;
    let position: Position = old ?? {
      version: 1,
      ...asked,
      weeks,
      begin,
      at: 0,
      inventory: 0,
      alerts: 0,
    };
    log.info({ devices: run.devices, weeks, goesOn: old !== null }, 'the scenario begins');

    let noted = 0;
    const note = async (force = false) => {
      if (positionFile === undefined || (!force && performance.now() - noted < POSITION_MS)) return;
      noted = performance.now();
      await writePosition(positionFile, position);
    };
    const begun = performance.now();
    const told = { inventory: 0, alerts: 0 };
    const timer = setInterval(() => log.info({ ...told, at: new Date(position.at) }, 'telling'), REPORT_MS);
    let sending: Promise<void> = Promise.resolve();
    try {
      for await (const piece of asTheyFallDue(run.pieces(), options.untilNow, signal)) {
        if (signal.aborted) break;
        // What an earlier run has told is drawn again, and not told again.
        if (old !== null && piece.at <= old.at) continue;
        await sending;
        await note();
        sending = sendPiece(piece).then(() => {
          position = {
            ...position,
            at: piece.at,
            inventory: position.inventory + piece.inventory.length,
            alerts: position.alerts + piece.alerts.length,
          };
        });
        // Its failure is thrown by the next await; until then it must not count as unhandled.
        sending.catch(() => {});
        told.inventory += piece.inventory.length;
        told.alerts += piece.alerts.length;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(timer);
      await sending;
      await note(true);
    }
    if (witnesses) await closed(witnesses);
    if (truthFile !== undefined) await writeTruth(truthFile, run.truth());
    const perSecond = Math.round(((told.inventory + told.alerts) * 1000) / (performance.now() - begun));
    log.info({ ...told, perSecond }, 'the scenario is told');
  }

  /** What the inventory knows by then comes before the alerts. */
  async function sendPiece({ inventory, alerts }: Piece): Promise<void> {
    for (let i = 0; i < inventory.length; i += AT_ONCE)
      await send('inventory', inventory.slice(i, i + AT_ONCE));
    for (let i = 0; i < alerts.length; i += AT_ONCE) await send('alerts', alerts.slice(i, i + AT_ONCE));
  }

  return {
    name: 'scenario',
    start() {
      finished = work();
      // Whoever waits is told by done(); until then a failure must not count as unhandled.
      finished.catch(() => {});
    },
    done: () => finished ?? Promise.resolve(),
    async stop() {
      controller.abort();
      await finished?.catch(() => {});
    },
  };
}

/**
 * Pieces whose time has come, whole; of one that reaches into the future what is due by now, and the rest as it falls
 * due. Without a clock, all of them as they are. Throws once the signal is aborted.
 */
async function* asTheyFallDue(
  pieces: Iterable<Piece>,
  byTheClock: boolean,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  for (const piece of pieces) {
    let { inventory, alerts } = piece;
    for (let now = Date.now(); byTheClock && piece.at > now; now = Date.now()) {
      const due = ({ timestamp }: Message) => timestamp <= now;
      yield { inventory: inventory.filter(due), alerts: alerts.filter(due), at: now };
      inventory = inventory.filter((one) => !due(one));
      alerts = alerts.filter((one) => !due(one));
      await wait(Math.min(LIVE_MS, piece.at - now), undefined, { signal });
    }
    yield { ...piece, inventory, alerts };
  }
}

/** Request id, code, then what the alert means: the columns of Meaning. */
function toLines(file: WriteStream): NonNullable<Parameters<typeof createRun>[0]['witness']> {
  file.write(
    'request_id,alert_code,suppression,reason,remedy,remedy_reason,responsible_party,acting_party\n',
  );
  return (alert, { suppression, reason, remedy, remedyReason, responsibleParty, actingParty }) => {
    const columns = [suppression, reason, remedy, remedyReason, responsibleParty, actingParty];
    file.write(`${formatRequestId(alert)},${alert.alertCode},${columns.join(',')}\n`);
  };
}

function closed(file: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    file.once('error', reject);
    file.end(() => resolve());
  });
}

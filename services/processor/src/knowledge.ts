import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '@tocsin/clickhouse';
import {
  differSince,
  loadRegistry,
  type RegistryWatch,
  shippedRegistry,
  watchRegistry,
} from '@tocsin/registry';
import type { Logger, Part } from '@tocsin/runtime';
import type { Config } from './config.ts';
import type { DirectoryFeed } from './directory/feed.ts';
import type { Knowledge } from './pipeline.ts';
import { reattributionCommand } from './reattribution.ts';
import { Meanings } from './steps/classify.ts';

const PAUSE_MS = 1000;
const DAY_MS = 86_400_000;

/** What is known besides the messages, and the parts that bring it: both are there before the first message is taken. */
export function gatherKnowledge(
  config: Config,
  log: Logger,
  feed: DirectoryFeed,
): { knowledge: Knowledge; parts: Part[] } {
  const folder = config.REGISTRY ?? shippedRegistry();
  const options = { shiftWeeks: config.REGISTRY_SHIFT_WEEKS };
  let registry = loadRegistry(folder, options);
  const { directory } = feed;
  const knowledge = {
    directory,
    meanings: new Meanings(directory, registry.rules()),
    clockBounds: { behind: config.CLOCK_BEHIND_SECONDS * 1000, ahead: config.CLOCK_AHEAD_SECONDS * 1000 },
  };
  let watch: RegistryWatch | undefined;
  const controller = new AbortController();
  const { signal } = controller;

  const registries: Part = {
    name: 'registries',
    start() {
      watch = watchRegistry(folder, registry.version, {
        ...options,
        onChange(changed) {
          knowledge.meanings = new Meanings(directory, changed.rules());
          log.info({ folder }, 'the registries were changed and are taken over');
          const reach = {
            retention: config.RETENTION_DAYS * DAY_MS,
            clockAhead: knowledge.clockBounds.ahead,
          };
          const command = reattributionCommand(differSince(registry, changed), Date.now(), reach);
          if (command)
            log.warn(
              { command },
              'the registries differ for times past: alerts in the store stay as they were judged',
            );
          registry = changed;
        },
        onFault: (error) => log.error({ err: error }, 'the registries are faulty: those from before hold'),
      });
    },
    stop: () => watch?.stop(),
  };
  /** A store that is away is waited for. */
  const devices: Part = {
    name: 'directory',
    async start() {
      for (;;) {
        try {
          await feed.follow();
          log.info({ devices: directory.devices, bytes: directory.bytes }, 'directory loaded');
          return;
        } catch (error) {
          if (!isRetryable(error)) throw error;
          log.warn({ err: error }, 'the directory is loaded again');
          await pause(PAUSE_MS, undefined, { signal });
        }
      }
    },
    stop: () => controller.abort(),
  };
  return { knowledge, parts: [registries, devices] };
}

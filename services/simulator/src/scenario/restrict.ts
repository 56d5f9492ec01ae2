import { FileError } from '@tocsin/runtime';
import type { Scenario } from './schema.ts';

/** A part of the network alone: homes with hubs of some models, as many as the file says, over its own days. */
export function restrict(scenario: Scenario, population: string): Scenario {
  const found = scenario.populations.find(({ id }) => id === population);
  if (!found) {
    const known = scenario.populations.map(({ id }) => id).join(', ') || 'none';
    throw new FileError([`population is "${population}": expected one that the scenario has: ${known}`]);
  }
  const ratio = found.hubs / scenario.hubs;
  const hub = scenario.models.hub.filter(({ model }) => found.models.includes(model));
  const regions = normal(
    Object.entries(scenario.regions).map(([name, share]) => ({
      name,
      share: hub.some(({ regions }) => regions.some((one) => one === name)) ? share : 0,
    })),
  );
  const shares = Object.fromEntries(regions.map(({ name, share }) => [name, share])) as Scenario['regions'];
  return {
    ...scenario,
    calendar: { first: found.first, last: found.last },
    hubs: found.hubs,
    regions: shares,
    models: { ...scenario.models, hub: normal(hub) },
    installations: { ...scenario.installations, 'a-day': scenario.installations['a-day'] * ratio },
    strangers: {
      ...scenario.strangers,
      devices: Math.max(1, Math.round(scenario.strangers.devices * ratio)),
    },
    // Groups and efforts of models that are left out have nobody in them.
  };
}

function normal<T extends { share: number }>(parts: readonly T[]): T[] {
  const sum = parts.reduce((total, { share }) => total + share, 0);
  return parts.map((part) => ({ ...part, share: part.share / sum }));
}

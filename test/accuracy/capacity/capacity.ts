import { ALL, QUESTIONS } from '@tocsin/answers';
import { addDays, daysBetween } from '@tocsin/domain';
import type { Trial } from '../trial.ts';
import { type Found, rowsOf } from './measure.ts';
import { type Component, drawWorld, FIRST, LAST, writeWorlds } from './world.ts';

const question = QUESTIONS.find(({ name }) => name === 'capacity')!;

/** Two regions of a network, with a component for each and one for both, whose capacities are reached or not. */
export const capacity: Trial<{ region: Found; all: Found }> = {
  name: 'capacity',
  together: 25,
  async run(store, seeds) {
    const worlds = seeds.map(drawWorld);
    await writeWorlds(store, worlds);
    const asked = question.asked.parse({ from: FIRST, to: addDays(LAST, 1) });
    const { components } = (await question.answer(store, asked, ALL)) as {
      components: {
        component: string;
        forecast: { state: string; low: string | null; high: string | null } | null;
      }[];
    };
    const of = ({ component, truth, enough, falls }: Component): Found => {
      const { forecast } = components.find((one) => one.component === component)!;
      const after = (day: string | null) => (day === null ? null : daysBetween(LAST, day));
      return {
        ...{ truth, enough, falls },
        forecast: forecast && { state: forecast.state, low: after(forecast.low), high: after(forecast.high) },
      };
    };
    return worlds.map(({ components: [region, , all] }) => ({ region: of(region!), all: of(all!) }));
  },
  rows: (outcomes) => [
    ...rowsOf(
      'a component of one region',
      outcomes.map(({ region }) => region),
    ),
    ...rowsOf(
      'a component of two regions',
      outcomes.map(({ all }) => all),
    ),
  ],
};

import { type Cited, commandOf, type Query, type Unit } from './cited.ts';
import { elementBy, type Path } from './path.ts';

/** An answer, or a part of one, that knows where it came from. */
export interface Part<Told> {
  readonly told: Told;
  /** That gives the answer. */
  readonly command: string;
  /** A value of it. @param pick a chain of fields, such as `(told) => told.all.aDay` */
  cite(unit: Unit, pick: (told: Told) => string | number | null): Cited;
  /** The elements of a list of it. @param pick a chain of fields @param keys fields that tell an element from all others */
  each<One>(pick: (told: Told) => readonly One[], ...keys: (keyof One & string)[]): Part<One>[];
}

/** @param told what stands at the query's path */
export function partOf<Told>(told: Told, { question, asked, path }: Query): Part<Told> {
  const at = (more: Path): Query => ({ question, asked, path: [...path, ...more] });
  return {
    told,
    command: commandOf({ question, asked }),
    cite: (unit, pick) => ({ value: pick(told), unit, query: at(stepsOf(pick)) }),
    each(pick, ...keys) {
      const list = pick(told);
      const steps = stepsOf(pick);
      return list.map((one) => partOf(one, at([...steps, elementBy(list, one, keys)])));
    },
  };
}

/** Which fields are picked. */
function stepsOf<Told>(pick: (told: Told) => unknown): string[] {
  const steps: string[] = [];
  const probe: object = new Proxy(
    {},
    {
      get(_, name) {
        steps.push(String(name));
        return probe;
      },
    },
  );
  pick(probe as Told);
  return steps;
}

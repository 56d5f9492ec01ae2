/** Where in an answer's JSON something stands: in a field, at a place of a list, or in that one of it for which these fields hold. */
export type Step = string | number | Where;
type Plain = string | number | boolean | null;
type Where = Readonly<Record<string, Plain>>;
export type Path = readonly Step[];

/** As jq takes it: `.codes[] | select(.code == "8F3E") | .aDay`. The answer itself is `.`. */
export function jqOf(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (typeof step === 'object') text += `[] | select(${conditionOf(step)}) | `;
    else text += step === 'length' ? ' | length' : fieldOf(step);
  }
  return text.replace(/ \| $/, '') || '.';
}

const fieldOf = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.[${JSON.stringify(name)}]`);
const conditionOf = (where: Where) =>
  Object.entries(where)
    .map(([name, value]) => `${fieldOf(name)} == ${JSON.stringify(value)}`)
    .join(' and ');

/** What stands there; undefined where nothing does. */
export function valueAt(answer: unknown, path: Path): unknown {
  let found: unknown = answer;
  for (const step of path) {
    if (found === null || found === undefined) return undefined;
    found =
      typeof step === 'object'
        ? (found as readonly unknown[]).find((one) => holds(one, step))
        : (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
}

const holds = (one: unknown, where: Where) =>
  Object.entries(where).every(([name, value]) => (one as Record<string, unknown>)[name] === value);

/** An element of a list by the fields that tell it from all others, so that it is found again in another order. @throws where they don't */
export function elementBy<One>(list: readonly One[], one: One, keys: readonly (keyof One & string)[]): Step {
  const where = Object.fromEntries(keys.map((key) => [key, one[key] as Plain]));
  if (list.filter((other) => holds(other, where)).length !== 1)
    throw new Error(`${JSON.stringify(where)} does not tell one element from the others`);
  return where;
}

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

/**
 * What tells an element of a list from all others: the first of its fields that do, numbers left out, so that it is found again
 * where the list has come into another order. Its place where nothing does.
 */
export function nameOf(list: readonly unknown[], place: number): Step {
  const element = list[place];
  if (typeof element !== 'object' || element === null) return place;
  let others = list.filter((_, other) => other !== place);
  const where: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(element)) {
    if (others.length === 0) break;
    if (value !== null && typeof value !== 'string' && typeof value !== 'boolean') continue;
    const alike = others.filter((one) => holds(one, { [name]: value }));
    if (alike.length === others.length) continue;
    where[name] = value;
    others = alike;
  }
  return others.length === 0 && Object.keys(where).length > 0 ? where : place;
}

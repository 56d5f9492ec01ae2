import base from '../vitest.config.ts';
import { MUTANTS } from './mutants.ts';
import { mutate } from './mutate.ts';

/** The suites as they are, with the fault that MUTANT names in the sources that they test. */
const root = new URL('../..', import.meta.url).pathname;
const name = process.env.MUTANT;
const mutant = MUTANTS.find((one) => one.name === name);
if (name !== undefined && !mutant) throw new Error(`no mutant is called ${name}`);

const plugins = mutant ? [mutate(mutant, root)] : [];
const projects = (base.test?.projects ?? []).map((project) => ({ ...(project as object), plugins }));
export default { ...base, test: { ...base.test, projects } };

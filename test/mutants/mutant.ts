/** A fault put into the sources on purpose, and the suite that must turn red for it. */
export interface Mutant {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Each stands exactly once in the file. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  readonly project: 'unit' | 'integration';
  readonly suite: string;
  /** Only the tests of the suite with this in their names. */
  readonly only?: string;
}

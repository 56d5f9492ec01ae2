import { z } from 'zod';
import { question } from '../question.ts';

const CODE = z.strictObject({
  code: z.string(),
  /** Of the catalogue, empty where the code is in none: names of polarity alerts mislead. */
  name: z.string(),
  /** In words that need no glossary; empty where nobody has written any. */
  plain: z.string(),
  /** Never to be suppressed. */
  safety: z.boolean(),
  criticality: z.string(),
  /** `Y`: it can't be switched off, `N`: it can; `n/a` of what is only logged. */
  alwaysOn: z.string(),
  /** What people take it for; empty: nothing known. */
  mistakenFor: z.string(),
  /** Counterpart on SMETS1 devices; empty: not known. */
  smets1: z.string(),
  source: z.string(),
});

/** The dictionary of alert codes, which is nobody's own. */
export const codes = question({
  name: 'codes',
  summary: 'what alert codes mean in plain words, and which of them are about safety',
  of: 'devices',
  example: '--code 81B8',
  list: 'codes',
  asked: z.strictObject({
    code: z
      .string()
      .regex(/^[0-9A-Z]+(,[0-9A-Z]+)*$/, { error: 'expected alert codes such as 8014,81B8' })
      .transform((text) => text.split(','))
      .optional()
      .describe('these codes only, separated by commas'),
  }),
  told: z.strictObject({ codes: z.array(CODE) }),
  async answer(store, { code = [] }) {
    const rows = await store.rows<z.output<typeof CODE>>(
      `SELECT alert_code AS code, name, plain, safety, criticality, always_on AS alwaysOn, mistaken_for AS mistakenFor,
         smets1, source
       FROM code_dictionary
       WHERE empty({code:Array(String)}) OR alert_code IN {code:Array(String)}
       ORDER BY code`,
      { code },
    );
    return { codes: rows };
  },
  show: ({ codes }) =>
    codes.length === 0 ? 'The registry tells of no such code.\n' : codes.map(paragraph).join(''),
});

function paragraph({ code, name, plain, safety, mistakenFor, smets1 }: z.output<typeof CODE>): string {
  return [
    `${code.padEnd(5)} ${plain || name || 'in no catalogue'}`,
    ...(safety ? ['Safety: it must never be suppressed; who supplies the device has to act on it.'] : []),
    ...(plain && name ? [`Its name: ${name}`] : []),
    ...(mistakenFor ? [`Mistaken for ${mistakenFor}`] : []),
    ...(smets1 ? [`On SMETS1: ${smets1}`] : []),
  ]
    .join('\n      ')
    .concat('\n');
}

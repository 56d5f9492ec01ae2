/** How far an export may go, and what that leaves out of a volume: packages/answers/src/exports/CLASSES.md has the rule. */
export const CLASSES = {
  red: {
    whom: 'Red: whoever made it',
    leavesOut: 'Leaves nothing out: it is for whoever made it.',
  },
  amber: {
    whom: 'Amber: parties that have to act',
    leavesOut: 'Parties stand in it by their ids, and groups of any size; devices don’t.',
  },
  green: {
    whom: 'Green: all parties',
    leavesOut:
      'Leaves out parties (roles stand in their place), manufacturers, models, firmware, hours, and groups of fewer than ten devices.',
  },
  white: {
    whom: 'White: everybody',
    leavesOut:
      'Leaves out all but the nation by code, kind, verdict and remedy: no parties, roles, regions or hours, and no groups of fewer than ten devices.',
  },
} as const;
export type Class = keyof typeof CLASSES;

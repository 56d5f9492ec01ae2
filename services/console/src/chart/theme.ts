/** Told apart by the colour-blind as well (Okabe and Ito, Tol), each at least 3:1 on white. */
export const SERIES = [
  ...['#0072b2', '#d55e00', '#008060', '#aa3377', '#332288', '#8a6d00', '#3a8fc2', '#882255'],
] as const;
export const REST = '#767c88';

/** What can be done about an alert, in one colour everywhere. */
export const SUPPRESSION: Readonly<Record<string, { readonly name: string; readonly colour: string }>> = {
  suppressible: { name: 'Can be switched off', colour: '#0072b2' },
  unstoppable: { name: 'Unstoppable', colour: '#d55e00' },
  'always-on': { name: 'Always on', colour: '#767c88' },
  protected: { name: 'Protected for safety', colour: '#aa3377' },
  unknown: { name: 'Not known', colour: '#8a6d00' },
};

export const INK = '#1b2638';
export const FAINT = '#56606f';
export const LINE = '#e3e7ed';
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
/** Seen through, across the height of a chart. */
export const MARK = { color: '#a33b00', width: 8, opacity: 0.25, type: 'solid' } as const;

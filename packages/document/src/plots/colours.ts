/** Okabe and Ito's palette, that people tell apart whatever colours they see. */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermilion: '#D55E00',
  purple: '#CC79A7',
} as const;

/** Days of which something is missing. */
export const SHADE = 'rgba(0, 0, 0, 0.12)';
export const TEXT = { color: '#1a1a1a', fontFamily: 'sans-serif', fontSize: 12 } as const;

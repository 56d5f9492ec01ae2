import { expect, it } from 'vitest';
import { listed, name, say, sentences } from './prose.ts';

it('a number without a query can’t be written', () => {
  expect(() => say`there are 3 of them`).toThrow('a number without a query: there are 3 of them');
  expect(() => say`of ${name('8F3E')} there are 3`).toThrow('a number without a query');
  expect(say`of ${name('8F3E')} there are some`.parts).toEqual(['of ', { name: '8F3E' }, ' there are some']);
});

const textOf = ({ parts }: ReturnType<typeof say>) =>
  parts.map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : '#')).join('');

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j in a row', (names, text) => {
  expect(textOf(listed(names.map(name)))).toBe(text);
});

it('sentences that there are stand one after another', () => {
  expect(textOf(sentences(say`One.`, null, say``, say`Another.`))).toBe('One. Another.');
});

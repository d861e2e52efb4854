import { expect, it } from 'vitest';
import { placeIn, ranked, type Group } from './quick';

const group = (key: Group['key'], ...places: number[]): Group => ({
  key,
  total: places.length,
  offers: places.map((place, at) => ({ key: `${key} ${at}`, label: key, place, run: () => {} })),
});

it('puts the group of the best hit first, and leaves out those without any', () => {
  const found = ranked([
    group('interactions', 1, 1),
    group('contacts', 2, 0),
    group('users'),
    group('views', 0),
  ]);
  expect(found.map(({ key }) => key)).toEqual(['contacts', 'views', 'interactions']);
  expect(found[0]?.offers.map(({ place }) => place)).toEqual([0, 2]);
});

it('tells the beginning of a text from that of a word and the rest', () => {
  expect(['anna nova', 'jan anna', 'hanna'].map((text) => placeIn(text, 'anna'))).toEqual([0, 1, 2]);
});

import { expect, it } from 'vitest';
import { boundWidth, widthAfterKey } from './splitter';

it.each([
  [0, 1440, 480],
  [100, 1440, 380],
  [5000, 1440, 1008],
  [5000, 500, 380],
])('keeps %i px in a window of %i px at %i px', (width, windowWidth, want) => {
  expect(boundWidth(width, windowWidth)).toBe(want);
});

it.each([
  ['ArrowLeft', false, 496],
  ['ArrowRight', false, 464],
  ['ArrowRight', true, 400],
  ['Home', false, 1008],
  ['End', false, 380],
  ['Tab', false, undefined],
])('moves by %s', (key, large, want) => {
  expect(widthAfterKey(key, 480, 1440, large)).toBe(want);
});

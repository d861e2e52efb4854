import { describe, expect, it } from 'vitest';
import { matches } from './shortcuts';

const event = (init: Partial<KeyboardEvent>) =>
  ({
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    key: '',
    code: '',
    ...init,
  }) as KeyboardEvent;

describe('matches', () => {
  it('takes digits by their place on the keyboard', () => {
    const czech = event({ key: '+', code: 'Digit1', altKey: true });
    expect(matches(czech, { key: 'Digit1', alt: true })).toBe(true);
  });

  it('takes Command for Control', () => {
    expect(matches(event({ code: 'KeyK', key: 'k', metaKey: true }), { key: 'KeyK', control: true })).toBe(
      true,
    );
  });

  it('never takes AltGr, which types characters', () => {
    const at = event({ code: 'KeyV', key: '@', ctrlKey: true, altKey: true });
    expect(matches(at, { key: 'KeyV', control: true, alt: true })).toBe(false);
  });

  it('wants exactly the modifiers and no composing', () => {
    expect(
      matches(event({ code: 'KeyF', ctrlKey: true, shiftKey: true }), { key: 'KeyF', control: true }),
    ).toBe(false);
    expect(
      matches(event({ code: 'KeyF', ctrlKey: true, isComposing: true }), { key: 'KeyF', control: true }),
    ).toBe(false);
  });
});

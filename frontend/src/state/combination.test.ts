import { describe, expect, it } from 'vitest';
import { pressedCombination, readCombination, refusalOf } from './combination';

const press = (code: string, key: string, mods: Partial<KeyboardEvent> = {}) =>
  ({ code, key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...mods }) as KeyboardEvent;

describe('a combination', () => {
  it.each([
    ['Ctrl+Shift+F', { key: 'KeyF', control: true, shift: true, alt: false }],
    ['F5', { key: 'F5', control: false, shift: false, alt: false }],
    ['Alt+1', { key: 'Digit1', control: false, shift: false, alt: true }],
    ['J', { key: 'KeyJ', control: false, shift: false, alt: false }],
  ])('%s is read', (text, want) => {
    expect(readCombination(text)).toEqual(want);
  });

  it.each(['', 'Ctrl', 'Shift+Ctrl+F', 'Ctrl+f', 'F13', 'Ctrl+Enter', 'Ctrl++'])('%j is none', (text) => {
    expect(readCombination(text)).toBeUndefined();
  });

  it('is told by the physical key', () => {
    expect(pressedCombination(press('KeyY', 'z', { ctrlKey: true }))).toBe('Ctrl+Y');
    expect(pressedCombination(press('Digit2', 'ě', { altKey: true }))).toBe('Alt+2');
    expect(pressedCombination(press('F9', 'F9', { shiftKey: true }))).toBe('Shift+F9');
    expect(pressedCombination(press('KeyE', 'e', { metaKey: true }))).toBe('Ctrl+E');
  });

  it('is nothing while only modifiers are held, and for keys with a use of their own', () => {
    expect(pressedCombination(press('ControlLeft', 'Control', { ctrlKey: true }))).toBeUndefined();
    expect(pressedCombination(press('ArrowDown', 'ArrowDown', { ctrlKey: true }))).toBeUndefined();
    expect(pressedCombination(press('Enter', 'Enter'))).toBeUndefined();
  });

  it.each([
    ['Ctrl+B', false, undefined],
    ['Alt+Shift+M', false, undefined],
    ['F9', false, undefined],
    ['B', true, undefined],
    ['B', false, 'plain'],
    ['Shift+B', true, 'plain'],
    ['7', true, 'plain'],
    ['Ctrl+Alt+B', false, 'altgr'],
    ['Ctrl+C', false, 'reserved'],
    ['Ctrl+3', false, 'reserved'],
    ['Alt+2', false, 'reserved'],
    ['F6', false, 'reserved'],
    ['Shift+F10', false, 'reserved'],
    ['Alt+F4', false, 'reserved'],
  ])('%s, single letters %s: %s', (text, single, want) => {
    expect(refusalOf(text, single)).toBe(want);
  });
});

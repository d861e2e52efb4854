import { describe, expect, it } from 'vitest';
import { defaultChoice, isTranscript, readChoice, templateOf, withTemplate } from './choice';

const usual = defaultChoice('en', 'cs');
const weekly = { ...usual, format: 'csv' as const, sheets: ['summary', 'messages'] };

describe('templates', () => {
  const kept = withTemplate([], ' Weekly ', weekly);

  it('keep a choice under a name, and give it back', () => {
    expect(kept).toHaveLength(1);
    expect(kept[0]!.name).toBe('Weekly');
    expect(readChoice(kept[0]!.choice, usual)).toEqual(weekly);
  });

  it('replace the one of the same name', () => {
    const again = withTemplate(kept, 'WEEKLY', usual);
    expect(again).toHaveLength(1);
    expect(readChoice(again[0]!.choice, weekly)).toEqual(usual);
    expect(withTemplate(kept, 'Monthly', usual)).toHaveLength(2);
  });

  it('are recognised by what they choose, in whatever order it was chosen', () => {
    expect(templateOf(kept, weekly)?.name).toBe('Weekly');
    expect(templateOf(kept, { ...weekly, sheets: ['messages', 'summary'] })?.name).toBe('Weekly');
    expect(templateOf(kept, { ...weekly, raw: true })).toBeUndefined();
    expect(templateOf([], weekly)).toBeUndefined();
  });
});

it.each(['pdf', 'txt', 'jsonl'] as const)('%s is of conversations, and is kept', (format) => {
  expect(isTranscript(format)).toBe(true);
  expect(readChoice(JSON.stringify({ ...usual, format }), usual).format).toBe(format);
});

import { describe, expect, it } from 'vitest';
import { Kept } from './kept';

interface Value {
  a: number;
  b: number;
}

/** A value kept by calls that are answered by hand. */
function byHand() {
  const asked: { value: Value; answer: (value: Value) => void; refuse: (why: Error) => void }[] = [];
  const shown: Value[] = [];
  const kept = new Kept<Value>(
    (value) => new Promise((answer, refuse) => asked.push({ value, answer, refuse })),
    (value) => shown.push(value),
  );
  kept.adopt({ a: 1, b: 1 });
  return { kept, asked, shown: () => shown.at(-1) };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('Kept', () => {
  it('shows changes at once and keeps them one after the other', async () => {
    const { kept, asked, shown } = byHand();
    const first = kept.change({ a: 2 });
    const second = kept.change({ a: 3 });
    await turn();
    expect(shown()).toEqual({ a: 3, b: 1 });
    expect(asked.map((one) => one.value)).toEqual([{ a: 2, b: 1 }]);
    asked[0]!.answer({ a: 2, b: 1 });
    await first;
    expect(shown(), 'an older answer').toEqual({ a: 3, b: 1 });
    await turn();
    asked[1]!.answer({ a: 3, b: 9 }); // kept in its own way
    await second;
    expect(shown()).toEqual({ a: 3, b: 9 });
    expect(asked.map((one) => one.value)).toEqual([
      { a: 2, b: 1 },
      { a: 3, b: 1 },
    ]);
  });

  it('takes back what cannot be kept, and nothing else', async () => {
    const { kept, asked, shown } = byHand();
    const refused = kept.change({ a: 2 });
    const later = kept.change({ b: 5 });
    await turn();
    asked[0]!.refuse(new Error('full'));
    await expect(refused).rejects.toThrow('full');
    await turn();
    asked[1]!.answer(asked[1]!.value);
    await later;
    expect(shown()).toEqual({ a: 1, b: 5 });
  });

  it('forgets a change under way when another value is adopted', async () => {
    const { kept, asked, shown } = byHand();
    const change = kept.change({ a: 2 });
    await turn();
    kept.adopt({ a: 7, b: 7 });
    asked[0]!.answer({ a: 2, b: 1 });
    await change;
    expect(shown()).toEqual({ a: 7, b: 7 });
  });
});

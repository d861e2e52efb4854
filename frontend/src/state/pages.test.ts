import { describe, expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { Pages, pageSize } from './pages';

/** A program that answers only when told to. */
function program() {
  const asked: {
    snapshot: string;
    offset: number;
    answer: () => Promise<void>;
    fail: () => Promise<void>;
  }[] = [];
  const settle = () => new Promise<void>((done) => setTimeout(done));
  const load = (snapshot: string, offset: number, limit: number) =>
    new Promise<app.Window>((resolve, reject) => {
      asked.push({
        snapshot,
        offset,
        answer: () => {
          const rows = Array.from(
            { length: limit },
            (_, at) => ({ name: `${snapshot}-${offset + at}` }) as app.Row,
          );
          resolve({ offset, rows });
          return settle();
        },
        fail: () => {
          reject(new Error('gone'));
          return settle();
        },
      });
    });
  return { asked, load };
}

function pagesOf(total = 10_000) {
  const { asked, load } = program();
  const seen = { loaded: 0, failed: 0 };
  const pages = new Pages(
    load,
    () => seen.loaded++,
    () => seen.failed++,
  );
  pages.reset('a', total);
  return { pages, asked, seen };
}

describe('Pages', () => {
  it('asks for the page of a row and then has it', async () => {
    const { pages, asked, seen } = pagesOf();
    pages.want(210, 230);
    expect(asked.map((ask) => ask.offset)).toEqual([200]);
    expect(pages.row(215)).toBeUndefined();
    await asked[0]?.answer();
    expect(pages.row(215)?.name).toBe('a-215');
    expect(seen.loaded).toBe(1);
  });

  it('asks once for a page that is under way', () => {
    const { pages, asked } = pagesOf();
    pages.want(0, 40);
    pages.want(10, 50);
    expect(asked).toHaveLength(1);
  });

  it('has at most three requests under way and forgets what is no longer wanted', async () => {
    const { pages, asked } = pagesOf();
    pages.want(0, pageSize * 5);
    expect(asked).toHaveLength(3);
    pages.want(5000, 5040);
    await asked[0]?.answer();
    expect(asked.map((ask) => ask.offset)).toEqual([0, 200, 400, 5000]);
  });

  it('drops an answer that belongs to an earlier snapshot', async () => {
    const { pages, asked, seen } = pagesOf();
    pages.want(0, 40);
    pages.reset('b', 100);
    await asked[0]?.answer();
    expect(pages.row(0)).toBeUndefined();
    expect(seen.loaded).toBe(0);
    pages.want(0, 40);
    await asked[1]?.answer();
    expect(pages.row(0)?.name).toBe('b-0');
  });

  it('keeps fifty pages and lets the one unused for longest go', async () => {
    const { pages, asked } = pagesOf(20_000);
    for (let page = 0; page <= 50; page++) {
      pages.want(page * pageSize, page * pageSize + 10);
      await asked.at(-1)?.answer();
    }
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row(pageSize)?.name).toBe('a-200');
  });

  it('tells of a failure once and can ask again', async () => {
    const { pages, asked, seen } = pagesOf();
    pages.want(0, 10);
    await asked[0]?.fail();
    expect(seen.failed).toBe(1);
    pages.want(0, 10);
    expect(asked).toHaveLength(2);
  });

  it('gives a range across pages', async () => {
    const { pages, asked } = pagesOf();
    const range = pages.range(190, 410);
    for (let ask = 0; ask < 3; ask++) await asked[ask]?.answer();
    const rows = await range;
    expect(rows).toHaveLength(220);
    expect(rows[0]?.name).toBe('a-190');
    expect(rows.at(-1)?.name).toBe('a-409');
  });
});

describe('Rows that come with the answer of a search', () => {
  it('are shown without being asked for, until others are wanted or they are renewed', async () => {
    const asked: number[] = [];
    const pages = new Pages(
      async (_, offset) => {
        asked.push(offset);
        return { offset, rows: [{ name: `asked ${offset}` } as app.Row] };
      },
      () => {},
      () => {},
    );
    const first = ['a', 'b', 'c'].map((name) => ({ name }) as app.Row);
    pages.reset('1', 500, first);
    pages.want(0, 3);
    expect([pages.row(0)?.name, pages.row(2)?.name, pages.row(3), asked]).toEqual(['a', 'c', undefined, []]);
    pages.want(0, 4);
    await Promise.resolve();
    expect(asked).toEqual([0]);
    await Promise.resolve();
    expect([pages.row(0)?.name, pages.row(2)]).toEqual(['asked 0', undefined]);

    // What was erased meanwhile must not stay.
    pages.reset('2', 3, first);
    pages.renew();
    pages.want(0, 3);
    await Promise.resolve();
    await Promise.resolve();
    expect([asked, pages.row(0)?.name, pages.row(1)]).toEqual([[0, 0], 'asked 0', undefined]);
    pages.reset('3', 3);
    expect(pages.row(0)).toBe(undefined);
  });
});

describe('Pages that are renewed', () => {
  it('keep what is on the screen until it has come anew, and nothing else', async () => {
    const { pages, asked } = pagesOf();
    for (const [n, from] of [0, 1000, 2000, 3000].entries()) {
      pages.want(from, from + 20);
      await asked[n]?.answer();
    }
    pages.renew();
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row(3000)?.name).toBe('a-3000');
    expect(
      asked
        .slice(4)
        .map((ask) => ask.offset)
        .sort(),
    ).toEqual([1000, 2000, 3000]);
    const before = pages.row(3000);
    for (const ask of asked.slice(4)) await ask.answer();
    expect(pages.row(3000)).not.toBe(before);
  });

  it('drop an answer that was under way', async () => {
    const { pages, asked, seen } = pagesOf();
    pages.want(0, 20);
    pages.renew();
    expect(asked.map((ask) => ask.offset)).toEqual([0, 0]);
    await asked[0]?.answer();
    expect(pages.row(0)).toBeUndefined();
    await asked[1]?.answer();
    expect(pages.row(0)?.name).toBe('a-0');
    expect(seen.loaded).toBe(1);
  });

  it('are asked for again when they are wanted before they have come', async () => {
    const { pages, asked } = pagesOf();
    pages.want(0, 20);
    await asked[0]?.answer();
    pages.renew();
    pages.want(0, 20);
    expect(asked).toHaveLength(2);
    await asked[1]?.fail();
    pages.want(0, 20);
    expect(asked).toHaveLength(3);
  });
});

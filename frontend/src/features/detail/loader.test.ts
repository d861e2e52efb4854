import { beforeEach, expect, it, vi } from 'vitest';
import type { app } from '$lib/backend';
import { DetailLoader } from './detail.svelte';

const open = vi.hoisted(() => vi.fn());
vi.mock('$lib/backend', async (original) => ({
  ...(await original<typeof import('$lib/backend')>()),
  backend: { details: { Open: open } },
}));

const notFound = JSON.stringify({ code: 'not_found', message: '' });
const detail = (title: string) => ({ row: { name: 'a', title } }) as unknown as app.Detail;

/** An answer that comes when the test says so. */
function answer() {
  let resolve!: (detail: app.Detail) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<app.Detail>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

beforeEach(() => open.mockReset());

it('keeps what was downloaded when an older question is answered late', async () => {
  const loader = new DetailLoader();
  open.mockRejectedValueOnce(notFound);
  await loader.open('a');
  expect(loader.error?.code).toBe('not_found');

  const late = answer();
  open.mockReturnValueOnce(late.promise);
  const reloaded = loader.reload();
  loader.found('a', detail('downloaded'));
  late.reject(notFound);
  await reloaded;

  expect(loader.error).toBeUndefined();
  expect(loader.detail).toEqual(detail('downloaded'));
});

it('shows the newest of answers that come in another order', async () => {
  const loader = new DetailLoader();
  open.mockResolvedValueOnce(detail('first'));
  await loader.open('a');

  const older = answer();
  const newer = answer();
  open.mockReturnValueOnce(older.promise).mockReturnValueOnce(newer.promise);
  const both = [loader.reload(), loader.reload()];
  newer.resolve(detail('newer'));
  await both[1];
  older.resolve(detail('older'));
  await both[0];

  expect(loader.detail).toEqual(detail('newer'));
});

it('shows what has been stored since it was not found', async () => {
  const loader = new DetailLoader();
  open.mockRejectedValueOnce(notFound).mockResolvedValueOnce(detail('stored'));
  await loader.open('a');
  await loader.reload();

  expect(loader.error).toBeUndefined();
  expect(loader.detail).toEqual(detail('stored'));
});

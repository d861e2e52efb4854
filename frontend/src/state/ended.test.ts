import { expect, it } from 'vitest';
import { Jobs, long, type Ended } from './ended';

it('tells of what took long and ended while nobody looked, and of nothing else', () => {
  let now = 0;
  let looked = false;
  const told: Ended[] = [];
  const jobs = new Jobs(
    () => now,
    () => looked,
    (ended) => told.push(ended),
  );
  const run = (ms: number, ...[job, ended]: Parameters<Jobs['follow']>) => {
    jobs.follow(job, 'running');
    now += ms / 2;
    jobs.follow(job, 'running');
    now += ms / 2;
    jobs.follow(job, ended);
  };
  run(long, 'export', 'exportDone');
  run(long, 'sync', 'syncFailed');
  expect(told).toEqual(['exportDone', 'syncFailed']);
  run(long - 2, 'erase', 'eraseDone');
  run(long, 'export', 'cancelled');
  jobs.follow('sync', 'syncDone'); // the state is told again
  looked = true;
  run(long, 'erase', 'eraseDone');
  expect(told).toHaveLength(2);
});

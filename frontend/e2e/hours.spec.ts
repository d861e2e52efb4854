import { expect, test } from './fixtures';
import { List } from './list';
import { command } from './program';

interface Told {
  working_hours: { wait_median: number; wait_p90: number; first_reply: number } | null;
}

const clock = (seconds: number) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

test('E43: working hours are set in words, counted, and told beside the plain figures', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.goto(page.url().replace(/#.*/, '') + '#/settings/targets');
  const hours = page.getByRole('region', { name: 'Working hours' });
  await hours.getByLabel('All queues', { exact: true }).selectOption('Own hours');
  const week = hours.getByRole('group', { name: 'Working hours: All queues' });
  await expect(week.getByLabel('Monday')).toHaveValue('8:00–17:00');
  await expect(week.getByLabel('Sunday')).toHaveValue('');
  await expect(week.getByLabel(/Czech public holidays/)).toBeChecked();

  // What cannot be read stays as it is written, and is said; nothing of it is kept.
  await week.getByLabel('Monday').fill('8:00–25:00');
  await expect(hours.getByRole('alert')).toHaveText('Write hours like 8:00–12:00, 12:30–17:00.');
  await week.getByLabel('Monday').fill('9-12, 13-18');
  await expect(hours.getByRole('alert')).toHaveText('');
  await week.getByLabel('Days off', { exact: true }).fill('31. 12. 2026');
  await week.getByLabel('Days off', { exact: true }).blur();
  await expect(week.getByLabel('Days off', { exact: true })).toHaveValue('2026-12-31');
  await expect(week.getByLabel('Monday')).toHaveValue('9:00–12:00, 13:00–18:00');
  await expect(hours.getByText(/being counted/)).toHaveCount(0);

  await page.getByRole('link', { name: 'Interactions', exact: true }).click();
  await list.show('Last 7 days');
  await page.getByRole('link', { name: 'Overview' }).click();
  const strip = page.getByRole('group', { name: 'Figures' });
  const inside = async (name: string) =>
    strip
      .getByText(name, { exact: true })
      .locator('xpath=following-sibling::dd')
      .getByText(/in working hours$/)
      .innerText();
  const shown = [await inside('Median wait'), await inside('First reply')];

  // The details of the list say it of one.
  await page.getByRole('link', { name: 'Interactions', exact: true }).click();
  await list.rows().nth(1).getByRole('button', { name: 'Open details' }).click();
  const line = page.getByText('In working hours', { exact: true }).locator('xpath=following-sibling::dd');
  await expect(line).toHaveText(/^Wait time \d:\d\d:\d\d · First reply \d:\d\d:\d\d · Longest silence/);

  let told: Told = { working_hours: null };
  let kept = '';
  await app.restart(async () => {
    const asked = async (...args: string[]) => (await command(app.home, ['--demo', '--json', ...args])).out;
    told = JSON.parse(await asked('summary', '--time', 'last7days')) as Told;
    kept = (JSON.parse(await asked('targets')) as { all: { hours: string; holidays: string } }).all.hours;
  });
  expect(kept).toBe('Mon 9:00-12:00,13:00-18:00; Tue-Fri 8:00-17:00');
  expect(shown).toEqual([
    `${clock(told.working_hours?.wait_median ?? -1)} in working hours`,
    `${clock(told.working_hours?.first_reply ?? -1)} in working hours`,
  ]);
});

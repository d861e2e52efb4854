import { expect, test } from './fixtures';
import { Details } from './details';

declare global {
  interface Window {
    /** Set by a script of a message if one ever ran. */
    harmed?: boolean;
    paper?: { text: string; buttons: string[]; outside: string[]; messages: number; ground: string };
  }
}

/** Words that only the chat with every kind of message holds. */
const showcase = 'text:"přeškrtnutě" AND text:"vyberte prosím"';

test('E14 every kind of message is shown, and the texts do nothing', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.find(showcase);
  const { chat } = details;
  const bubble = (text: string | RegExp) => chat.getByRole('article').filter({ hasText: text });

  await test.step('formatting', async () => {
    const said = (word: string) => chat.locator('span').filter({ hasText: new RegExp(`^${word}$`) });
    await expect(said('tučně')).toHaveCSS('font-weight', '600');
    await expect(said('kurzívou')).toHaveCSS('font-style', 'italic');
    await expect(said('přeškrtnutě')).toHaveCSS('text-decoration-line', 'line-through');
    await expect(said('kód')).toHaveCSS('font-family', /mono/i);
  });
  await test.step('files: image, video, voice, audio, document, sticker', async () => {
    for (const file of [
      /IMG_\d+\.jpg/,
      /VID_\d+\.mp4/,
      /PTT-23\.ogg/,
      'Hluk_v_lince.mp3',
      /Smlouva_\d+\.pdf/,
      'sticker.webp',
    ]) {
      await expect(bubble(file).first(), String(file)).toContainText(/Not on this computer.*\d.*Download/s);
    }
    await expect(bubble(/VID_\d+/)).toContainText('0:00:17');
    await expect(bubble('PTT-23')).toContainText('0:00:23');
    await expect(bubble('Router zepředu')).toContainText(/IMG_/);
  });
  await test.step('location, contact card, deleted, unsupported', async () => {
    await expect(bubble('49.19510, 16.60680')).toBeVisible();
    await expect(bubble('Soused Karel')).toContainText('420605555177');
    await expect(bubble('Message deleted')).toBeVisible();
    // Shown as such, and quoted by another one.
    await expect(bubble('This kind of message can’t be shown here')).toHaveCount(2);
  });
  await test.step('buttons, reply, template, quote, reaction', async () => {
    await expect(bubble('Vyberte prosím')).toBeVisible();
    await expect(bubble('Selected')).toContainText('Porucha');
    await expect(bubble('Template potvrzeni_terminu')).toContainText('Potvrzujeme termín');
    await expect(chat.getByText(/^👍/)).toBeVisible();
    const quote = bubble('Platí, děkuji!').getByRole('button', { name: 'Potvrzujeme termín' });
    await quote.click();
    await expect(bubble('Template potvrzeni_terminu')).toBeFocused();
    await expect(details.list.bar, 'only the chat has moved').toBeInViewport({ ratio: 1 });
  });
  await test.step('private note, command, failed, states of delivery', async () => {
    await expect(bubble('Private note')).toContainText('zálohovaný kontakt');
    await expect(chat.getByText('/status porucha-linky')).toBeVisible();
    const counted = await details.pane.getByText(/^\d+ messages, \d+ other entr(y|ies)$/).innerText();
    const [said, others] = counted.match(/\d+/g)!.map(Number);
    expect(said! + others!).toBe(await chat.locator('[data-message]').count());
    const [received, sent] = (await details.pane.getByText(/^\d+ in, \d+ out$/).innerText()).match(/\d+/g)!;
    expect(Number(received) + Number(sent), 'the same messages are counted beside the chat').toBe(said);
    await expect(bubble('Failed')).toContainText('Číslo není na WhatsApp dostupné');
    await expect(bubble(/^.*\bRead\b/s).first()).toBeVisible();
  });
  await test.step('a bare link tells its host before it opens', async () => {
    await chat
      .getByRole('button', { name: /mereni\.example/ })
      .or(chat.getByRole('link', { name: /mereni\.example/ }))
      .click();
    const ask = page.getByRole('dialog', { name: 'Open in the browser?' });
    await expect(ask).toContainText('mereni.example');
    await page.keyboard.press('Escape');
    await expect(ask).toHaveCount(0);
    await expect(details.pane).toBeVisible();
  });
  await test.step('a file is downloaded and shown', async () => {
    const image = bubble('Router zepředu');
    await image.getByRole('button', { name: 'Download' }).click();
    await expect(image.getByRole('img')).toBeVisible();
    const width = await image.getByRole('img').evaluate((one: HTMLImageElement) => one.naturalWidth);
    expect(width).toBeGreaterThan(0);
    const source = (await image.getByRole('img').getAttribute('src'))!;
    const headers = (await page.request.get(new URL(source, page.url()).href)).headers();
    expect(headers['content-security-policy'], 'nothing in it can act as a page').toBe(
      "default-src 'none'; sandbox; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-disposition']).toMatch(/^inline; filename/);
  });

  await test.step('HTML is text', async () => {
    await page.keyboard.press('Escape');
    await details.find('text:"onerror"');
    const text = `<script>alert('x')</script><img src=x onerror=alert(1)>`;
    await expect(details.chat.getByText(text, { exact: true })).toBeVisible();
    await expect(details.pane.locator('script, img')).toHaveCount(0);
  });
  await test.step('right-to-left text keeps to its own bubble', async () => {
    await page.keyboard.press('Escape');
    await details.find('text:"עולם"');
    const text = details.chat.getByText('שלום עולם (RTL)', { exact: true });
    await expect(text).toBeVisible();
    expect(await text.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
    const time = details.chat.locator('article', { hasText: 'שלום' }).locator('time');
    expect(await time.evaluate((one) => getComputedStyle(one).direction)).toBe('ltr');
    await expect(details.heading).toHaveCSS('direction', 'ltr');
  });
});

test('E15 find in a chat of 2,000 messages', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.find('messages >= 1500');
  await expect(details.pane.getByText(/^1,999 messages, 1 other entry$/)).toBeVisible();
  const { chat } = details;
  const drawn = () => chat.locator('[data-message]').count();
  expect(await drawn(), 'only what is in view is laid out').toBeLessThan(80);

  await chat.focus();
  await page.keyboard.press('Control+f');
  const find = details.pane.getByRole('search');
  const field = find.getByRole('textbox', { name: 'Find in chat' });
  await expect(field).toBeFocused();
  await field.fill('dekuj');
  await expect(find.getByRole('status')).toHaveText(/^1 of [\d,]+$/);
  const total = Number((await find.getByRole('status').innerText()).split(' of ')[1]?.replace(/\D/g, ''));
  expect(total).toBeGreaterThan(10);
  const marked = chat.locator('mark.current');
  await expect(marked).toHaveText(/děkuj/i);
  await expect(marked).toBeInViewport();

  await page.keyboard.press('Enter');
  await expect(find.getByRole('status')).toHaveText(new RegExp(`^2 of `));
  await expect(marked).toBeInViewport();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(find.getByRole('status'), 'it goes round').toHaveText(
    `${total.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`,
  );
  await expect(marked).toHaveCount(1);
  await expect(marked).toBeInViewport();
  expect(await drawn()).toBeLessThan(80);

  await field.fill('slovo které nikdo nenapsal');
  await expect(find.getByRole('status')).toHaveText('No hits');
  await page.keyboard.press('Escape');
  await expect(find).toHaveCount(0);
  await expect(details.pane, 'one layer a press').toBeVisible();

  await test.step('hits of the list are marked from the start', async () => {
    await page.keyboard.press('Escape');
    await details.find('text:"zkontroluju linku" AND text:"přeškrtnutě"');
    await expect(details.chat.locator('mark').first()).toBeVisible();
  });
});

test('E16 the timeline by keys, and the same as a table', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.find('activities >= 2 AND messages > 4 AND answered:yes AND direction:in');
  const process = details.pane.getByRole('region', { name: 'Process of wap' });
  const picture = process.getByRole('application', { name: /^Timeline/ });
  const said = process.getByRole('status');
  await picture.focus();

  const walked: string[] = [];
  await page.keyboard.press('Home');
  for (let step = 0; step < 40; step++) {
    const text = await said.innerText();
    if (walked.at(-1) === text) break;
    walked.push(text);
    await page.keyboard.press('ArrowRight');
  }
  expect(walked[0]).toMatch(/^Waiting in queue .+, \d+:\d\d:\d\d–\d+:\d\d:\d\d, /);
  expect(walked.some((text) => text.startsWith('Connected '))).toBe(true);
  expect(walked.filter((text) => text.startsWith('Activity ')).length).toBeGreaterThan(1);

  await page.keyboard.press('End');
  await expect(said).toHaveText(/^Message (in|out), /);
  await page.keyboard.press('ArrowUp');
  await expect(said).not.toHaveText(/^Message/);
  await page.keyboard.press('ArrowDown');
  await expect(said).toHaveText(/^Message/);
  const at = /, ([\d:]+)/.exec(await said.innerText())?.[1] ?? '';
  await page.keyboard.press('Enter');
  const message = details.chat.locator('article:focus');
  await expect(message).toBeInViewport();
  await expect(message.locator('time')).toHaveText(at.slice(0, -3));

  await picture.focus();
  const zoomOut = process.getByRole('button', { name: 'Zoom out' });
  await expect(zoomOut).toBeDisabled();
  await page.keyboard.press('+');
  await expect(zoomOut).toBeEnabled();
  await page.keyboard.press('-');
  await expect(zoomOut).toBeDisabled();

  for (const mark of ['tA', 'tB', 'tC', 'tD'])
    await expect(process.getByText(mark, { exact: true }).first()).toBeVisible();
  await expect(process).toContainText('entered queue');

  const table = process.getByRole('table');
  const rows = table.locator('tbody tr');
  const steps = await rows.count();
  expect(steps).toBeGreaterThan(3);
  await expect(table.getByRole('columnheader')).toHaveText([
    'No.',
    'Time',
    'Mark',
    'Step',
    'Queue or user',
    'Lasted',
  ]);
  await expect(table).toContainText('Entered queue');
  await process.getByRole('button', { name: 'Show as table' }).click();
  await expect(picture).toHaveCount(0);
  await expect(rows).toHaveCount(steps);
  await process.getByRole('button', { name: 'Show timeline' }).click();
  await expect(picture).toBeVisible();
});

test('E17 a doubtful focus time is told in words', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.find('anomaly:yes');
  const doubtful = details.activities.locator('tbody tr', { hasText: 'may be inaccurate' }).first();
  await expect(doubtful).toBeVisible();
  await doubtful.getByRole('button').first().click();
  const focus = details.pane.getByRole('region', { name: 'Focus time' });
  await expect(focus).toContainText('May be inaccurate – the agent’s computer or connection may have failed');
  await expect(focus, 'no share of a doubtful time').not.toContainText('% of the activity');

  await page.keyboard.press('Escape');
  await details.find('anomaly:no AND focus > 1m AND time < today');
  await details.activity.click();
  await expect(details.pane.getByRole('region', { name: 'Focus time' })).toContainText('of the activity');
  await expect(details.pane.getByText(/inaccurate/i)).toHaveCount(0);
});

test('E34 the details on paper: all of them, nothing else, no buttons', async ({ app, page }) => {
  const details = new Details(page);
  await page.addInitScript(() => {
    window.print = () => {
      const seen = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
      const pane = document.querySelector('.detail-pane')!;
      const marked = [...document.querySelectorAll('button, [role=grid], [role=search], [role=banner]')];
      window.paper = {
        text: (pane as HTMLElement).innerText,
        buttons: [...pane.querySelectorAll('.button, .icon-button, header .tools')]
          .filter(seen)
          .map((one) => one.textContent ?? ''),
        outside: marked
          .filter((one) => !pane.contains(one) && seen(one))
          .map((one) => one.outerHTML.slice(0, 80)),
        messages: pane.querySelectorAll('[data-message]').length,
        ground: getComputedStyle(document.body).backgroundColor,
      };
    };
  });
  await app.open(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await details.find('messages >= 1500');
  const title = (await details.heading.innerText()).trim();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await page.evaluate(() => document.querySelector<HTMLElement>('.detail-pane')?.focus());
  await page.keyboard.press('Control+p');
  await expect.poll(() => page.evaluate(() => window.paper?.messages)).toBe(2000);
  const paper = await page.evaluate(() => window.paper!);
  expect(paper.text).toContain(title);
  expect(paper.text).toContain('Process of wap');
  expect(paper.text).toContain('Unique name');
  expect(paper.buttons).toEqual([]);
  expect(paper.outside).toEqual([]);
  expect(paper.ground, 'light whatever the screen').toBe('rgb(255, 255, 255)');

  await page.emulateMedia({ media: 'screen' });
  expect(await details.chat.locator('[data-message]').count(), 'windowed again').toBeLessThan(80);
});

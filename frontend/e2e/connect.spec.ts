import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from './centre';
import { expect } from './fixtures';
import { List } from './list';

/** Everything that a folder holds below it, as bytes read one to a letter. */
async function contents(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

test.use({ env: {} }); // nobody says in the environment where to connect

test('E26 every error of a connection stands once, names the server and keeps the secret', async ({
  app,
  page,
  server,
  centre,
}) => {
  const [url = '', token = ''] = server.found;
  const host = new URL(url).host;
  await app.open(page);
  const main = page.getByRole('main');
  const address = main.getByLabel('Address');
  const secret = main.getByRole('textbox', { name: 'Access token' });
  const tried = main.getByRole('button', { name: 'Test' });

  /** Tests the connection; the error stands once, at the field where it is about one, which has the focus. */
  async function fails(why: RegExp, at?: typeof address): Promise<void> {
    await tried.click();
    await expect(main.getByText(why), 'said once').toHaveCount(1);
    await expect(main.getByText(/Stored data|stored was/), 'nothing is stored').toHaveCount(0);
    if (at) {
      await expect(at).toBeFocused();
      await expect(at).toHaveAccessibleDescription(why);
    } else {
      await expect(main.locator(':focus')).toContainText(why);
    }
  }

  await tried.click();
  await expect(main.getByText('Fill in this field.')).toHaveCount(2);
  await expect(address).toBeFocused();

  await secret.fill('no-such-token-4711');
  await address.fill('no address at all');
  await fails(/isn’t the address of a Daktela contact centre/, address);
  await address.fill('http://acme.daktela.com');
  await fails(/Only https addresses are allowed/, address);
  await address.fill('http://127.0.0.1:9');
  await fails(/Can’t reach 127\.0\.0\.1:9\. Check the address/, address);
  await address.fill(`https://${host}`);
  await fails(new RegExp(`Can’t reach ${host}`), address);
  await address.fill(url);
  await fails(new RegExp(`${host} didn’t accept the sign-in`), secret);
  await expect(secret).toHaveAttribute('type', 'password');

  await secret.fill(token);
  for (const [kind, why, at] of [
    ['html', `What ${host} answered isn’t Daktela’s`, address],
    ['5xx', `${host} has a problem at the moment. Try again`, undefined],
  ] as const) {
    await centre.control(`fail?set=${kind}=1`);
    await fails(new RegExp(why), at);
    await centre.control(`fail?set=${kind}=0`);
  }
  await centre.control('shape?set=broken=activitiesWap:404');
  await fails(new RegExp(`${host} offers no WhatsApp interactions`));
  await centre.control('shape?set=redirect=https://elsewhere.example/');
  await fails(/The address leads on to elsewhere\.example/, address);
  await centre.control('shape');

  await main.getByRole('radio', { name: 'Name and password' }).check();
  await main.getByLabel('User name').fill('nobody');
  await main.getByLabel('Password', { exact: true }).fill('no-such-secret-4712');
  await fails(new RegExp(`${host} didn’t accept the sign-in`), main.getByLabel('Password', { exact: true }));
  await main.getByRole('radio', { name: 'Access token' }).check();

  await tried.click();
  await expect(main.getByText(/^Connected as /)).toBeVisible();
  await expect(main.getByText(/You can see \d+ users? and \d+ queues?/)).toBeVisible();
  await main.getByRole('button', { name: 'Start', exact: true }).click();
  const list = new List(page);
  await list.grid.waitFor();
  expect(await list.show('Everything stored')).toBeGreaterThan(0); // by this computer's clock nothing is of today
  const shown = await page.evaluate(
    () => document.documentElement.outerHTML + location.href + JSON.stringify({ ...localStorage }),
  );
  const kept = `${shown}\n${app.log()}\n${await contents(app.home)}`;
  for (const word of [token, 'no-such-token-4711', 'no-such-secret-4712'])
    expect(kept.includes(word), 'a secret in the page, the log or the files').toBe(false);
});

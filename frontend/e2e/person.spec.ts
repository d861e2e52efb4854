import { expect } from './fixtures';
import { test } from './centre';
import { Details } from './details';

test('everything about a person is found, saved, erased and listed', async ({ app, page }) => {
  await app.open(page);
  const details = new Details(page);
  await expect(page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ })).toHaveText(
    /Up to date/,
    { timeout: 60_000 },
  );
  await details.find('contact != empty AND messages > 4 AND activities = 1 AND answered:yes');
  const customer = (await details.heading.innerText()).trim();
  const name = await details.name();
  await page.keyboard.press('Escape');

  const dialog = page.getByRole('dialog', { name: 'Everything about one person' });
  const erasing = page.getByRole('alertdialog');
  await test.step('found by the quick field', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(customer);
    await page.getByRole('option', { name: /Everything about the person/ }).click();
    await expect(dialog.getByRole('region', { name: 'Interactions that name the person' })).toBeVisible();
    await expect(dialog.getByRole('checkbox', { name })).toBeChecked();
    await expect(dialog).toContainText(customer);
  });
  await test.step('saved', async () => {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save as…' }).click();
    expect((await download).suggestedFilename()).toMatch(/^person_.*\.zip$/);
  });
  await test.step('erased with one confirmation, and what remains is one list', async () => {
    await dialog.getByRole('button', { name: 'Anonymise…' }).click();
    await expect(erasing).toContainText('person_'); // the file that was saved still holds them
    const confirm = erasing.getByRole('button', { name: 'Anonymise person' });
    await expect(confirm).toBeDisabled();
    await erasing.getByRole('checkbox').check();
    await confirm.click();
    await expect(erasing.getByRole('heading', { name: /^To do in Daktela/ })).toBeVisible();
    await expect(erasing).toContainText('The contact was removed from this computer.');
    await expect(erasing.getByRole('list', { name: /^To do in Daktela/ })).toContainText(name);
    await erasing.getByRole('button', { name: 'Close', exact: true }).last().click();
  });
  await test.step('nothing is left to find', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(customer);
    await expect(page.getByText(`Nothing stored here is called “${customer}”.`)).toBeVisible();
    await expect(page.getByRole('option')).toHaveCount(0);
    await page.keyboard.press('Escape');
  });
  await test.step('the ledger says what went and names nobody', async () => {
    await page.keyboard.press('Alt+5');
    await page.getByRole('link', { name: 'Data and privacy' }).click();
    await page.getByRole('button', { name: 'Show the ledger…' }).click();
    const ledger = page.getByRole('dialog', { name: 'Ledger' });
    await expect(ledger.getByRole('table')).toContainText(name);
    await expect(ledger).toContainText('Anonymised here');
    await expect(ledger).not.toContainText(customer);
    await ledger.getByRole('textbox').fill('nothing like it');
    await expect(ledger.getByRole('status')).toHaveText('0 entries');
    await ledger.getByRole('textbox').fill(name);
    await expect(ledger.getByRole('status')).toHaveText('1 entry');
    const download = page.waitForEvent('download');
    await ledger.getByRole('button', { name: 'Save as…' }).click();
    expect((await download).suggestedFilename()).toMatch(/^ledger_.*\.xlsx$/);
  });
});

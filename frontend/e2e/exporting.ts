import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

/** The Export dialog as a person finds it. */
export class ExportDialog {
  readonly root: Locator;
  readonly go: Locator;
  readonly template: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: 'Export' });
    this.go = this.root.getByRole('button', { name: /^Export [\d,]+ (rows?|conversations?)$/ });
    this.template = this.root.getByRole('combobox', { name: 'Template' });
  }

  /** Opens it by the button over the list. */
  async open(): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
    await expect(this.go).toBeEnabled();
  }

  async format(title: 'Excel .xlsx' | 'CSV .csv' | 'Transcripts'): Promise<void> {
    await expect(this.go).toBeEnabled(); // the dialog has taken its size
    await this.root.getByText(title, { exact: true }).click();
  }

  /** How many rows the button says it will write. */
  async rows(): Promise<number> {
    return Number((await this.go.textContent())?.replace(/\D/g, ''));
  }

  /** Exports, waits for the browser's download, keeps it in folder and closes the dialog. */
  async save(folder: string): Promise<string> {
    await expect(this.go).toBeEnabled();
    const download = this.page.waitForEvent('download');
    await this.go.click();
    const file = path.join(folder, (await download).suggestedFilename());
    await (await download).saveAs(file);
    await expect(this.root.getByText(/interactions? saved$/)).toBeVisible();
    await this.root.getByRole('button', { name: 'Close' }).last().click();
    return file;
  }
}

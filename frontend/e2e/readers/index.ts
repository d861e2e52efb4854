import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./xlsx.py', import.meta.url));

export interface Cell {
  v: string | number | boolean | null;
  /** s text, n number, b boolean, d date, td duration in seconds, f formula. */
  t: string;
  /** Number format of the cell. */
  f: string;
}

export interface Sheet {
  frozen: string | null;
  filter: string | null;
  rows: number;
  head: { v: string; bold: boolean }[];
  body: Cell[][];
}

/**
 * Reads a workbook with openpyxl, which knows nothing of the program that wrote it; of each
 * sheet at most so many rows.
 */
export async function readWorkbook(file: string, rows = 50): Promise<Record<string, Sheet>> {
  // Debian's own Python, because the package belongs to it.
  const { stdout } = await run('/usr/bin/python3', [script, file, String(rows)], { maxBuffer: 64 << 20 });
  return (JSON.parse(stdout) as { sheets: Record<string, Sheet> }).sheets;
}

/** The number of rows of the first sheet of a workbook that is whole. */
export async function countRows(file: string): Promise<number> {
  return Number((await run('/usr/bin/python3', [script, file])).stdout);
}

/** Opens a workbook in LibreOffice and returns its first sheet as rows of CSV. */
export async function openInLibreOffice(file: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wapdesk-office-'));
  try {
    await run('soffice', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'csv',
      '--outdir',
      folder,
      file,
    ]);
    const name = path.basename(file).replace(/\.xlsx$/, '.csv');
    return (await readFile(path.join(folder, name), 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

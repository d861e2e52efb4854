/** A piece of a line with one look. A link carries the address it leads to. */
export interface Span {
  text: string;
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
  href?: string;
}

/** A line or a fenced block of a message. Marker is what stands before a list item. */
export interface Block {
  kind: 'text' | 'quote' | 'code' | 'item';
  marker?: string;
  spans: Span[];
}

type Look = Omit<Span, 'text' | 'href'>;
type Range = { from: number; to: number };

const looks: Record<string, Look> = { '*': { bold: true }, _: { italic: true }, '~': { strike: true } };
const wordCharacter = /[\p{L}\p{N}]/u;
const space = /\s/;

/**
 * Reads WhatsApp's own formatting (*bold* _italic_ ~strike~ `code`, fences, lists, quotes)
 * and bare links. The result is text with looks, never markup: what a customer wrote can
 * not become part of the page.
 */
export function readMessage(text: string): Block[] {
  const blocks: Block[] = [];
  const parts = text.split('```');
  // An unclosed fence is text like any other.
  if (parts.length % 2 === 0) parts.splice(-2, 2, parts.slice(-2).join('```'));
  parts.forEach((part, index) => {
    if (index % 2 === 1) {
      const code = part.replace(/^\n|\n$/g, '');
      if (code.trim() !== '') blocks.push({ kind: 'code', spans: [{ text: code, code: true }] });
      return;
    }
    let lines = part.split('\n');
    if (index > 0 && lines[0]?.trim() === '') lines = lines.slice(1);
    if (index < parts.length - 1 && lines.at(-1)?.trim() === '') lines = lines.slice(0, -1);
    for (const line of lines) blocks.push(readLine(line));
  });
  return blocks;
}

/** The text of a block as it is shown, without the signs that made its looks. */
export function plain(block: Block): string {
  return block.spans.map((span) => span.text).join('');
}

function readLine(line: string): Block {
  const quote = /^> ?(?=\S)/.exec(line);
  if (quote) return { kind: 'quote', spans: readSpans(line.slice(quote[0].length)) };
  const bullet = /^[-*] (?=\S)/.exec(line);
  if (bullet) return { kind: 'item', marker: '•', spans: readSpans(line.slice(2)) };
  const number = /^(\d{1,3}\.) (?=\S)/.exec(line);
  if (number) return { kind: 'item', marker: number[1], spans: readSpans(line.slice(number[0].length)) };
  return { kind: 'text', spans: readSpans(line) };
}

interface Link extends Range {
  href: string;
}

/** The bare links of a line. Signs that end a sentence or a look do not belong to a link. */
function findLinks(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}@])(?:https?:\/\/|www\.)[^\s<>"]+/giu)) {
    const shown = match[0].replace(/[.,;:!?'’)\]}*_~`]+$/u, '');
    const href = linkAddress(shown);
    if (href) links.push({ from: match.index, to: match.index + shown.length, href });
  }
  return links;
}

function linkAddress(text: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(text) ? `https://${text}` : text);
    return url.hostname.includes('.') ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function readSpans(line: string): Span[] {
  const spans: Span[] = [];
  const links = findLinks(line);
  const add = (text: string, look: Look, href?: string) => {
    if (text !== '') spans.push({ text, ...look, ...(href ? { href } : {}) });
  };

  const read = (from: number, to: number, look: Look) => {
    let start = from;
    for (let at = from; at < to; at++) {
      const link = links.find((candidate) => candidate.from === at);
      if (link && link.to <= to) {
        add(line.slice(start, at), look);
        add(line.slice(link.from, link.to), look, link.href);
        start = link.to;
        at = link.to - 1;
        continue;
      }
      const sign = line[at] ?? '';
      if (sign !== '`' && !(sign in looks)) continue;
      const close = closing(line, at, to, links);
      if (close < 0) continue;
      add(line.slice(start, at), look);
      if (sign === '`') add(line.slice(at + 1, close), { ...look, code: true });
      else read(at + 1, close, { ...look, ...looks[sign] });
      start = close + 1;
      at = close;
    }
    add(line.slice(start, to), look);
  };

  read(0, line.length, {});
  return spans;
}

/** Where the look opened at a place ends, or -1: signs count only at the edges of words. */
function closing(line: string, open: number, to: number, links: readonly Range[]): number {
  const sign = line[open] ?? '';
  if (open > 0 && wordCharacter.test(line[open - 1] ?? '')) return -1;
  const first = line[open + 1];
  if (open + 1 >= to || first === undefined || space.test(first) || first === sign) return -1;
  for (let at = open + 2; at < to; at++) {
    if (line[at] !== sign || space.test(line[at - 1] ?? ' ')) continue;
    if (links.some((link) => link.from < at && at < link.to)) continue;
    if (!wordCharacter.test(line[at + 1] ?? ' ')) return at;
  }
  return -1;
}

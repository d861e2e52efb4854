/** Where a hit starts and ends in a text, in UTF-16 units. */
export interface Range {
  from: number;
  to: number;
}

/** A text without case and diacritics, with the place each of its units came from. */
interface Folded {
  text: string;
  places: number[];
}

function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const bare = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < bare.length; i++) places.push(at);
    folded += bare;
    at += character.length;
  }
  places.push(text.length);
  return { text: folded, places };
}

/** The ranges of a text that match a query, ignoring case and diacritics; none for a blank query. */
export function findRanges(text: string, query: string): Range[] {
  const wanted = fold(query.trim()).text;
  if (wanted === '') return [];
  const { text: folded, places } = fold(text);
  const ranges: Range[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    ranges.push({ from: places[at] ?? 0, to: places[at + wanted.length] ?? text.length });
  }
  return ranges;
}

/** The ranges of several words together, in order and without overlaps. */
export function findAny(text: string, queries: readonly string[]): Range[] {
  const all = queries
    .flatMap((query) => findRanges(text, query))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Range[] = [];
  for (const range of all) {
    if (range.from >= (kept.at(-1)?.to ?? 0)) kept.push(range);
  }
  return kept;
}

/** A stretch of text, marked with the number of its hit or with nothing. */
export interface Piece {
  text: string;
  hit: number; // index into the ranges, -1 outside of all
}

/** Cuts one span of a longer text at the ranges that touch it. Offset is where the span starts. */
export function cut(text: string, offset: number, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  ranges.forEach((range, hit) => {
    const from = Math.max(0, range.from - offset);
    const to = Math.min(text.length, range.to - offset);
    if (to <= from || from < at) return;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: -1 });
    pieces.push({ text: text.slice(from, to), hit });
    at = to;
  });
  if (at < text.length) pieces.push({ text: text.slice(at), hit: -1 });
  return pieces;
}

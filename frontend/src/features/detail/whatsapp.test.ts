import { describe, expect, it } from 'vitest';
import { plain, readMessage, type Span } from './whatsapp';

const spans = (text: string): Span[] => readMessage(text).flatMap((block) => block.spans);

describe('looks', () => {
  it.each<[string, string, Span[]]>([
    ['bold', 'a *b c* d', [{ text: 'a ' }, { text: 'b c', bold: true }, { text: ' d' }]],
    ['italic', '_b_', [{ text: 'b', italic: true }]],
    ['strike', '~b~!', [{ text: 'b', strike: true }, { text: '!' }]],
    ['code keeps signs', '`*a* b`', [{ text: '*a* b', code: true }]],
    [
      'bold in italic',
      '_a *b*_',
      [
        { text: 'a ', italic: true },
        { text: 'b', bold: true, italic: true },
      ],
    ],
    ['not inside a word', 'snake_case_name 3*4*5', [{ text: 'snake_case_name 3*4*5' }]],
    ['not with a space inside the edge', 'x * a* and *a *', [{ text: 'x * a* and *a *' }]],
    ['not without an end', '*a', [{ text: '*a' }]],
    ['not empty', '** __', [{ text: '** __' }]],
    ['next to punctuation', '(*a*)', [{ text: '(' }, { text: 'a', bold: true }, { text: ')' }]],
    ['Czech letters are letters', 'č*a*č', [{ text: 'č*a*č' }]],
  ])('%s', (_, text, want) => {
    expect(spans(text)).toEqual(want);
  });
});

describe('links', () => {
  it.each<[string, string, Span[]]>([
    [
      'bare',
      'viz https://example.com/a_b_c.',
      [
        { text: 'viz ' },
        { text: 'https://example.com/a_b_c', href: 'https://example.com/a_b_c' },
        { text: '.' },
      ],
    ],
    ['www', 'www.example.com', [{ text: 'www.example.com', href: 'https://www.example.com/' }]],
    [
      'in bold',
      '*https://example.com*',
      [{ text: 'https://example.com', bold: true, href: 'https://example.com/' }],
    ],
    [
      'other schemes are text',
      'javascript:alert(1) file:///etc',
      [{ text: 'javascript:alert(1) file:///etc' }],
    ],
    [
      'a look-alike host is shown as it is asked for',
      'https://аpple.com',
      [{ text: 'https://аpple.com', href: 'https://xn--pple-43d.com/' }],
    ],
    ['no host', 'https://x', [{ text: 'https://x' }]],
  ])('%s', (_, text, want) => {
    expect(spans(text)).toEqual(want);
  });
});

describe('blocks', () => {
  it('reads lists, quotes and fences', () => {
    const got = readMessage('Postup:\n- jedna\n* dvě\n3. tři\n> citace\n```\nx = 1\n*y*\n```\nkonec');
    expect(got.map(({ kind, marker }) => [kind, marker])).toEqual([
      ['text', undefined],
      ['item', '•'],
      ['item', '•'],
      ['item', '3.'],
      ['quote', undefined],
      ['code', undefined],
      ['text', undefined],
    ]);
    expect(plain(got[5]!)).toBe('x = 1\n*y*');
  });

  it('leaves an unclosed fence alone', () => {
    expect(readMessage('a ``` b').map(plain)).toEqual(['a ``` b']);
  });

  it('keeps markup as text', () => {
    expect(spans('<img src=x onerror=alert(1)>')).toEqual([{ text: '<img src=x onerror=alert(1)>' }]);
  });

  it('loses no character of a plain text', () => {
    const text = 'Řádek 1\n\nŘádek 3 – 100 % "x" <b>';
    expect(readMessage(text).map(plain).join('\n')).toBe(text);
  });
});

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/** Mark-up of SRT and WebVTT: tags, the override codes of ASS that SRT files borrow, entities; no empty lines. */
export function plainText(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .replaceAll(/<\/?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}|\{[a-z]:[^{}]*\}/gi, '')
        .replaceAll(/&([a-z]{2,4}|#\d{1,7});/gi, entityOr)
        .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
        .replaceAll(/[^\S\n]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}

function entityOr(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
  const code = Number(name.slice(1));
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

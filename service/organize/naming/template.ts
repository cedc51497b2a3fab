import { DiscflowError } from '../../errors.ts';
import { findToken, type Token, tokenKinds } from './tokens.ts';

/** A token with what stands around it; all of it vanishes when the token has no value. */
export interface Group {
  readonly prefix: string;
  readonly token: Token;
  readonly format: string | null;
  readonly suffix: string;
}

/** Folder names and, last, the file's stem; each of literal text and groups. */
export type Template = readonly (readonly (string | Group)[])[];

const MAX_DEPTH = 8;
const TOKEN =
  /^(?<prefix>[- ._[(]*)(?<name>[A-Za-z][A-Za-z _]*?)(?::(?<format>[^{}:]*?))?(?<suffix>[- ._\])]*)$/;
const LEXEME =
  /\{\{|\}\}|\{(?<before>[^{}]*)\{(?<inner>[^{}]*)\}(?<after>[^{}]*)\}|\{(?<plain>[^{}]*)\}|[{}]|\/|[^{}/]+/g;

/**
 * Reads a naming template: `{token}`, `{prefix token:format suffix}` with `- ._[(` and `)]` around the token,
 * `{any text{token}any text}`, `{{` and `}}` for braces, `/` between folders; `:00` pads a number and `:30`
 * shortens a text. Throws `config-invalid`.
 */
export function parseTemplate(text: string): Template {
  const segments: (string | Group)[][] = [[]];
  for (const match of text.replace(/\.mkv$/i, '').matchAll(LEXEME)) {
    const [lexeme] = match;
    if (lexeme === '/') segments.push([]);
    else segments.at(-1)?.push(part(lexeme, match.groups ?? {}, text));
  }
  checkSegments(segments, text);
  return segments;
}

function part(
  lexeme: string,
  { before, inner, after, plain }: Record<string, string | undefined>,
  template: string,
): string | Group {
  if (lexeme === '{{') return '{';
  if (lexeme === '}}') return '}';
  if (lexeme === '{' || lexeme === '}')
    throw invalid(
      template,
      `"${lexeme}" has no partner`,
      'Write {{ or }} for a brace in the name.',
    );
  if (inner === undefined) return plain === undefined ? lexeme : group(plain, template);
  const token = group(inner, template);
  return { ...token, prefix: before + token.prefix, suffix: token.suffix + after };
}

function group(body: string, template: string): Group {
  const { prefix = '', name = '', format, suffix = '' } = TOKEN.exec(body)?.groups ?? {};
  const token = findToken(name);
  if (token === null)
    throw invalid(
      template,
      `{${body}} is not a token`,
      `Tokens are ${Object.keys(tokenKinds).join(', ')}.`,
    );
  checkFormat(token, format, template);
  return { prefix, token, format: format ?? null, suffix };
}

function checkFormat(token: Token, format: string | undefined, template: string): void {
  if (format === undefined) return;
  const pads = /^0{1,9}$/.test(format);
  const shortens = /^[1-9]\d{0,2}$/.test(format);
  if (tokenKinds[token] === 'number' ? pads : shortens) return;
  throw invalid(
    template,
    `{${token}:${format}} has a format that "${token}" does not take`,
    'Numbers are padded with {season:00}; texts are shortened with {title:30}.',
  );
}

function checkSegments(segments: readonly (readonly unknown[])[], template: string): void {
  const hint = 'A template looks like "{title} ({year})/{title} ({year})", below the library.';
  if (segments.length > MAX_DEPTH) throw invalid(template, 'it has too many folders', hint);
  for (const parts of segments) {
    if (parts.length === 0) throw invalid(template, 'a name between two "/" is empty', hint);
    if (parts.every((one) => typeof one === 'string' && /^[\s.]*$/.test(one)))
      throw invalid(template, '"." and ".." are not names', hint);
  }
}

function invalid(template: string, why: string, hint: string): DiscflowError {
  return new DiscflowError('config-invalid', `The naming template "${template}": ${why}`, { hint });
}

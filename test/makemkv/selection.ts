import type { ScannedTitle } from '../../service/scan/record.ts';
import { languageOf } from './languages.ts';

export type Stream =
  | { readonly type: 'video' }
  | { readonly type: 'audio'; readonly track: ScannedTitle['audio'][number] }
  | { readonly type: 'subtitle'; readonly track: ScannedTitle['subtitles'][number] };

/** The default of the program; forum topic 4386. */
const DEFAULT = '-sel:all,+sel:(favlang|nolang),-sel:(havemulti|havecore),=100:all,-10:favlang';

/** The streams of a title that are saved, by `app_DefaultSelectionString`; video always is. */
export function selectStreams(
  title: ScannedTitle,
  settings: ReadonlyMap<string, string>,
): Stream[] {
  const rules = (settings.get('app_DefaultSelectionString') || DEFAULT).split(',');
  const favourite = settings.get('app_PreferredLanguage') ?? '';
  return streamsOf(title).filter((stream) => {
    if (stream.type === 'video') return true;
    let selected = false;
    for (const rule of rules) {
      const [, sign, condition] = /^([+-])sel:(.+)$/.exec(rule.trim()) ?? [];
      if (condition !== undefined && holds(condition, stream, favourite)) selected = sign === '+';
    }
    return selected;
  });
}

export function streamsOf({ audio, subtitles }: ScannedTitle): Stream[] {
  return [
    { type: 'video' },
    ...audio.map((track) => ({ type: 'audio' as const, track })),
    ...subtitles.map((track) => ({ type: 'subtitle' as const, track })),
  ];
}

/** `a|b`, `a&b`, `!a`, brackets; what is not known here does not hold. */
function holds(condition: string, stream: Stream, favourite: string): boolean {
  const tokens = condition.match(/[()|&!*]|\w+/g) ?? [];
  const or = (): boolean => {
    let value = and();
    while (tokens[0] === '|') {
      tokens.shift();
      value = and() || value;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (tokens[0] === '&' || tokens[0] === '*') {
      tokens.shift();
      value = not() && value;
    }
    return value;
  };
  const not = (): boolean => {
    const token = tokens.shift();
    if (token === '!') return !not();
    if (token !== '(') return atom(token ?? '', stream, favourite);
    const value = or();
    tokens.shift();
    return value;
  };
  return or();
}

function atom(word: string, stream: Stream, favourite: string): boolean {
  const language = stream.type === 'video' ? null : languageOf(stream.track.language)?.code;
  switch (word) {
    case 'all':
      return true;
    case 'audio':
    case 'video':
    case 'subtitle':
      return stream.type === word;
    case 'favlang':
      // Without a preference every language is as good as another.
      return favourite === '' || language === favourite;
    case 'nolang':
      return language === null;
    case 'forced':
      return stream.type === 'subtitle' && stream.track.kind === 'forced';
    case 'special':
      return stream.type !== 'video' && stream.track.kind === 'commentary';
    default:
      return language === word;
  }
}

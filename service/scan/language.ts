import { isLanguage } from '../language-names.ts';

/** ISO 639-1, without the codes it withdrew. */
const known = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv ' +
    'dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ' +
    'ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv ' +
    'mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm ' +
    'rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ' +
    'ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);

/** DVDs of the nineties use codes that ISO withdrew in 1989, and "jp" by mistake. */
const replaced = new Map([
  ['iw', 'he'],
  ['in', 'id'],
  ['ji', 'yi'],
  ['jp', 'ja'],
  ['jw', 'jv'],
  ['mo', 'ro'],
]);

/** The language of a two-letter code on a disc, "und" for what is none. */
export function discLanguage(code: string): string {
  const lower = code.toLowerCase();
  const language = replaced.get(lower) ?? lower;
  return known.has(language) ? language : 'und';
}

/** A disc names the same few languages in thousands of places. */
const looked = new Map<string, string>();

/** The language of a three-letter code (ISO 639-2, either form) on a disc, "und" for what is none. */
export function discLanguage3(code: string): string {
  const lower = code.toLowerCase();
  if (!/^[a-z]{3}$/.test(lower)) return 'und';
  const language = looked.get(lower) ?? (isLanguage(lower) ? lower : 'und');
  looked.set(lower, language);
  return language;
}

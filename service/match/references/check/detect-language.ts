import { sameLanguage } from '../language.ts';
import type { Cue } from '../reference.ts';

/** Words that every other sentence has, and that the languages of the table do not share much. */
const frequent: readonly (readonly [string, ReadonlySet<string>])[] = Object.entries({
  en: 'the you and to it that is of what not have was for are this do with they know just',
  de: 'ich sie das ist nicht du und es die der wir zu ein mit was haben auf sich auch noch',
  fr: 'je vous pas est les des que une nous dans tu pour mais ce avec sur suis votre elle cest',
  es: 'que el los por una para con pero como está muy eso yo usted qué las del aquí esto todo',
  it: 'che non di è il per sono ma ho una mi lo gli questo come della cosa sei bene perché',
  nl: 'ik je het niet een van dat en wat maar hij zijn we voor met naar hebben heeft mijn ook',
  pt: 'que não você um uma eu com para isso ele está mas os como bem muito aqui meu tem foi',
  sv: 'jag det är att du inte och som på har för vi med den av ska här kan mig hon',
  da: 'jeg det er du ikke og at har på som med til vi af det skal her mig kan hvad',
  no: 'jeg det er du ikke og at har på som med til vi av skal her meg kan hva det',
  pl: 'nie to się na co jest że jak tak mnie ale za tym już czy mam tego jestem dla go',
  cs: 'to se je na že co tak jsem jsi ale jak mi tady není mám už jste když být nebo',
  hu: 'nem hogy az egy ez meg van csak mi de én és ha ezt vagy itt jól kell volt igen',
  ro: 'nu este să că și pe un ce mai în cu pentru dar sunt am asta bine aici fost când',
  tr: 'bir bu ne ve için çok ben sen değil mi da var şey gibi daha seni o kadar beni ama',
  fi: 'se on ei en että ja hän mitä olen minun mutta kun olet niin sen minä nyt oli tämä joka',
}).map(([language, words]) => [language, new Set(words.split(' '))] as const);

/** Writing that tells the language, or the nearest guess among those that share it. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/g],
  ['ko', /[\uac00-\ud7af]/g],
  ['zh', /[\u4e00-\u9fff]/g],
  ['ru', /[\u0400-\u04ff]/g],
  ['el', /[\u0370-\u03ff]/g],
  ['he', /[\u0590-\u05ff]/g],
  ['ar', /[\u0600-\u06ff]/g],
  ['th', /[\u0e00-\u0e7f]/g],
  ['hi', /[\u0900-\u097f]/g],
];
/** Nobody is told apart within a group by twenty words. */
const neighbours = [
  'da no sv',
  'es pt gl ca',
  'cs sk',
  'hr sr bs sl',
  'ru uk bg mk sr be kk',
  'ar fa ur',
  'hi mr ne',
  'id ms',
].map((group) => group.split(' '));

const CUES_LOOKED_AT = 400;
const LEAST_WORDS = 60;
const LEAST_SHARE = 0.1;
const LEAST_LEAD = 1.5;
const LEAST_LETTERS = 200;
const SCRIPT_SHARE = 0.3;

/** The language that the text is in, as far as a few frequent words and the letters tell; null when they do not. */
export function detectLanguage(cues: readonly Cue[]): string | null {
  const step = Math.max(1, Math.floor(cues.length / CUES_LOOKED_AT));
  const text = cues
    .filter((_, index) => index % step === 0)
    .map((cue) => cue.text)
    .join('\n')
    .toLowerCase();
  return byScript(text) ?? byWords(text);
}

/** Whether a text that seems to be `detected` can be in `named` after all. */
export function mayBeLanguage(named: string, detected: string): boolean {
  if (sameLanguage(named, detected)) return true;
  return neighbours.some((group) =>
    [named, detected].every((one) => group.some((other) => sameLanguage(one, other))),
  );
}

function byScript(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS) return null;
  for (const [language, pattern] of scripts)
    if ((text.match(pattern)?.length ?? 0) > letters * SCRIPT_SHARE) return language;
  return null;
}

function byWords(text: string): string | null {
  const words = text.replaceAll(/['’]/g, '').match(/\p{L}+/gu) ?? [];
  if (words.length < LEAST_WORDS) return null;
  const [best, second] = frequent
    .map(([language, set]) => ({ language, count: words.filter((word) => set.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  if (!best || best.count < words.length * LEAST_SHARE) return null;
  const rivals = second && !mayBeLanguage(best.language, second.language) ? second.count : 0;
  return best.count >= rivals * LEAST_LEAD ? best.language : null;
}

import type { Line } from '../../../authoring/spec.ts';
import { createRandom, type Random } from '../../../match-lab/random.ts';

type Words = readonly [string, ...string[]];

const who: Words = [
  ...([
    'the captain',
    'my sister',
    'your brother',
    'the doctor',
    'old Jonas',
    'Zoë',
    'André',
  ] as const),
  ...[
    'the judge',
    'Mrs. Hale',
    'the baker',
    'our teacher',
    'the stranger',
    'Inspector Quill',
    'Marcus',
  ],
  ...[
    'the mayor',
    'Ruth',
    'that fellow',
    'her uncle',
    'the pilot',
    'nobody',
    'everybody',
    'Captain Noël',
  ],
];
const did: Words = [
  ...([
    'opened',
    'lost',
    'painted',
    'sold',
    'found',
    'buried',
    'stole',
    'burned',
    'mended',
  ] as const),
  ...['forgot', 'borrowed', 'hid', 'broke', 'bought', 'dropped', 'carried', 'counted', 'locked'],
  ...[
    'wanted',
    'measured',
    'photographed',
    'returned',
    'described',
    'ruined',
    'cleaned',
    'followed',
  ],
];
const what: Words = [
  ...([
    'the lantern',
    'a letter',
    'the red boat',
    'the bridge',
    'the piano',
    'her garden',
  ] as const),
  ...['the silver key', 'a suitcase', 'the museum', 'his violin', 'the old map', 'our kitchen'],
  ...['the telescope', 'a wedding ring', 'the orchard', 'the generator', 'a bottle of medicine'],
  ...['the diary', 'twelve oranges', 'the café', 'a photograph', 'the lighthouse', 'the tractor'],
  ...['a hundred dollars', 'the newspaper', 'the chess board', 'a loaf of bread', 'the elevator'],
  ...['the fountain', 'your umbrella', 'the contract', 'the greenhouse', 'the radio', 'a parrot'],
];
const when: Words = [
  ...(['last night', 'before the storm', 'without a word', 'again', 'on Thursday'] as const),
  ...['in the harbour', 'behind the station', 'for the last time', 'when the music stopped'],
  ...['at half past seven', 'under the stairs', 'because of the snow', 'and nobody noticed'],
  ...['while we were asleep', 'in front of the whole village', 'after the funeral', 'by mistake'],
];
const short: Words = [
  ...(['No.', 'Yes.', 'What?', 'Wait for me!', 'Are you sure?', 'I do not know.'] as const),
  ...['Not now.', 'Who is there?', 'That is not true.', 'Leave it.', 'Thank you.', 'Come with me.'],
  ...['Where have you been?', 'I told you so.', 'How much is it?', 'We are late.', 'Be quiet!'],
];

/** What is said in an episode: short and long lines of English, other ones for every seed. */
export function dialogue(seed: string, count: number): Line[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({ en: sentence(random) }));
}

function sentence(random: Random): string {
  if (random.chance(0.2)) return random.pick(short);
  const subject = random.chance(0.4) ? capital(thing(random)) : random.pick(who);
  const object = random.chance(0.7) ? `the ${thing(random)}` : random.pick(what);
  const more = random.chance(0.3) ? ` ${random.pick(when)}` : '';
  const aside = random.chance(0.3) ? ` of ${capital(thing(random))}` : '';
  const opening = random.pick(openings);
  const told = `${subject} ${random.pick(did)} ${object}${aside}${more}`;
  const line = opening === '' ? told : `${opening} ${told}`;
  return `${capital(line)}${random.pick(['.', '.', '?', '!'])}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const THINGS = 4000;
const beginnings: Words = [
  'b',
  'br',
  'c',
  'd',
  'dr',
  'f',
  'g',
  'gl',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'qu',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
];
const middles: Words = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'oo', 'ou'];
const ends: Words = ['ck', 'ld', 'll', 'm', 'n', 'nd', 'r', 'rk', 'sh', 'st', 't', 'x'];

/** A name or a thing that no dictionary has, the first ones much more often than others (Zipf), as words of a language are. */
function thing(random: Random): string {
  const word = createRandom(`thing ${Math.floor(THINGS ** random.uniform())}`);
  const syllable = () => `${word.pick(beginnings)}${word.pick(middles)}`;
  return `${syllable()}${word.chance(0.6) ? syllable() : ''}${word.pick(ends)}`;
}

const openings: Words = [
  ...(['', '', '', '', '', 'did you hear that'] as const),
  ...['I am sure that', 'they say', 'he told me', 'listen,', 'well,'],
];

import { seededRandom } from './seeded-random.ts';
import type { ClipSpec } from './spec.ts';
import { silently, speak, type Utterance } from './speech.ts';
import type { Cue } from './truth.ts';

const LEAD_SECONDS = 1.2;
const TAIL_SECONDS = 2;

export interface SpokenCue extends Cue {
  readonly pcm: Buffer;
}

/**
 * Places a clip's lines in time, as a dub follows its original: all languages share the moments but
 * start up to 0.3 s apart. Pauses are irregular, every eighth or so is a long one. Ends before the
 * first line that does not fit.
 */
export async function layOutLines(
  { name, seconds, lines, voice }: Pick<ClipSpec, 'name' | 'seconds' | 'lines' | 'voice'>,
  languages: readonly string[],
): Promise<Map<string, SpokenCue[]>> {
  const random = seededRandom(name);
  const cues = new Map<string, SpokenCue[]>(languages.map((lang) => [lang, []]));
  let at = LEAD_SECONDS;
  for (const line of lines) {
    const placed = await Promise.all(
      languages.map(async (lang, i) => {
        const start = at + (i === 0 ? 0 : random() * 0.3);
        const text = line[lang] ?? '';
        const said: Utterance = voice === 'tone' ? silently(text) : await speak(text, lang);
        return { lang, cue: { start, end: start + said.seconds, text, pcm: said.pcm } };
      }),
    );
    const end = Math.max(...placed.map(({ cue }) => cue.end));
    if (end + TAIL_SECONDS > seconds) break;
    for (const { lang, cue } of placed) cues.get(lang)?.push(cue);
    at = end + (random() < 0.12 ? 2 + random() * 2 : 0.35 + random());
  }
  return cues;
}

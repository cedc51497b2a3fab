import { decideDisc } from '../../../service/match/decide/decide-disc.ts';
import type { DecideInput, DiscTitle } from '../../../service/match/decide/decide-input.ts';
import type { TitleDecision } from '../../../service/match/decide/title-decision.ts';
import { agreement } from '../../../service/match/evidence/align/agreement.ts';
import { type Aligner, createAligner } from '../../../service/match/evidence/align/aligner.ts';
import type { TitleReading } from '../../../service/match/evidence/align/title-vector.ts';
import { rejectCopies } from '../../../service/match/references/check/reject-copies.ts';
import type { Reference } from '../../../service/match/references/reference.ts';
import { disturb } from '../../match-lab/disturb.ts';
import { type DrawnTitle, drawDiscs } from '../../match-lab/draw-discs.ts';
import { type DrawnReference, drawReferences } from '../../match-lab/draw-references.ts';
import { drawSeason } from '../../match-lab/episode.ts';
import { createRandom, type Random } from '../../match-lab/random.ts';
import { drawVoice } from '../../match-lab/voice.ts';
import { BAD_REFERENCES, type Setting } from './settings.ts';

export interface JudgedTitle {
  readonly title: DrawnTitle;
  readonly decision: TitleDecision;
  /** Every episode of it has a reference that is good. */
  readonly isReferenced: boolean;
}

const EPISODES = 24;
/** Half-hour and hour programmes, seconds. */
const RUNTIMES = [1320, 2580] as const;
/** What the product does with titles so much longer or shorter than an episode. */
const SEVERAL = 1.5;
const PART = 0.6;
const LEAST_INSIDE_Z = 8;
const SHORTEST_EXTRA_SECONDS = 600;
const { signal } = new AbortController();

/** Draws a season with its discs and files, measures every title against every file, and decides disc by disc. */
export async function measureSeason(seed: string, setting: Setting): Promise<JudgedTitle[]> {
  const random = createRandom(seed);
  const runtime = random.pick(RUNTIMES);
  const episodes = drawSeason(random, { episodes: EPISODES, runtime });
  const files = { perEpisode: setting.perEpisode, bad: BAD_REFERENCES };
  const drawn = drawReferences(random, episodes, files);
  const references = trusted(drawn);
  const aligner = createAligner(references);
  const judged: JudgedTitle[] = [];
  try {
    for (const [number, titles] of drawDiscs(random, episodes).entries()) {
      const input: DecideInput = {
        titles: [],
        candidates: episodes.map(({ duration }, index) => ({
          ...{ season: 1, episode: index + 1, name: null },
          runtime: 60 * Math.round(duration / 60),
        })),
        references: references.map(({ id, episodes: [episode = 1], cues }) => {
          return { id, episodes: [episode - 1], ends: cues.at(-1)?.end ?? null };
        }),
        group: { disc: number + 1, others: [] },
      };
      const measured: DiscTitle[] = [];
      for (const title of titles)
        measured.push(await measureTitle(random, title, { aligner, references, setting, runtime }));
      const { titles: decisions } = decideDisc({ ...input, titles: measured });
      for (const [index, title] of titles.entries()) {
        const decision = decisions[index];
        if (decision) judged.push({ title, decision, isReferenced: isReferenced(title, drawn) });
      }
    }
  } finally {
    await aligner.close();
  }
  return judged;
}

/** Files as the product takes them: none of two episodes that have one text. */
function trusted(drawn: readonly DrawnReference[]): Reference[] {
  const references = drawn.map(({ label, cues }, index): Reference => {
    return {
      ...{ id: `file ${index}`, season: 1, episodes: [label + 1], name: null, language: 'en' },
      ...{ source: 'folder', origin: `file ${index}`, cues },
    };
  });
  return rejectCopies(references).fit;
}

function isReferenced({ episodes }: DrawnTitle, drawn: readonly DrawnReference[]): boolean {
  return episodes.every((episode) =>
    drawn.some(({ label, isGood }) => isGood && label === episode),
  );
}

interface Sources {
  aligner: Aligner;
  references: readonly Reference[];
  setting: Setting;
  runtime: number;
}

async function measureTitle(
  random: Random,
  { id, duration, role, members, lines }: DrawnTitle,
  { aligner, references, setting, runtime }: Sources,
): Promise<DiscTitle> {
  const facts = { id, number: Number(id.slice(1)), duration, role, members, described: null };
  const isShortExtra = role === 'extra' && duration < SHORTEST_EXTRA_SECONDS;
  if (members.length > 0 || isShortExtra) return { ...facts, readings: [] };
  const reading = readTitle(random, { lines, duration }, setting);
  const alignments =
    reading.kind === 'starts'
      ? await aligner.subtitleTimes(reading.starts, { signal })
      : await aligner.voice(reading.features, { signal });
  const by = reading.kind === 'starts' ? 'subtitle-times' : 'voice';
  const agreements =
    reading.kind === 'starts'
      ? alignments.map((alignment, index) =>
          agreement(reading.starts, references[index]?.cues ?? [], alignment),
        )
      : [];
  const scores = alignments.map(({ z }) => z);
  const readings = [
    { signal: by, scores, alignments, ...(agreements.length > 0 && { agreements }) },
  ] as const;
  const isOther = duration >= SEVERAL * runtime || duration <= PART * runtime;
  if (!isOther) return { ...facts, readings };
  const found = await aligner.inside(reading, { signal });
  const inside = [...found.entries()]
    .filter(([, { z }]) => z >= LEAST_INSIDE_Z)
    .map(([reference, { z, parts: _, ...span }]) => {
      return { signal: by, reference, z, ...span } as const;
    });
  return { ...facts, readings, inside };
}

/** Subtitles of the disc lack a line at times; the picture's clock rounds their starts. */
function readTitle(
  random: Random,
  title: Pick<DrawnTitle, 'lines' | 'duration'>,
  { wrongVoice }: Setting,
): TitleReading {
  if (wrongVoice !== null)
    return { kind: 'voice', features: drawVoice(random, title, wrongVoice), from: 0 };
  const shown = disturb(random, title.lines, { jitter: 0.02, missing: 0.02, merged: 0.02 });
  return { kind: 'starts', starts: shown.map(({ start }) => start) };
}

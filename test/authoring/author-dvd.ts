import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PlacedClip, placeClips } from './cell-layout.ts';
import { type MadeClip, makeClip } from './clip.ts';
import { splitVobFile, writeImage } from './disc-image.ts';
import { type MadeTitleSet, runDvdauthor } from './dvdauthor.ts';
import type { ClipFormat } from './program-stream.ts';
import { addSharedTitle } from './shared-titles.ts';
import type { ClipSpec, DiscSpec, SharedTitleSpec, TitleSetSpec } from './spec.ts';
import { describeTitle } from './title-truth.ts';
import type { DiscTruth, TitleTruth } from './truth.ts';

export interface AuthoredDisc {
  /** `<folder>/<label>.iso`. */
  readonly image: string;
  /** `<folder>/<label>`, which holds VIDEO_TS. */
  readonly folder: string;
  readonly truth: DiscTruth;
}

/** Encoders running at once. */
const ENCODERS = 2;

async function makeClips(
  jobs: readonly { spec: ClipSpec; format: ClipFormat }[],
  folder: string,
): Promise<Map<string, MadeClip>> {
  const made = new Map<string, MadeClip>();
  const waiting = jobs.values();
  const encoder = async () => {
    for (const { spec, format } of waiting)
      made.set(spec.name, await makeClip(spec, format, folder));
  };
  await Promise.all(Array.from({ length: ENCODERS }, encoder));
  return made;
}

async function makeTitleSets(spec: DiscSpec, scratch: string): Promise<MadeTitleSet[]> {
  const jobs = new Map<string, { spec: ClipSpec; format: ClipFormat }>();
  for (const set of spec.titleSets)
    for (const clip of set.titles.flatMap(({ clips }) => clips))
      jobs.set(clip.name, { spec: clip, format: { ...set, standard: spec.standard } });
  const made = await makeClips([...jobs.values()], scratch);
  return spec.titleSets.map((set) => ({
    spec: set,
    titles: set.titles.map(({ clips }) => clips.flatMap(({ name }) => made.get(name) ?? [])),
  }));
}

function sharedClips(shared: SharedTitleSpec, titles: readonly PlacedClip[][]): PlacedClip[] {
  return shared.parts.flatMap(({ title, clip }) => {
    const clips = titles[title - 1] ?? [];
    return clip === undefined ? clips : clips.slice(clip, clip + 1);
  });
}

function ownTitles(set: TitleSetSpec, titles: readonly PlacedClip[][], titleSet: number) {
  return set.titles.map(({ kind, name }, i) =>
    describeTitle({ titleSet, spec: set, kind, name, clips: titles[i] ?? [], shared: false }),
  );
}

async function shareCells(
  spec: DiscSpec,
  placed: readonly PlacedClip[][][],
  videoTs: string,
): Promise<TitleTruth[]> {
  const titles = spec.titleSets.flatMap((set, i) => ownTitles(set, placed[i] ?? [], i + 1));
  for (const shared of spec.shared ?? []) {
    const { titleSet, kind, name, at } = shared;
    const set = spec.titleSets[titleSet - 1];
    if (!set) throw new Error(`"${name}" is of title set ${titleSet}, which does not exist`);
    const clips = sharedClips(shared, placed[titleSet - 1] ?? []);
    await addSharedTitle(videoTs, { titleSet, cells: clips.flatMap(({ cells }) => cells), at });
    const truth = describeTitle({ titleSet, spec: set, kind, name, clips, shared: true });
    titles.splice(at === undefined ? titles.length : at - 1, 0, truth);
  }
  return titles.map((title, i) => ({ number: i + 1, ...title }));
}

/**
 * Authors a real DVD-Video: `<folder>/<label>.iso`, `<folder>/<label>/VIDEO_TS` and
 * `<folder>/truth.json`. Needs the packages of `missingAuthoringPackages`; throws the error of
 * the program that failed. Takes seconds for a few minutes of running time.
 */
export async function authorDvd(
  spec: DiscSpec,
  { folder }: { folder: string },
): Promise<AuthoredDisc> {
  const { label, standard } = spec;
  const disc = join(folder, label);
  const videoTs = join(disc, 'VIDEO_TS');
  const scratch = join(folder, 'scratch');
  await mkdir(scratch, { recursive: true });
  const titleSets = await makeTitleSets(spec, scratch);
  await runDvdauthor(titleSets, { standard, folder: disc, scratch });
  const placed = titleSets.map(({ titles }, i) =>
    placeClips(titles, { titleSet: i + 1, standard }),
  );
  const titles = await shareCells(spec, placed, videoTs);
  for (const [i, { vobFileBytes }] of spec.titleSets.entries())
    if (vobFileBytes) await splitVobFile(videoTs, { titleSet: i + 1, bytes: vobFileBytes });
  const image = join(folder, `${label}.iso`);
  await writeImage(disc, image, label);
  const truth = { label, standard, titles };
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  await rm(scratch, { recursive: true });
  return { image, folder: disc, truth };
}

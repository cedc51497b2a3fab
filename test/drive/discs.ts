import { join } from 'node:path';
import { openByteSource } from '../../service/scan/medium/byte-source.ts';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import { readUdf } from '../../service/scan/medium/udf.ts';
import { scanDisc } from '../../service/scan/scan-disc.ts';
import { authoredFrom } from '../authoring/authored-disc.ts';
import { padImage } from '../authoring/disc-faults.ts';
import type { DiscSpec } from '../authoring/spec.ts';

/** QEMU takes a smaller medium for a CD. */
const DVD_BYTES = 760 * 1024 * 1024;
/** A drive reads in sectors of 2048 bytes, QEMU counts in 512. */
const SECTOR_BYTES = 2048;
const QEMU_SECTOR_BYTES = 512;

export interface TestDisc {
  readonly label: string;
  /** An image of a DVD's size, most of it a hole. */
  readonly image: string;
}

/**
 * Small series, so that emulated drives and an emulated processor have little to do; the seconds of their
 * episodes make each another disc. Extras and unknown titles below a minute would not be ripped.
 */
const SERIES = {
  morning: ['MORNING_SHOW_S1_D1', [64, 66, 65]],
  noon: ['NOON_SHOW_S1_D1', [67, 65, 66]],
  evening: ['EVENING_SHOW_S1_D1', [66, 64, 67]],
  night: ['NIGHT_SHOW_S1_D1', [65, 67, 64]],
  spring: ['SPRING_SHOW_S1_D1', [66, 65]],
  summer: ['SUMMER_SHOW_S1_D1', [65, 66]],
  autumn: ['AUTUMN_SHOW_S1_D1', [67, 64]],
  winter: ['WINTER_SHOW_S1_D1', [64, 65]],
} as const satisfies Record<string, readonly [label: string, seconds: readonly number[]]>;
export type DiscName = keyof typeof SERIES;

/** Authors what is not in the cache yet, some seconds each, and lays images of the right size into the folder. */
export async function makeDiscs(folder: string): Promise<Record<DiscName, TestDisc>> {
  const make = (name: DiscName) => makeDisc(name, folder);
  // One after the other: each is encoded on all processors.
  const discs = { morning: await make('morning'), noon: await make('noon') };
  const dark = { evening: await make('evening'), night: await make('night') };
  const warm = { spring: await make('spring'), summer: await make('summer') };
  const cold = { autumn: await make('autumn'), winter: await make('winter') };
  return { ...discs, ...dark, ...warm, ...cold };
}

async function makeDisc(name: DiscName, folder: string): Promise<TestDisc> {
  const [label, seconds] = SERIES[name];
  const { image } = await authoredFrom(`drive-${name}`, series(label, seconds));
  const output = join(folder, `${label}.iso`);
  await padImage({ image, output }, DVD_BYTES);
  return { label, image: output };
}

function series(label: string, seconds: readonly number[]): DiscSpec {
  const titles = seconds.map((length, index) => {
    const name = `${label} ${index + 1}`;
    const clip = { name, seconds: length, chapters: [0, 30], card: [name], lines: [{ en: name }] };
    return {
      kind: 'episode' as const,
      name,
      clips: [{ ...clip, voice: 'tone' as const }],
    };
  });
  const audio = [{ lang: 'en', channels: 1, kbps: 64 }];
  const format = {
    audio,
    subtitles: ['en'],
    size: [352, 240],
    aspect: '4:3',
    videoKbps: 100,
  } as const;
  return { label, standard: 'ntsc', titleSets: [{ ...format, titles }] };
}

/** Sectors in the middle of a title, as QEMU counts them: a scratch. */
export async function scratchIn({ image }: TestDisc, title: number): Promise<number[]> {
  const medium = await openMedium(image);
  const source = await openByteSource(image);
  try {
    const scan = await scanDisc(medium);
    if (scan.structure !== 'ifo') throw new Error(`${image} is no DVD`);
    const cell = scan.titles.find(({ number }) => number === title)?.cells[0];
    const tree = await readUdf(source);
    const vob = tree?.files.find(({ path }) => path === 'VIDEO_TS/VTS_01_1.VOB')?.extents[0];
    if (!cell || !vob) throw new Error(`${image} has no title ${title}`);
    const middle = Math.floor((cell.firstSector + cell.lastSector) / 2);
    return [(vob.position + middle * SECTOR_BYTES) / QEMU_SECTOR_BYTES];
  } finally {
    await source.close();
    await medium.close();
  }
}

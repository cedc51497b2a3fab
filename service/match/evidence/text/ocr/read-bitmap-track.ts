import type { Cue } from '../../../references/reference.ts';
import { type MediaTools, type Place, readPackets } from '../read-packets.ts';
import type { ShownBitmap } from './bitmap.ts';
import { decodePgs } from './decode-pgs.ts';
import { decodeVobsub } from './decode-vobsub.ts';
import { pageOf } from './page.ts';
import { installedPacks, readPages, type Tesseract } from './tesseract.ts';
import { packFor } from './tesseract-languages.ts';

interface BitmapTrack {
  readonly file: string;
  /** Number of the stream in the file, from 0. */
  readonly stream: number;
  /** As the disc says it; null or "und" when it does not. */
  readonly language: string | null;
  readonly places: readonly Place[];
}

/** Enough for the window scorer, and three or four seconds of reading. */
const MOST_CUES = 40;
const USUAL_SECONDS = 3;
/** The letters of a DVD have half the height that is read best. */
const VOBSUB_SCALE = 2;

/**
 * What the pictures of a PGS or VobSub track say, at a few places. Null when there is no way to read this language:
 * no pack for it is installed. Throws what `RunTool` throws.
 */
export async function readBitmapTrack(
  tools: MediaTools & Tesseract,
  { file, stream, language, places }: BitmapTrack,
  limit = MOST_CUES,
): Promise<Cue[] | null> {
  const pack = packFor(language, await installedPacks(tools));
  if (pack === null) return null;
  const found: (ShownBitmap & { page: Buffer })[] = [];
  for (const [index, place] of places.entries()) {
    const track = await readPackets(tools, { file, stream, place });
    const scale = track.codec === 'S_VOBSUB' ? VOBSUB_SCALE : 1;
    const shown = track.codec === 'S_VOBSUB' ? decodeVobsub(track) : decodePgs(track);
    const share = Math.ceil((limit - found.length) / (places.length - index));
    const pages = shown.flatMap((one) => {
      const page = pageOf(one.bitmap, scale);
      return page === null ? [] : [{ ...one, page }];
    });
    found.push(...pages.slice(0, share));
  }
  const texts = await readPages(
    tools,
    found.map(({ page }) => page),
    pack,
  );
  return found.flatMap(({ start, end }, index) => {
    const text = texts[index] ?? '';
    return text === '' ? [] : [{ start, end: end ?? start + USUAL_SECONDS, text }];
  });
}

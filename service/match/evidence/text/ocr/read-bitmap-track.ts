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
/** Of a place; most hold words. */
const MOST_DRAWN = 200;
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
  const found: ReadablePage[] = [];
  for (const [index, place] of places.entries()) {
    const track = await readPackets(tools, { file, stream, place });
    const scale = track.codec === 'S_VOBSUB' ? VOBSUB_SCALE : 1;
    const shown = track.codec === 'S_VOBSUB' ? decodeVobsub(track) : decodePgs(track);
    const share = Math.ceil((limit - found.length) / (places.length - index));
    found.push(...firstPages(shown, { scale, share }));
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

type ReadablePage = Omit<ShownBitmap, 'bitmap'> & { page: Buffer };

/** No more pictures are drawn than are read: a few bytes of a damaged file may stand for a big one. */
function firstPages(
  shown: Iterable<ShownBitmap>,
  { scale, share }: { scale: number; share: number },
): ReadablePage[] {
  const pages: ReadablePage[] = [];
  let left = MOST_DRAWN;
  for (const { start, end, bitmap } of shown) {
    if (pages.length >= share || left-- === 0) break;
    const page = pageOf(bitmap, scale);
    if (page !== null) pages.push({ start, end, page });
  }
  return pages;
}

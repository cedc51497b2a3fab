import { DiscflowError } from '../../errors.ts';
import { SECTOR_BYTES } from '../../scan/medium/medium.ts';
import type { DvdTitle } from '../../scan/record.ts';
import { parseNavPack } from './nav-pack.ts';
import {
  isAudio,
  isScrambled,
  isSubpicture,
  isVideo,
  NAV_STREAM,
  NOT_A_PACK,
  presentationTime,
  streamOf,
} from './pack.ts';
import { type SubtitleFile, SubtitleFiles } from './subtitle-files.ts';
import { createTitleClock, type TitleClock } from './title-clock.ts';

const FRAME_SECONDS = { pal: 1 / 25, ntsc: 1001 / 30_000 } as const;

/**
 * Looks at every pack of a title on its way to staging: what is in it, when it plays, and its
 * subtitles.
 */
export class StreamSplitter {
  /** Of the title, taken so far. */
  bytes = 0;
  /** Audio and video streams, with the position of their first pack in the title. */
  readonly streams = new Map<number, number>();
  readonly #title: DvdTitle;
  readonly #clock: TitleClock;
  readonly #subtitles: SubtitleFiles;
  /** Seconds by which sound begins before the first picture. */
  #lead = 0;

  constructor(title: DvdTitle, prefix: string) {
    this.#title = title;
    this.#clock = createTitleClock(title.standard);
    this.#subtitles = new SubtitleFiles(prefix);
  }

  /** Seconds of the title taken so far. */
  elapsed(): number {
    return this.#clock.elapsed();
  }

  /**
   * Takes whole packs; the block's bytes are needed until the next flush. Throws `encrypted` and
   * `read-error`.
   */
  take(block: Buffer): void {
    for (let pack = 0; pack < block.length; pack += SECTOR_BYTES) {
      this.#takePack(block, pack);
      this.bytes += SECTOR_BYTES;
    }
  }

  flush(): Promise<void> {
    return this.#subtitles.flush();
  }

  /**
   * Writes the subtitle indexes. `shift` is how far the MKV's clock is ahead: a muxer starts it
   * with the earliest stream, which is not the picture when a title begins in the middle of a VOB.
   * Below a frame the disc's own times are kept.
   */
  async finish(): Promise<{ shift: number; subtitles: SubtitleFile[] }> {
    const shift = this.#lead < FRAME_SECONDS[this.#title.standard] ? 0 : this.#lead;
    return { shift, subtitles: await this.#subtitles.finish(this.#title, shift) };
  }

  close(): Promise<void> {
    return this.#subtitles.close();
  }

  #takePack(block: Buffer, pack: number): void {
    const stream = streamOf(block, pack);
    if (stream === NOT_A_PACK) throw noPack(this.#title.number, this.bytes);
    if (stream === NAV_STREAM) {
      const nav = parseNavPack(block, pack);
      if (nav) this.#clock.nav(nav);
      return;
    }
    const playable = isVideo(stream) || isAudio(stream);
    if (!playable && !isSubpicture(stream)) return;
    if (isScrambled(block, pack)) throw encrypted(this.#title.number);
    if (playable) this.#meet(stream, block, pack);
    else this.#takeSubpicture(stream, block, pack);
  }

  #meet(stream: number, block: Buffer, pack: number): void {
    if (this.streams.has(stream)) return;
    this.streams.set(stream, this.bytes);
    const time = presentationTime(block, pack);
    if (time !== null) this.#lead = Math.max(this.#lead, -this.#clock.at(time));
  }

  #takeSubpicture(stream: number, block: Buffer, pack: number): void {
    const time = presentationTime(block, pack);
    const seconds = time === null ? null : this.#clock.at(time);
    this.#subtitles.take(stream, block.subarray(pack, pack + SECTOR_BYTES), seconds);
  }
}

function encrypted(title: number): DiscflowError {
  return new DiscflowError('encrypted', `Title ${title} is scrambled (CSS)`, {
    hint: 'This disc is copy-protected; reading it needs MakeMKV.',
  });
}

function noPack(title: number, position: number): DiscflowError {
  return new DiscflowError(
    'read-error',
    `Title ${title} has no video data at ${position} bytes: damaged or scrambled`,
    { hint: 'Clean the disc or try another drive; an image may have to be copied again.' },
  );
}

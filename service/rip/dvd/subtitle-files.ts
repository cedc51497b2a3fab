import { type FileHandle, open, writeFile } from 'node:fs/promises';
import type { DvdTitle } from '../../scan/record.ts';
import { type Cue, vobsubIndex } from './vobsub-index.ts';

/** A subtitle track on its way into the MKV: an .idx file with its .sub beside it. */
export interface SubtitleFile {
  readonly streamId: number;
  readonly idx: string;
  readonly sub: string;
  readonly cues: number;
}

interface Stream {
  readonly name: string;
  readonly cues: Cue[];
  readonly packs: Buffer[];
  bytes: number;
  file: FileHandle | null;
}

/**
 * Splits subpicture packs off a title, one .sub file each substream, and indexes them at the end.
 */
export class SubtitleFiles {
  readonly #prefix: string;
  readonly #streams = new Map<number, Stream>();

  /** @param prefix path of the files without ".<substream>.sub" */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /**
   * Takes a pack; its bytes are needed until the next {@link flush}. A pack without a time
   * continues a cue.
   */
  take(streamId: number, pack: Buffer, seconds: number | null): void {
    const stream = this.#streams.get(streamId) ?? this.#begin(streamId);
    if (seconds !== null) stream.cues.push({ seconds, position: stream.bytes });
    stream.packs.push(pack);
    stream.bytes += pack.length;
  }

  async flush(): Promise<void> {
    for (const stream of this.#streams.values()) {
      if (stream.packs.length === 0) continue;
      stream.file ??= await open(`${stream.name}.sub`, 'w');
      for (const pack of stream.packs.splice(0)) await stream.file.appendFile(pack);
    }
  }

  /** Writes the indexes. @param shift seconds by which the MKV's clock is ahead of the title's */
  async finish(title: DvdTitle, shift: number): Promise<SubtitleFile[]> {
    const files: SubtitleFile[] = [];
    for (const [streamId, { name, cues }] of [...this.#streams].sort(([a], [b]) => a - b)) {
      if (cues.length === 0) continue;
      const language = title.subtitles.find((track) => track.streamId === streamId)?.language;
      const shifted = cues.map((cue) => ({ ...cue, seconds: cue.seconds + shift }));
      const index = vobsubIndex({ title, streamId, language: language ?? 'und', cues: shifted });
      await writeFile(`${name}.idx`, index);
      files.push({ streamId, idx: `${name}.idx`, sub: `${name}.sub`, cues: cues.length });
    }
    return files;
  }

  async close(): Promise<void> {
    for (const { file } of this.#streams.values()) await file?.close();
  }

  #begin(streamId: number): Stream {
    const name = `${this.#prefix}.${streamId.toString(16)}`;
    const stream: Stream = { name, cues: [], packs: [], bytes: 0, file: null };
    this.#streams.set(streamId, stream);
    return stream;
  }
}

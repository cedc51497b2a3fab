import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlurayBackend } from '../../service/rip/bluray/bluray-backend.ts';
import { createDvdBackend } from '../../service/rip/dvd/dvd-backend.ts';
import { findMuxer } from '../../service/rip/dvd/find-muxer.ts';
import type { WantedTitle } from '../../service/rip/wanted-title.ts';
import type { Medium } from '../../service/scan/medium/medium.ts';
import type { DiscScan, ScannedTitle } from '../../service/scan/record.ts';
import { createToolFinder } from '../../service/tools/find.ts';
import { createToolRunner } from '../../service/tools/run.ts';
import { selectStreams } from './selection.ts';

interface Making {
  scan: DiscScan;
  medium: Medium;
  title: ScannedTitle;
  settings: ReadonlyMap<string, string>;
}

const run = createToolRunner();

/**
 * The title as a lossless MKV, made by the project's own way of reading unencrypted discs. The file
 * has no name any more: it is gone when it is closed, however this program ends. Throws what
 * reading the disc throws.
 */
export async function makeMkv({ scan, medium, title, settings }: Making): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'makemkv-standin-'));
  try {
    const wanted = { id: 't01', title: withSelected(title, settings), file: join(folder, 't.mkv') };
    await readTitle(scan, medium, wanted, folder);
    return await open(wanted.file, 'r');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTitle(
  scan: DiscScan,
  medium: Medium,
  wanted: WantedTitle,
  workFolder: string,
): Promise<void> {
  const failures: unknown[] = [];
  const backend = await backendFor(scan, medium, wanted, workFolder);
  await backend.run([wanted], {
    started: async () => undefined,
    ripped: async () => undefined,
    failed: async (_, error) => void failures.push(error),
    returned: async () => void failures.push(new Error('the disk is full')),
    read: () => undefined,
  });
  if (failures.length > 0) throw failures[0];
}

async function backendFor(
  scan: DiscScan,
  medium: Medium,
  { title }: WantedTitle,
  workFolder: string,
) {
  const signal = new AbortController().signal;
  const tools = { run, find: createToolFinder({ run }).find };
  const tracks = {
    audio: title.audio.map(({ language }) => language),
    subtitles: title.subtitles.map(({ language }) => language),
  };
  switch (scan.structure) {
    case 'mpls':
      return createBlurayBackend({ scan, medium, tools, tracks, workFolder, signal });
    case 'ifo':
      return createDvdBackend({
        scan: { ...scan, titles: scan.titles.filter(({ number }) => number === title.number) },
        muxer: await findMuxer(tools),
        ...{ medium, tracks, workFolder, signal },
      });
    case 'makemkv':
      throw new Error('the stand-in reads the structure by itself');
  }
}

/** The title without the tracks that the settings leave out. */
function withSelected(title: ScannedTitle, settings: ReadonlyMap<string, string>): ScannedTitle {
  const kept = selectStreams(title, settings);
  return Object.assign(structuredClone(title), {
    audio: kept.flatMap((stream) => (stream.type === 'audio' ? [stream.track] : [])),
    subtitles: kept.flatMap((stream) => (stream.type === 'subtitle' ? [stream.track] : [])),
  });
}

import { join } from 'node:path';
import { DiscflowError } from '../errors.ts';
import type { MakeMkv } from '../makemkv/makemkv.ts';
import type { DiscReaders } from '../scan/read-structure.ts';
import type { DiscScan, ScannedTitle } from '../scan/record.ts';
import type { RipBackend } from './backend.ts';
import { MARGIN_BYTES } from './staging-full.ts';
import type { TitleReports, WantedTitle } from './wanted-title.ts';

interface Options {
  readonly scan: DiscScan;
  readonly makemkv: Pick<MakeMkv, 'backUp'>;
  readonly readers: Pick<DiscReaders, 'openMedium' | 'scanDisc'>;
  /** Rips a disc that is not encrypted. */
  readonly ripOpen: (read: {
    scan: DiscScan;
    medium: Awaited<ReturnType<DiscReaders['openMedium']>>;
  }) => Promise<RipBackend>;
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

/**
 * Lets MakeMKV copy the whole disc, then rips the copy as an open disc: for discs whose playlists MakeMKV does not
 * take for titles.
 */
export function createBackupBackend(options: Options): RipBackend {
  const { scan, makemkv, readers, ripOpen, workFolder, signal } = options;
  const folder = join(workFolder, 'backup');
  return {
    stagingPeak: (wanted) =>
      scan.bytes + 2 * wanted.reduce((sum, { title }) => sum + title.bytes, 0) + MARGIN_BYTES,
    async run(wanted, reports) {
      const onShare = shareOut(wanted, reports);
      const { damaged } = await makemkv.backUp({ source: scan.source, folder, signal, onShare });
      const medium = await readers.openMedium(folder, { signal });
      try {
        const copy = await readers.scanDisc(medium, { signal });
        const whole: WantedTitle[] = [];
        for (const one of wanted) {
          const title = copy.titles.find(({ number }) => number === one.title.number);
          const lost = title ? filesOf(title).filter((file) => isIn(file, damaged)) : ['*'];
          if (title && lost.length === 0) whole.push({ ...one, title });
          else {
            await reports.started(one);
            await reports.failed(one, incomplete(one, lost));
          }
        }
        const backend = await ripOpen({ scan: copy, medium });
        // The copy is read at once; what takes time, and was told of, was reading the disc.
        return await backend.run(whole, { ...reports, read: () => undefined });
      } finally {
        await medium.close();
      }
    },
  };
}

/** Tells of the copying as if the wanted titles were read one after the other. */
function shareOut(wanted: readonly WantedTitle[], reports: TitleReports): (share: number) => void {
  const total = wanted.reduce((sum, { title }) => sum + title.bytes, 0);
  let told = 0;
  return (share) => {
    const reached = Math.floor(share * total);
    let start = 0;
    for (const one of wanted) {
      const end = start + one.title.bytes;
      const bytes = Math.min(reached, end) - Math.max(told, start);
      if (bytes > 0) reports.read(one, bytes);
      start = end;
    }
    told = Math.max(told, reached);
  };
}

function filesOf(title: ScannedTitle): string[] {
  if ('items' in title)
    return title.items.flatMap(({ clip, angles }) =>
      [clip, ...angles].map((each) => `${each}.M2TS`),
    );
  return 'titleSet' in title ? [`VTS_${String(title.titleSet).padStart(2, '0')}_`] : [];
}

function isIn(file: string, damaged: ReadonlySet<string>): boolean {
  return damaged.has('*') || [...damaged].some((name) => name.includes(file));
}

function incomplete({ title }: WantedTitle, files: readonly string[]): DiscflowError {
  const where = files[0] === '*' ? 'its copy is not whole' : `${files[0]} is damaged`;
  return new DiscflowError('read-error', `Title ${title.number} was not ripped: ${where}`, {
    hint: 'Clean the disc and put it in again, in this or another drive: only what is damaged is read then.',
  });
}

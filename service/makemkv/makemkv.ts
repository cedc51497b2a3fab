import type { Logger } from 'pino';
import type { TrackChoice } from '../contract/job.ts';
import { DiscflowError } from '../errors.ts';
import type { WantedTitle } from '../rip/wanted-title.ts';
import type { OtherScanner } from '../scan/read-structure.ts';
import type { DiscScan } from '../scan/record.ts';
import { type ToolKind, toolCatalog } from '../tools/catalog.ts';
import type { ToolFinder } from '../tools/find.ts';
import type { RunTool } from '../tools/run.ts';
import { type BackedUp, backUpDisc } from './back-up-disc.ts';
import type { DriveBus } from './drive-bus.ts';
import { joinTitles } from './join-titles.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type ListedDisc, listDisc } from './list-disc.ts';
import { listedScan } from './listed-scan.ts';
import { createMakeMkvBackend, type MakeMkvBackend } from './makemkv-backend.ts';
import type { MakeMkvProgram } from './makemkvcon.ts';
import { probeMakeMkv } from './probe.ts';
import type { RunLog } from './run-log.ts';
import { sourceOf } from './source.ts';

/** What the service does with MakeMKV. */
export interface MakeMkv extends OtherScanner {
  /** Lets it look at the disc, then tells how it rips the wanted titles. Throws what `listDisc` throws, and `tool-missing`. */
  backend(options: BackendOptions): Promise<MakeMkvBackend>;
  /** What it says of itself. Null when it is not there. Throws what `probeMakeMkv` throws. */
  probe(options: { signal: AbortSignal }): Promise<RunLog | null>;
  /** Copies a disc in a drive, decrypted, into a folder. Throws what `backUpDisc` throws, and `tool-missing`. */
  backUp(options: BackUpOptions): Promise<BackedUp>;
  /** How discs are to be read that can be read in both ways. */
  readonly mode: 'mkv' | 'backup';
}

interface BackendOptions {
  readonly scan: DiscScan;
  readonly wanted: readonly WantedTitle[];
  readonly tracks: TrackChoice | undefined;
  /** Told when nothing is read any more, long before it is given up, and when it goes on. */
  readonly onQuiet?: (isQuiet: boolean) => void;
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

interface BackUpOptions {
  /** Path of the drive. */
  readonly source: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
}

export interface MakeMkvOptions {
  readonly find: ToolFinder['find'];
  /** Not `find`: asking MakeMKV for its version may take longer than that waits. */
  readonly locate: ToolFinder['locate'];
  readonly run: RunTool;
  /** Of MakeMKV alone; its key is there. */
  readonly home: string;
  readonly enabled: boolean;
  /** Seconds; of discs that only MakeMKV can read, shorter titles are left out. */
  readonly minLength: number;
  readonly mode: 'mkv' | 'backup';
  readonly bus: DriveBus;
  readonly limits?: Limits;
  /** Told of everything that was said, after each run. */
  readonly onEnd?: (log: RunLog) => void;
  readonly log: Logger;
}

/** A title may be a little shorter by MakeMKV's reckoning than by ours. */
const SURELY_KEPT = 0.9;

/** MakeMKV as the service uses it: with settings, key and downloads of its own. */
export function createMakeMkv(options: MakeMkvOptions): MakeMkv {
  const { find, locate, run, home, enabled, minLength, bus, log } = options;
  /** A disc that only MakeMKV can read needs no second look before it is ripped. */
  const listings = new WeakMap<DiscScan, ListedDisc>();

  const programOf = async (): Promise<MakeMkvProgram> => {
    const path = enabled ? await locate('makemkvcon') : null;
    if (path === null) throw missing(toolCatalog.makemkvcon);
    return {
      path,
      run,
      home,
      limits: options.limits ?? DEFAULT_LIMITS,
      ...(options.onEnd && { onEnd: options.onEnd }),
      onOddities: (oddities) => log.debug({ oddities }, 'MakeMKV said what we do not know'),
    };
  };

  const look = async (path: string, leastSeconds: number, signal: AbortSignal) => {
    const program = await programOf();
    const source = await sourceOf(path);
    const listed = await listDisc(program, { source, minLength: leastSeconds, bus, signal });
    for (const { code, says } of listed.log.notes('note', 'attention'))
      log.info({ code, source: path }, says);
    return { program, source, listed };
  };

  const isUsable = async () => enabled && (await locate('makemkvcon')) !== null;

  return {
    mode: options.mode,
    isUsable,
    async probe({ signal }) {
      return (await isUsable()) ? probeMakeMkv(await programOf(), { bus, signal }) : null;
    },
    async scan(known, { signal }) {
      const { listed } = await look(known.source, minLength, signal);
      const scan = listedScan(listed.listing, known);
      listings.set(scan, listed);
      return scan;
    },
    async backUp({ source, ...rest }) {
      return backUpDisc(await programOf(), { ...rest, device: source, bus });
    },
    async backend({ scan, wanted, tracks, onQuiet, workFolder, signal }) {
      const known = listings.get(scan);
      const least = scan.structure === 'makemkv' ? minLength : shortest(wanted);
      const looked = known
        ? { program: await programOf(), source: await sourceOf(scan.source), listed: known }
        : await look(scan.source, least, signal);
      const isHidden =
        looked.listed.readErrors > 0 && joinTitles(wanted, looked.listed).missing.length > 0;
      const { program, source, listed } = isHidden
        ? await look(scan.source, least, signal)
        : looked;
      return createMakeMkvBackend({
        program,
        source,
        listed,
        find,
        bus,
        scan,
        minLength: least,
        wanted,
        tracks,
        onQuiet,
        workFolder,
        signal,
      });
    },
  };
}

/** MakeMKV leaves out what is too short for us, so that less that nobody wants is read with the rest. */
function shortest(wanted: readonly WantedTitle[]): number {
  const seconds = wanted.map(({ title }) => title.duration);
  return Math.max(0, Math.floor(Math.min(...seconds) * SURELY_KEPT) - 1);
}

function missing({ get }: ToolKind): DiscflowError {
  return new DiscflowError('tool-missing', 'MakeMKV, which reads encrypted discs, is not there', {
    hint: `Install it: ${get}. The rip goes on by itself.`,
  });
}

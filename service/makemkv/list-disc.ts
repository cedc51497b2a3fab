import type { DiscflowError } from '../errors.ts';
import type { DriveBus } from './drive-bus.ts';
import { FoundTitles } from './found-titles.ts';
import { ListingBuilder, type MakeMkvListing } from './listing.ts';
import { type MakeMkvProgram, runMakeMkv } from './makemkvcon.ts';
import { codes } from './messages.ts';
import { hung, type RunLog } from './run-log.ts';
import { prepareSettings } from './settings.ts';
import type { MakeMkvSource } from './source.ts';

interface Options {
  source: MakeMkvSource;
  /** Seconds; shorter titles are left out. The indices depend on it. */
  minLength: number;
  bus: DriveBus;
  signal: AbortSignal;
}

export interface ListedDisc {
  readonly listing: MakeMkvListing;
  readonly log: RunLog;
  /** Read errors while looking: titles may be missing without a word. */
  readonly readErrors: number;
  /** What it said of the titles it found, see `FoundTitles`. */
  readonly found: string;
  /** What opening and looking took, and will take again for every title that is saved by itself. */
  readonly milliseconds: number;
}

/** What MakeMKV finds on a disc. Throws the error of `RunLog.failure`, and `cancelled`. */
export async function listDisc(program: MakeMkvProgram, options: Options): Promise<ListedDisc> {
  const { source, minLength, bus, signal } = options;
  await prepareSettings(program.home);
  return bus.read(
    async () => {
      const builder = new ListingBuilder();
      const found = new FoundTitles();
      const begun = Date.now();
      const end = await runMakeMkv(program, {
        args: ['--noscan', `--minlength=${minLength}`, 'info', source.argument],
        device: source.device,
        signal,
        onRecord: (record) => {
          builder.take(record);
          found.take(record);
        },
      });
      const listing = builder.build();
      if (end.stopped !== null || end.exitCode !== 0 || listing.titles.length === 0)
        throw notListed(end);
      const readErrors = end.log.count(codes.readError);
      return {
        listing,
        log: end.log,
        readErrors,
        found: found.signature(),
        milliseconds: Date.now() - begun,
      };
    },
    { signal },
  );
}

function notListed(end: Awaited<ReturnType<typeof runMakeMkv>>): DiscflowError {
  if (end.stopped !== 'stalled') return end.log.failure('MakeMKV cannot read the disc', end);
  const what = 'MakeMKV did not come to an end with looking at the disc and was stopped';
  return end.log.failure(what, end, hung);
}

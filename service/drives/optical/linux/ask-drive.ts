import { openDeviceSource } from '../../../scan/medium/device-source.ts';
import { SECTOR_BYTES } from '../../../scan/medium/medium.ts';
import type { ToolName } from '../../../tools/catalog.ts';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import { parseProperty, type UdevProperties } from './udev-properties.ts';

/** A cold drive may need 20 s to answer; one that is blocked never does. */
const LIMIT_MS = 20_000;
/** `blkid` ends with 2 when it finds no file system, as on audio and blank discs. */
const NOTHING_FOUND = 2;
/** Both file systems of optical discs begin their descriptors here (ECMA-119, 6.2.1; ECMA-167, 2/8.3.1). */
const FIRST_DESCRIPTOR = 16;

interface Options {
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a drive what is in it, in udev's words, by children with a time limit: `cdrom_id` opens without waiting for
 * a disc, so an open tray stays open. Null when it does not answer.
 */
export async function askDrive(device: string, options: Options): Promise<UdevProperties | null> {
  const answer = await propertiesBy('cdrom_id', [device], options);
  if (answer === 'no-tool') return probe(device, options);
  if (answer === null || !mayHoldFiles(answer)) return answer;
  // Only now: blkid would pull an open tray back in, but a disc was seen, so the tray is closed.
  const files = await propertiesBy('blkid', ['-p', '-o', 'udev', device], options);
  return files instanceof Map ? new Map([...answer, ...files]) : answer;
}

function mayHoldFiles(properties: UdevProperties): boolean {
  const audio = Number(properties.get('ID_CDROM_MEDIA_TRACK_COUNT_AUDIO') ?? 0);
  const data = Number(properties.get('ID_CDROM_MEDIA_TRACK_COUNT_DATA') ?? 0);
  const blank = properties.get('ID_CDROM_MEDIA_STATE') === 'blank';
  return properties.get('ID_CDROM_MEDIA') === '1' && !blank && (audio === 0 || data > 0);
}

async function propertiesBy(
  tool: ToolName,
  args: readonly string[],
  { find, run, signal }: Options,
): Promise<Map<string, string> | 'no-tool' | null> {
  const program = await find(tool);
  if (!program) return 'no-tool';
  const properties = new Map<string, string>();
  const onLine = (line: string) => {
    const [key, value] = parseProperty(line) ?? [];
    if (key !== undefined && value !== undefined) properties.set(key, value);
  };
  try {
    const limits = { timeout: LIMIT_MS, ...(signal && { signal }) };
    await run(program.path, args, { ...limits, onLine, accept: [0, NOTHING_FOUND] });
    return properties;
  } catch {
    return null;
  }
}

/** Without programs: what can be read has a disc under it. Music and blank discs look like none this way. */
async function probe(device: string, options: Options): Promise<UdevProperties | null> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  const properties = new Map<string, string>();
  try {
    const source = await openDeviceSource(device, { signal });
    try {
      const sector = Buffer.alloc(SECTOR_BYTES);
      await source.read(FIRST_DESCRIPTOR * SECTOR_BYTES, sector);
      describe(sector, properties);
    } finally {
      await source.close();
    }
  } catch {
    if (signal.aborted) return null;
  }
  return properties;
}

function describe(sector: Buffer, properties: Map<string, string>): void {
  const standard = sector.toString('latin1', 1, 6);
  properties.set('ID_CDROM_MEDIA', '1').set('ID_CDROM_MEDIA_STATE', 'complete');
  if (standard === 'CD001') {
    properties.set('ID_FS_TYPE', 'iso9660');
    properties.set('ID_FS_LABEL', sector.toString('latin1', 40, 72).trim());
  }
  if (standard === 'BEA01') properties.set('ID_FS_TYPE', 'udf');
}

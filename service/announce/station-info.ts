import type { Config } from '../config/resolve.ts';
import type { StationInfo } from '../contract/station.ts';
import type { Drive } from '../drives/drive.ts';
import { attributions } from '../metadata/attribution.ts';
import type { ToolFinder } from '../tools/find.ts';
import { version } from '../version.ts';

/** What a new client wants to know about the station, once per start. */
export async function stationInfo({
  config,
  drives,
  tools,
}: {
  config: Config;
  drives: readonly Drive[];
  tools: Pick<ToolFinder, 'isThere'>;
}): Promise<StationInfo> {
  const names = ['mkvmerge', 'makemkvcon', 'ffmpeg'] as const;
  const found = await Promise.all(
    names.map(async (name) => ({ name, found: await tools.isThere(name) })),
  );
  return {
    v: 1,
    version,
    station: config.station,
    startedAt: new Date().toISOString(),
    drives: drives.map(({ id, name, kind, location }) => ({ id, name, kind, location })),
    libraries: config.libraries.map(({ id, kind, root, default: isDefault }) => ({
      id,
      kind,
      root,
      default: isDefault,
    })),
    tools: found,
    capabilities: ['dvd', 'image-folder', 'optical', 'flows', 'review'],
    attributions: [...attributions],
  };
}

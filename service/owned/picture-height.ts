import { z } from 'zod';
import type { ToolFinder } from '../tools/find.ts';
import type { RunTool } from '../tools/run.ts';

/** What we read of `mkvmerge -J`: identification format, "pixel_dimensions" is "1920x1080". */
const Identification = z.object({
  tracks: z.array(
    z.object({ properties: z.object({ pixel_dimensions: z.string().optional() }).default({}) }),
  ),
});

const LIMIT_MS = 10_000;

/** The lines of a file's picture, or null when there is no program to tell or it cannot. */
export async function pictureHeight(
  path: string,
  { tools, run }: { tools: Pick<ToolFinder, 'find'>; run: RunTool },
): Promise<number | null> {
  const mkvmerge = await tools.find('mkvmerge');
  if (!mkvmerge) return null;
  const lines: string[] = [];
  try {
    await run(mkvmerge.path, ['-J', path], {
      timeout: LIMIT_MS,
      onLine: (line) => lines.push(line),
    });
    return heightIn(JSON.parse(lines.join('\n')));
  } catch {
    return null;
  }
}

function heightIn(identification: unknown): number | null {
  const { data } = Identification.safeParse(identification);
  const heights = data?.tracks.flatMap(({ properties }) => {
    const height = Number(properties.pixel_dimensions?.split('x')[1]);
    return Number.isInteger(height) ? [height] : [];
  });
  return heights?.[0] ?? null;
}

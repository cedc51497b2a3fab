import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFont } from './authoring-tools.ts';

/**
 * An ffmpeg filter chain that writes the lines and a running clock into the picture. The text comes
 * from files, so that no character of it can mean anything to ffmpeg.
 */
export async function drawCard(
  card: readonly string[],
  { folder, size }: { folder: string; size: readonly [width: number, height: number] },
): Promise<string> {
  const [width, height] = size;
  const font = `fontfile=${await findFont()}`;
  const box = `x=${Math.round(width / 12)}:box=1:boxcolor=black`;
  const texts = await Promise.all(
    card.map(async (text, i) => {
      const file = join(folder, `card-${i}.txt`);
      await writeFile(file, text);
      const y = Math.round(height * (0.1 + i * 0.11));
      const look = `y=${y}:fontsize=${Math.round(height / 13)}:fontcolor=white`;
      return `drawtext=${font}:textfile=${file}:expansion=none:${box}:${look}`;
    }),
  );
  const clock = `text='%{pts\\:gmtime\\:0\\:%T}':y=${Math.round(height * 0.62)}:fontcolor=yellow`;
  return [...texts, `drawtext=${font}:${clock}:fontsize=${Math.round(height / 15)}:${box}`].join();
}

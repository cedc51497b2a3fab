import { systemCode } from '../../errors.ts';
import { titleKey } from '../../identify/title-key.ts';
import { listSubtitles } from './files/list-subtitles.ts';
import { readReferenceName } from './names/reference-name.ts';

/** The shows that the subtitles in a folder name, each as it is spelled first; none for a folder that cannot be read. */
export async function showsIn(
  folder: string,
  { signal }: { signal: AbortSignal },
): Promise<string[]> {
  const shows = new Map<string, string>();
  try {
    for (const { relative } of (await listSubtitles(folder, { signal })).files) {
      const name = readReferenceName(relative);
      const title = (name?.folderShow ?? name?.fileShow)?.title;
      if (title && !shows.has(titleKey(title))) shows.set(titleKey(title), title);
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  return [...shows.values()];
}

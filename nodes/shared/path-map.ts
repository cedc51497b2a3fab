import { z } from 'zod';

/** Where Node-RED finds the service's folders, when the two run on different machines. */
export const PathMap = z
  .array(z.object({ from: z.string().trim().min(1), to: z.string().trim().min(1) }))
  .max(50);
export type PathMap = z.infer<typeof PathMap>;

/** The path as Node-RED sees it; the longest matching folder decides, whole levels only. */
export function mapPath(map: PathMap, path: string): string {
  const [best] = map
    .map(({ from, to }) => ({ from: withoutEnd(from), to: withoutEnd(to) }))
    .filter(({ from }) => path === from || path.startsWith(`${from}${separatorOf(from)}`))
    .sort((a, b) => b.from.length - a.from.length);
  if (best === undefined) return path;
  const rest = path.slice(best.from.length);
  return best.to + rest.replaceAll(separatorOf(best.from), separatorOf(best.to));
}

function withoutEnd(folder: string): string {
  return folder.replace(/[\\/]+$/, '');
}

function separatorOf(folder: string): string {
  return folder.includes('\\') || /^[A-Za-z]:$/.test(folder) ? '\\' : '/';
}

import { DiscflowError } from '../../../../service/errors.ts';
import type { Medium } from '../../../../service/scan/medium/medium.ts';

/** A disc whose files are in memory, by their upper-case paths. */
export function memoryMedium(
  files: ReadonlyMap<string, Buffer>,
  { origin = 'image' }: { origin?: Medium['origin'] } = {},
): Medium {
  return {
    source: 'memory',
    origin,
    label: 'MEMORY',
    files: [...files].map(([path, { length }]) => ({ path, bytes: length })),
    async read(path, position, into) {
      const data = files.get(path);
      if (!data || position + into.length > data.length)
        throw new DiscflowError('read-error', `${path} is shorter`, { hint: 'none' });
      data.copy(into, 0, position);
    },
    close: async () => undefined,
  };
}

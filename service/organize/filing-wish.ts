import type { JobSet } from '../contract/job.ts';
import { DiscflowError } from '../errors.ts';
import type { Library } from './library.ts';
import { parseTemplate } from './naming/template.ts';

/** Throws `config-invalid` for a naming template that cannot be used, and `unknown-library`. */
export function checkFilingWish(
  { template, library }: Pick<JobSet, 'template' | 'library'>,
  libraries: readonly Library[],
): void {
  if (template) parseTemplate(template);
  if (!library || libraries.some(({ id }) => id === library)) return;
  const known = libraries.map(({ id }) => id).join(', ');
  throw new DiscflowError('unknown-library', `There is no library "${library}"`, {
    hint: known === '' ? 'No library is configured.' : `Libraries of this station: ${known}.`,
  });
}

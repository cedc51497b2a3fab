import { attributions } from '../metadata/attribution.ts';
import { version } from '../version.ts';

/** Prints what this is, and what the providers of metadata want to be said. */
export function printAbout(): void {
  const lines = [
    `Discflow ${version}, MIT License`,
    'https://github.com/discflow/discflow',
    ...attributions.flatMap(({ name, text, url }) => ['', `${name}: ${url}`, `  ${text}`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

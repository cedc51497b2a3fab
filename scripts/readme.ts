// npm run docs: writes the parts of README.md and docs/ that come from the code; a test fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configTable } from '../service/config/describe-config.ts';
import { operations } from '../service/contract/request.ts';
import { jobTransitions, titleTransitions } from '../service/jobs/states.ts';
import { failureTable } from '../service/makemkv/failure-table.ts';
import { attributions } from '../service/metadata/attribution.ts';

type Sections = Readonly<Record<string, () => string>>;

const readme: Sections = {
  attributions: () =>
    attributions.map(({ name, text, url }) => `- [${name}](${url}): ${text}`).join('\n'),
  configuration: configTable,
  operations: operationsTable,
  'job-states': () => diagram(jobTransitions, 'idle', ['completed', 'failed', 'cancelled']),
  'title-states': () => diagram(titleTransitions, 'pending', ['completed', 'skipped', 'failed']),
};

/** Documents with parts that come from the code. */
export const documents = new Map([
  [pathOf('README.md'), readme],
  [pathOf('docs/makemkv.md'), { 'makemkv-failures': failureTable }],
]);

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** A document with its generated parts made anew. */
export function withGeneratedParts(document: string, sections: Sections): string {
  return Object.entries(sections).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to === -1) throw new Error(`there is no place for "${name}"`);
    return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
  }, document);
}

function operationsTable(): string {
  const rows = Object.entries(operations).map(([op, { body }]) => {
    const { properties = {}, required = [] } = z.toJSONSchema(body, {
      unrepresentable: 'any',
      io: 'input',
    });
    const fields = Object.keys(properties).map((name) =>
      required.includes(name) ? name : `${name}?`,
    );
    return `| \`${op}\` | ${fields.map((field) => `\`${field}\``).join(', ') || '–'} |`;
  });
  return ['| `request/…` | body, beside `transaction` |', '|---|---|', ...rows].join('\n');
}

function diagram(
  transitions: Record<string, readonly string[]>,
  start: string,
  ends: readonly string[],
): string {
  const arrows = Object.entries(transitions).flatMap(([from, targets]) =>
    targets.map((to) => `  ${from} --> ${to}`),
  );
  const around = [`  [*] --> ${start}`, ...ends.map((end) => `  ${end} --> [*]`)];
  return ['```mermaid', 'stateDiagram-v2', ...around, ...arrows, '```'].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, sections] of documents)
    writeFileSync(path, withGeneratedParts(readFileSync(path, 'utf8'), sections));
}

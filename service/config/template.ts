import { stringify } from 'yaml';
import { type ConfigKey, configKeys } from './keys.ts';
import { valueWords } from './value-words.ts';

const COLUMNS = 100;

const HEADING = `Configuration of Discflow, written by its first start.

A key that is missing or commented out has its default. Relative paths start at the folder of this file. \
Every key outside a list can also be set by the environment: DISCFLOW_MQTT_URL sets mqtt.url. \
Changes need a restart of the service; a rip goes on where it was.`;

/** The configuration file of a first start: every key with what it means and its default. */
export function configTemplate(): string {
  const parts = [
    ...comment(HEADING, ''),
    ...configKeys.flatMap((key) => ['', ...keyLines(key, '')]),
  ];
  return `${parts.join('\n')}\n`;
}

function keyLines(key: ConfigKey, indent: string): string[] {
  if (key.list) return listLines(key, indent);
  if (key.children.length > 0) return sectionLines(key, indent);
  const value = key.fallback ?? key.note.example;
  const off = key.fallback === undefined ? '# ' : '';
  return [
    ...comment(`${key.note.title}: ${key.note.description}${choices(key)}`, indent),
    `${indent}${off}${stringify({ [key.name]: value }).trimEnd()}`,
  ];
}

function sectionLines(key: ConfigKey, indent: string): string[] {
  return [
    ...comment(`${key.note.title}: ${key.note.description}`, indent),
    `${indent}${key.name}:`,
    ...key.children.flatMap((child) => ['', ...keyLines(child, `${indent}  `)]).slice(1),
  ];
}

function listLines(key: ConfigKey, indent: string): string[] {
  const value = stringify({ [key.name]: key.fallback }).trimEnd();
  return [
    ...comment(`${key.note.title}: ${key.note.description} An entry has these keys:`, indent),
    ...key.children.flatMap((child) => comment(entryKeyText(child), indent, '  ')),
    ...value.split('\n').map((line) => indent + line),
  ];
}

function entryKeyText(key: ConfigKey): string {
  const optional = key.required ? '' : ' (optional)';
  const fallback = key.fallback === undefined ? '' : ` Default: ${key.fallback}.`;
  return `${key.name}${optional}: ${key.note.description}${choices(key)}${fallback}`;
}

function choices(key: ConfigKey): string {
  const words = valueWords(key.schema);
  return words === '' ? '' : ` (${words})`;
}

function comment(text: string, indent: string, hanging = ''): string[] {
  const room = COLUMNS - indent.length - 2 - hanging.length * 2;
  const lines = text.split('\n').flatMap((paragraph) => wrap(paragraph, room));
  return lines.map((line, index) =>
    `${indent}# ${hanging}${index === 0 ? '' : hanging}${line}`.trimEnd(),
  );
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.pop() ?? '';
    if (line === '') lines.push(word);
    else if (line.length + 1 + word.length <= columns) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines;
}

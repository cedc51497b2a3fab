import { variableOf } from './environment.ts';
import { allKeys, type ConfigKey } from './keys.ts';
import { valueWords } from './value-words.ts';

export interface ConfigRow {
  /** "mqtt.port"; a key of a list's entries is "drives[].folder". */
  readonly key: string;
  readonly description: string;
  /** What it takes, in words; empty for free text. */
  readonly values: string;
  readonly fallback: string;
  readonly variable: string | null;
}

/** Every key that holds a value, for documentation. */
export function describeConfig(): ConfigRow[] {
  const keys = allKeys();
  const lists = new Set(keys.filter(({ list }) => list).map(({ name }) => name));
  return keys
    .filter(({ children }) => children.length === 0)
    .map((key) => ({
      key: key.path.map((part) => (lists.has(part) ? `${part}[]` : part)).join('.'),
      description: key.note.description,
      values: valueWords(key.schema),
      fallback: fallbackOf(key),
      variable: variableOf(key),
    }));
}

/** The table of the README. */
export function configTable(): string {
  const rows = describeConfig().map(({ key, description, values, fallback }) => {
    const words = values === '' ? description : `${description} (${values})`;
    return `| \`${key}\` | ${cell(words)} | ${cell(fallback)} |`;
  });
  return ['| Key | Meaning | Default |', '|---|---|---|', ...rows].join('\n');
}

function fallbackOf(key: ConfigKey): string {
  if (key.required) return 'required';
  if (key.fallback === undefined) return '';
  const text = Array.isArray(key.fallback) ? JSON.stringify(key.fallback) : String(key.fallback);
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

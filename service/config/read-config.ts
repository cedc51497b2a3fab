import { type Document, LineCounter, parseDocument } from 'yaml';
import { DiscflowError } from '../errors.ts';
import { environmentOverrides, type Override } from './environment.ts';
import { explain } from './explain.ts';
import { ConfigFile } from './schema.ts';

interface Source {
  /** Named in messages. */
  readonly file: string;
  readonly text: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The text of a configuration file, with what the environment overrides, as checked values.
 * Throws `config-invalid` naming every problem with its line.
 */
export function readConfig({ file, text, env }: Source): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const syntax = document.errors.map(
    ({ message, pos }) => `line ${lines.linePos(pos[0]).line}: ${message}`,
  );
  if (syntax.length > 0) throw invalid(file, syntax);
  const overrides = environmentOverrides(env);
  const values = overrides.reduce(withOverride, valuesOf(document, file));
  const parsed = ConfigFile.safeParse(values);
  if (parsed.success) return parsed.data;
  throw invalid(file, explain(parsed.error.issues, { document, lines, overrides, values }));
}

type Section = Record<string, unknown>;

function valuesOf(document: Document, file: string): Section {
  const values = withoutNull(toValues(document, file)) ?? {};
  if (isSection(values)) return values;
  throw invalid(file, ['line 1: the file must consist of lines like "station: main"']);
}

/** Refuses aliases that unfold without end, as the YAML library reports them. */
function toValues(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(file, [error instanceof Error ? error.message : String(error)]);
  }
}

/** A key with nothing behind it has its default, as a section has whose keys are all commented out. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isSection(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNull(inner)]));
}

function withOverride(section: Section, { path, value, variable }: Override): Section {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...section, [name]: value };
  const inner = section[name] ?? {};
  if (!isSection(inner)) return section;
  return { ...section, [name]: withOverride(inner, { path: rest, value, variable }) };
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(file: string, problems: readonly string[]): DiscflowError {
  const list = problems.length === 1 ? ` ${problems[0]}` : `\n  ${problems.join('\n  ')}`;
  return new DiscflowError('config-invalid', `The configuration ${file} is wrong:${list}`, {
    hint: 'Correct the file and start Discflow again.',
  });
}

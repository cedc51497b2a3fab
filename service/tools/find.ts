import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ToolKind, type ToolName, toolCatalog } from './catalog.ts';
import type { RunTool } from './run.ts';

const VERSION_TIMEOUT_MS = 10_000;

export interface FoundTool {
  name: ToolName;
  path: string;
  version: string;
}

export interface ToolFinder {
  /** The tool to use, or null when none of the candidates runs; then it is looked for again the next time. */
  find(name: ToolName): Promise<FoundTool | null>;
  /** Whether there is a candidate at all; cheap, since none is run. */
  isThere(name: ToolName): Promise<boolean>;
  /** The path of the first candidate, or null; cheap, too. */
  locate(name: ToolName): Promise<string | null>;
}

interface FinderOptions {
  run: RunTool;
  /** Paths from the configuration. */
  configured?: Partial<Record<ToolName, string>>;
  environment?: Readonly<Record<string, string | undefined>>;
  /** A folder whose npm packages count, before those beside the service. */
  packages?: string;
  /** Folders for programs that keep something in the HOME of whoever runs them. */
  homes?: Partial<Record<ToolName, string>>;
}

/**
 * Finds tools: configuration, then environment, then npm package, then PATH, then usual places; the first
 * that runs is taken.
 */
export function createToolFinder(options: FinderOptions): ToolFinder {
  const found = new Map<ToolName, Promise<FoundTool | null>>();
  return {
    async find(name) {
      const search = found.get(name) ?? searchFor(name, options);
      found.set(name, search);
      const tool = await search;
      if (tool === null) found.delete(name);
      return tool;
    },
    isThere: async (name) => (await locate(name, options)) !== null,
    locate: (name) => locate(name, options),
  };
}

async function locate(name: ToolName, options: FinderOptions): Promise<string | null> {
  return (await candidatesFor(name, options)).find((path) => existsSync(path)) ?? null;
}

async function searchFor(name: ToolName, options: FinderOptions): Promise<FoundTool | null> {
  const kind = toolCatalog[name];
  for (const path of await candidatesFor(name, options)) {
    const { run, homes } = options;
    const tool = await tryTool({ name, kind, path, run, home: homes?.[name] });
    if (tool) return tool;
  }
  return null;
}

/** Where the tool may be, the most wanted place first. */
async function candidatesFor(name: ToolName, options: FinderOptions): Promise<string[]> {
  const { configured = {}, environment = process.env, packages } = options;
  const kind = toolCatalog[name];
  const candidates = [
    configured[name],
    ...kind.environment.map((key) => environment[key]),
    await packagedPath(kind, packages),
    await packagedPath(kind, undefined),
    ...(await onPath(name, environment.PATH)),
    ...(kind.places ?? []),
  ];
  return candidates.flatMap((path) => path || []);
}

interface Candidate {
  name: ToolName;
  kind: ToolKind;
  path: string;
  run: RunTool;
  home: string | undefined;
}

async function tryTool({ name, kind, path, run, home }: Candidate): Promise<FoundTool | null> {
  let first: string | undefined;
  try {
    await run(path, kind.version, {
      timeout: VERSION_TIMEOUT_MS,
      accept: [0, ...(kind.accept ?? [])],
      ...(home !== undefined && { env: { HOME: home } }),
      onLine: (line) => {
        first ??= line;
      },
    });
  } catch {
    return null;
  }
  return { name, path, version: kind.pattern.exec(first ?? '')?.[1] ?? 'unknown' };
}

/** The package's default export can be the path of a file whose download failed. */
async function packagedPath({ npm }: ToolKind, folder: string | undefined): Promise<string | null> {
  if (npm === undefined) return null;
  try {
    const from = folder === undefined ? import.meta.url : join(folder, 'package.json');
    const entry = pathToFileURL(createRequire(from).resolve(npm));
    const { default: path }: { default: unknown } = await import(entry.href);
    return typeof path === 'string' && existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function onPath(name: string, path = ''): Promise<string[]> {
  const folders = path.split(delimiter).filter(isAbsolute);
  const candidates = folders.map((folder) => join(folder, name));
  const runnable = await Promise.all(candidates.map(isRunnable));
  return candidates.filter((_, index) => runnable[index]);
}

async function isRunnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

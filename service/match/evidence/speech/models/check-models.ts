import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WeightForm } from '../transformers/devices.ts';
import { findModel } from '../transformers/model-folder.ts';
import { MANIFEST } from './fetch-model.ts';
import { wrongWith } from './file-hash.ts';

export interface ModelState {
  readonly model: string;
  readonly path: string;
  /** Forms of weights that can be used. */
  readonly forms: readonly WeightForm[];
  /** Each thing that is wrong with it in a few words; empty when all is well. */
  readonly wrong: readonly string[];
}

const Manifest = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      size: z.number(),
      hash: z.object({ kind: z.enum(['sha256', 'git']), hex: z.string() }),
    }),
  ),
});

/** The models in the folder of models, by their names. */
export async function modelsIn(models: string): Promise<string[]> {
  const names: string[] = [];
  for (const organisation of await foldersIn(models))
    for (const name of await foldersIn(join(models, organisation)))
      if ((await findModel({ folder: models, model: join(organisation, name) })).missing.length < 5)
        names.push(`${organisation}/${name}`);
  return names;
}

/** What there is of a model. `thorough` reads every byte of what was fetched. */
export async function stateOfModel(
  models: string,
  model: string,
  { thorough }: { thorough: boolean },
): Promise<ModelState> {
  const { path, missing, forms } = await findModel({ folder: models, model });
  const wrong = missing.map((name) => `${name} is missing`);
  if (forms.length === 0) wrong.push('it has no weights in onnx/');
  if (thorough)
    for (const file of await manifestOf(path)) {
      const why = await wrongWith(file, join(path, file.path));
      if (why !== null) wrong.push(`${file.path} ${why}`);
    }
  return { model, path, forms, wrong: [...new Set(wrong)] };
}

/** Nothing for a model that somebody has copied here. */
async function manifestOf(path: string) {
  const text = await readFile(join(path, MANIFEST), 'utf8').catch(() => '{"files": []}');
  try {
    return Manifest.parse(JSON.parse(text)).files;
  } catch {
    return [];
  }
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

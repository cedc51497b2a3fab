import { access, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { suffixOf, type WeightForm, weightForms } from './devices.ts';

/** Every whisper model for transformers.js has these. */
export const describingFiles = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
] as const;

export interface ModelPlace {
  /** The folder that holds the model's folder. */
  readonly folder: string;
  /** "onnx-community/whisper-base", or the name of a folder. */
  readonly model: string;
}

export interface FoundModel extends ModelPlace {
  readonly path: string;
  /** Describing files that are not there. */
  readonly missing: readonly string[];
  /** The forms of weights that are complete. */
  readonly forms: readonly WeightForm[];
  /** ISO 639-1 codes; null when it knows English alone. */
  readonly languages: readonly string[] | null;
}

const Generation = z.object({
  is_multilingual: z.boolean().default(true),
  lang_to_id: z.record(z.string(), z.number()).default({}),
});
const languageToken = /^<\|(.+)\|>$/;

/** Where a model is: a path to its own folder, or a name below the folder of models. */
export function placeOf(model: string, models: string): ModelPlace {
  if (isAbsolute(model)) return { folder: dirname(model), model: basename(model) };
  return { folder: models, model };
}

/** What is there of a model; nothing is loaded. */
export async function findModel({ folder, model }: ModelPlace): Promise<FoundModel> {
  const path = join(folder, model);
  const there = await Promise.all(describingFiles.map((name) => isThere(join(path, name))));
  const missing = describingFiles.filter((_, index) => !there[index]);
  const complete = await Promise.all(weightForms.map((form) => hasWeights(path, form)));
  return {
    folder,
    model,
    path,
    missing,
    forms: weightForms.filter((_, index) => complete[index]),
    languages: await languagesOf(join(path, 'generation_config.json')),
  };
}

/** The files of one form of weights, below the model's folder. */
export function weightFiles(form: WeightForm): string[] {
  const suffix = suffixOf[form];
  return [`onnx/encoder_model${suffix}.onnx`, `onnx/decoder_model_merged${suffix}.onnx`];
}

async function hasWeights(path: string, form: WeightForm): Promise<boolean> {
  const there = await Promise.all(weightFiles(form).map((file) => isThere(join(path, file))));
  return there.every(Boolean);
}

async function languagesOf(file: string): Promise<string[] | null> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const parsed = Generation.safeParse(jsonOf(text));
  if (!parsed.success || !parsed.data.is_multilingual) return null;
  return Object.keys(parsed.data.lang_to_id).flatMap(
    (token) => languageToken.exec(token)?.[1] ?? [],
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

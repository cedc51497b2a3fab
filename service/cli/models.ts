import { isAbsolute } from 'node:path';
import { DiscflowError } from '../errors.ts';
import { DEFAULT_MODEL } from '../match/evidence/speech/create-engine.ts';
import {
  type ModelState,
  modelsIn,
  stateOfModel,
} from '../match/evidence/speech/models/check-models.ts';
import { fetchModel } from '../match/evidence/speech/models/fetch-model.ts';
import { type WeightForm, weightForms } from '../match/evidence/speech/transformers/devices.ts';
import { catchInterrupts } from './interrupts.ts';
import { paintFor } from './paint.ts';
import { readSettings } from './settings.ts';
import { tableOf } from './table.ts';
import { printable } from './words.ts';

interface ModelsOptions {
  data?: string;
  json?: boolean;
  dtype?: string;
}

/** Good ones for this purpose, with the bytes of their q8 form. */
const offered = [
  { model: 'onnx-community/whisper-tiny', says: '42 MB: quick, English and the big languages' },
  { model: DEFAULT_MODEL, says: '80 MB: what is used unless you say otherwise' },
  { model: 'onnx-community/whisper-small', says: '250 MB: slower, better where few speak' },
];

/** Prints which models are there, and which could be fetched. */
export async function listModels({ data, json }: ModelsOptions): Promise<number> {
  const { models, chosen } = await placesOf(data);
  const states = await statesOf(models, await modelsIn(models), false);
  if (json) {
    process.stdout.write(`${JSON.stringify(states)}\n`);
    return 0;
  }
  const there = states.map(({ model }) => model);
  const rows = [
    ...states.map((state) => ({ model: state.model, says: wordsOf(state) })),
    ...offered
      .filter(({ model }) => !there.includes(model))
      .map(({ model, says }) => ({ model, says: `not here; ${says}` })),
  ];
  const [, ...lines] = tableOf<(typeof rows)[number]>(
    [
      { heading: '', cell: ({ model }) => `${model === chosen ? '›' : ' '} ${printable(model)}` },
      { heading: '', cell: ({ says }) => says },
    ],
    rows,
  );
  process.stdout.write(`Models in ${printable(models)}\n\n${lines.join('\n')}\n`);
  return 0;
}

/** Fetches a model from the hub. */
export async function fetchOne(
  given: string | undefined,
  { data, dtype = 'q8' }: ModelsOptions,
): Promise<number> {
  const { models, hub, chosen } = await placesOf(data);
  const model = given ?? chosen;
  const { signal } = catchInterrupts();
  const { path } = await fetchModel({
    ...{ hub, models, model, signal },
    form: formOf(dtype),
    onFile: ({ path: name, size }, isThere) =>
      process.stderr.write(`  ${name} (${megabytes(size)})${isThere ? ' is there' : ' …'}\n`),
  });
  const words = `${model} is in ${path}`;
  process.stderr.write(`${paintFor(process.stderr)('green', '✔')} ${words}\n`);
  return 0;
}

/** Reads every byte of the models. @returns the exit code: 1 when something is wrong */
export async function checkModels(
  given: string | undefined,
  { data, json }: ModelsOptions,
): Promise<number> {
  const { models } = await placesOf(data);
  const names = given === undefined ? await modelsIn(models) : [given];
  const states = await statesOf(models, names, true);
  if (json) process.stdout.write(`${JSON.stringify(states)}\n`);
  else if (states.length === 0) process.stdout.write(`There are no models in ${models}\n`);
  else
    for (const state of states)
      process.stdout.write(`${printable(state.model)}: ${wordsOf(state)}\n`);
  return states.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

async function placesOf(data: string | undefined) {
  const { config } = await readSettings(data);
  const { models, hub, model } = config.speech;
  const chosen = model === undefined || isAbsolute(model) ? DEFAULT_MODEL : model;
  return { models, hub, chosen };
}

function statesOf(models: string, names: readonly string[], thorough: boolean) {
  return Promise.all(names.map((model) => stateOfModel(models, model, { thorough })));
}

function wordsOf({ forms, wrong }: ModelState): string {
  return wrong.length > 0 ? wrong.join(', ') : `ready (${forms.join(', ')})`;
}

function formOf(given: string): WeightForm {
  const form = weightForms.find((known) => known === given);
  if (form !== undefined) return form;
  throw new DiscflowError('bad-request', `There is no form of weights called "${given}"`, {
    hint: `It is one of ${weightForms.join(', ')}.`,
  });
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

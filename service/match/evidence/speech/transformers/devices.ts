import type { Attempt } from './whisper-tasks.ts';

export type Device = 'auto' | 'cpu' | 'cuda' | 'webgpu' | 'dml' | 'coreml';
export type Dtype = 'auto' | WeightForm;
export type WeightForm = (typeof weightForms)[number];

/** How weights are stored; the package's names. */
export const weightForms = ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;

/** What each form adds to the names of its files (transformers.js 4, "dtype"). */
export const suffixOf: Readonly<Record<WeightForm, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
};

/** Graphics cards first; what onnxruntime-node brings for each system. */
const graphics: Readonly<Record<string, readonly Device[]>> = {
  linux: ['cuda'],
  win32: ['dml'],
  darwin: ['coreml'],
};
/** Eight bits are fastest on a processor and no worse; cards want floating point. */
const forProcessor: readonly WeightForm[] = [
  'q8',
  'int8',
  'uint8',
  'fp32',
  'q4',
  'bnb4',
  'fp16',
  'q4f16',
];
const forGraphics: readonly WeightForm[] = ['fp16', 'fp32', 'q4f16', 'q4', 'q8'];

/**
 * What to try, in this order: the wanted device, or the graphics card and then the processor; each with the wanted
 * form of the weights, or the best that is there. Empty when no form is there.
 */
export function attemptsFor(
  wanted: { readonly device: Device; readonly dtype: Dtype },
  there: readonly WeightForm[],
  platform: string = process.platform,
): Attempt[] {
  const devices =
    wanted.device === 'auto' ? [...(graphics[platform] ?? []), 'cpu' as const] : [wanted.device];
  return devices.flatMap((device) => {
    const best = device === 'cpu' ? forProcessor : forGraphics;
    const dtype =
      wanted.dtype === 'auto' ? best.find((form) => there.includes(form)) : wanted.dtype;
    return dtype !== undefined && there.includes(dtype) ? [{ device, dtype }] : [];
  });
}

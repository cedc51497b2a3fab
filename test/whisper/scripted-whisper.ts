import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { elementType, Graph } from './onnx-graph.ts';
import {
  LONGEST_TEXT,
  MELS,
  SOURCE_FRAMES,
  type Tokens,
  writeWhisperFiles,
} from './whisper-files.ts';

/** What a tone of this frequency says; keep frequencies a third of an octave apart. */
export interface Script {
  readonly hertz: number;
  readonly text: string;
}

/** Start, language, task and "no timestamps" come before the first word. */
const PREFIX_TOKENS = 4;
const HIGHEST_HERTZ = 8000;
const SAMPLE_RATE = 16_000;

/**
 * A whisper of a few kilobytes whose weights are a table: the loudest band of the spectrogram chooses a script, and
 * the decoder says that word by word. Spectrogram, encoder, decoder with its cache and tokenizer are run for real.
 */
export async function writeScriptedWhisper(folder: string, scripts: readonly Script[]) {
  const words = [...new Set(scripts.flatMap(({ text }) => text.split(' ')))];
  const tokens = await writeWhisperFiles(folder, { width: MELS, layers: 1, heads: 1, words });
  const [encoder, decoder] = [encoderModel(), decoderModel(scripts, tokens)];
  for (const suffix of ['', '_quantized']) {
    await writeFile(join(folder, 'onnx', `encoder_model${suffix}.onnx`), encoder);
    await writeFile(join(folder, 'onnx', `decoder_model_merged${suffix}.onnx`), decoder);
  }
}

/** A tone as audio for an engine. */
export function tone(hertz: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: SAMPLE_RATE * seconds },
    (_, index) => 0.3 * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE),
  );
}

/** The spectrogram itself, at half the rate. */
function encoderModel(): Buffer {
  const graph = new Graph('encoder');
  graph.input('input_features', elementType.float, ['batch', MELS, 2 * SOURCE_FRAMES]);
  const pooled = graph.add('AveragePool', ['input_features'], { kernel_shape: [2], strides: [2] });
  graph.addAs('Transpose', [pooled], { perm: [0, 2, 1] }, ['last_hidden_state']);
  graph.output('last_hidden_state', elementType.float, ['batch', SOURCE_FRAMES, MELS]);
  return graph.model();
}

function decoderModel(scripts: readonly Script[], tokens: Tokens): Buffer {
  const graph = new Graph('decoder');
  const cacheShape = ['batch', 1, 'past', MELS];
  graph.input('input_ids', elementType.int64, ['batch', 'length']);
  graph.input('encoder_hidden_states', elementType.float, ['batch', 'source', MELS]);
  for (const side of ['decoder', 'encoder'])
    for (const part of ['key', 'value'])
      graph.input(`past_key_values.0.${side}.${part}`, elementType.float, cacheShape);
  graph.input('use_cache_branch', elementType.bool, [1]);

  const loudest = graph.add('ReduceMax', ['encoder_hidden_states'], { axes: [1], keepdims: 0 });
  const bands = graph.constant(elementType.float, [MELS, scripts.length], bandsOf(scripts));
  const likeness = graph.add('Mul', [graph.add('MatMul', [loudest, bands]), graph.number(50)]);
  const choice = graph.add('Softmax', [likeness], { axis: -1 });

  const sizeOf = (value: string, axis: number) =>
    graph.add('Gather', [graph.add('Shape', [value]), graph.integers(axis)], { axis: 0 });
  const past = sizeOf('past_key_values.0.decoder.key', 2);
  const length = sizeOf('input_ids', 1);
  const table = graph.constant(
    elementType.int64,
    [scripts.length, LONGEST_TEXT],
    scriptTable(scripts, tokens),
  );
  const end = graph.add('Add', [past, length]);
  const next = graph.add('Slice', [table, past, end, graph.integers(1)]);
  const offAndOn = graph.constant(elementType.float, [2], Float32Array.of(0, 20));
  const logits = graph.add('OneHot', [next, graph.integer(tokens.vocabulary), offAndOn], {
    axis: -1,
  });
  const flat = graph.add('Reshape', [logits, graph.integers(scripts.length, -1)]);
  const mixed = graph.add('MatMul', [choice, flat]);
  const shape = [graph.integers(-1), length, graph.integers(tokens.vocabulary)];
  graph.addAs('Reshape', [mixed, graph.add('Concat', shape, { axis: 0 })], {}, ['logits']);
  graph.output('logits', elementType.float, ['batch', 'length', tokens.vocabulary]);

  const grownShape = [graph.integers(1, 1), length, graph.integers(MELS)];
  const grown = graph.add('ConstantOfShape', [graph.add('Concat', grownShape, { axis: 0 })]);
  for (const part of ['key', 'value']) {
    const [own, other] = [`0.decoder.${part}`, `0.encoder.${part}`];
    graph.addAs('Concat', [`past_key_values.${own}`, grown], { axis: 2 }, [`present.${own}`]);
    graph.addAs('Identity', [`past_key_values.${other}`], {}, [`present.${other}`]);
    for (const name of [own, other])
      graph.output(`present.${name}`, elementType.float, ['batch', 1, 'grown', MELS]);
  }
  return graph.model();
}

/** Behind the prefix the words, then the end of the text for good. */
function scriptTable(scripts: readonly Script[], { idOf }: Tokens): BigInt64Array {
  const ids = scripts.flatMap(({ text }) => {
    const words = text.split(' ').map((word) => idOf(`Ġ${word}`));
    const prefix = Array(PREFIX_TOKENS - 1).fill(idOf('<|notimestamps|>'));
    const rest = Array(LONGEST_TEXT - prefix.length - words.length).fill(idOf('<|endoftext|>'));
    return [...prefix, ...words, ...rest];
  });
  return BigInt64Array.from(ids, BigInt);
}

function bandsOf(scripts: readonly Script[]): Float32Array {
  const bands = new Float32Array(MELS * scripts.length);
  for (const [index, { hertz }] of scripts.entries()) {
    const band = Math.round((mel(hertz) / mel(HIGHEST_HERTZ)) * (MELS + 1)) - 1;
    for (const [neighbour, weight] of [
      [band - 1, 0.5],
      [band, 1],
      [band + 1, 0.5],
    ] as const)
      if (neighbour >= 0 && neighbour < MELS) bands[neighbour * scripts.length + index] = weight;
  }
  return bands;
}

/** Slaney's mel scale: linear below 1 kHz, logarithmic above. */
function mel(hertz: number): number {
  return hertz < 1000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4);
}

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

interface Size {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly vocabulary: number;
}

/** Sizes of OpenAI's models; micro only has their shape. */
export const whisperSizes = {
  micro: { width: 16, layers: 1, heads: 2, vocabulary: 0 },
  tiny: { width: 384, layers: 4, heads: 6, vocabulary: 51_865 },
  base: { width: 512, layers: 6, heads: 8, vocabulary: 51_865 },
} as const;

/** Half a minute of dialogue has about 75 words, which are about a hundred tokens. */
const TOKENS_SAID = 100;

/** Weights of a matrix in eight bits, with one scale and zero for all. */
interface Quantized {
  readonly values: Uint8Array;
  readonly scale: number;
  readonly zero: number;
}

/** A matrix as constants of a graph. */
interface Matrix {
  readonly values: string;
  readonly scale: string;
  readonly zero: string;
}

/**
 * A whisper with random weights of true size in eight bits: what it says is noise, what it costs is real. The decoder
 * has the form of those that are found: all of it in both branches of one If; only the embedding is shared.
 */
export async function writeRandomWhisper(folder: string, name: keyof typeof whisperSizes) {
  const size: Size = whisperSizes[name];
  const shape = { ...size, words: [] };
  const tokens = await writeWhisperFiles(folder, shape);
  const onnx = join(folder, 'onnx');
  await writeFile(join(onnx, 'encoder_model_quantized.onnx'), encoderModel(size));
  await writeFile(join(onnx, 'decoder_model_merged_quantized.onnx'), decoderModel(size, tokens));
}

/** A linear congruential generator (Numerical Recipes): quick, the same everywhere, and random enough. */
let state = 12_345;
function random(count: number, largest: number): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[index] = (state / 2 ** 31 - 1) * largest;
  }
  return values;
}

/** Weights between -largest and largest, in eight bits. */
function randomBytes(count: number, largest: number): Quantized {
  const weights = random(count, largest);
  const [scale, zero] = [(2 * largest) / 255, 128];
  const values = new Uint8Array(count);
  for (let index = 0; index < count; index++) values[index] = (weights[index] ?? 0) / scale + zero;
  return { values, scale, zero };
}

function matrixIn(
  graph: Graph,
  rows: number,
  columns: number,
  { values, scale, zero }: Quantized,
): Matrix {
  return {
    values: graph.constant(elementType.uint8, [rows, columns], values),
    scale: graph.number(scale),
    zero: graph.constant(elementType.uint8, [], Uint8Array.of(zero)),
  };
}

/** Parts of a transformer, added to a graph with their weights. */
function partsOf(graph: Graph, { width, heads }: Size) {
  const vector = (length: number, values: Float32Array) =>
    graph.constant(elementType.float, [length], values);
  /** As onnxruntime quantizes: the input while running, the weights before. */
  const times = (input: string, { values, scale, zero }: Matrix) => {
    const [quantized = '', inputScale = '', inputZero = ''] = graph.addMany(
      'DynamicQuantizeLinear',
      [input],
      3,
    );
    const product = graph.add('MatMulInteger', [quantized, values, inputZero, zero]);
    const asFloat = graph.add('Cast', [product], { to: elementType.float });
    return graph.add('Mul', [asFloat, graph.add('Mul', [inputScale, scale])]);
  };
  const linear = (input: string, rows: number, columns: number) => {
    const weights = randomBytes(rows * columns, 1 / Math.sqrt(rows));
    const product = times(input, matrixIn(graph, rows, columns, weights));
    return graph.add('Add', [product, vector(columns, random(columns, 0.02))]);
  };
  const normal = (input: string) => {
    const [ones, zeros] = [new Float32Array(width).fill(1), new Float32Array(width)];
    const inputs = [input, vector(width, ones), vector(width, zeros)];
    return graph.add('LayerNormalization', inputs, { axis: -1, epsilon: { float: 1e-5 } });
  };
  const gelu = (input: string) => {
    const error = graph.add('Erf', [graph.add('Div', [input, graph.number(Math.SQRT2)])]);
    const product = graph.add('Mul', [input, graph.add('Add', [error, graph.number(1)])]);
    return graph.add('Mul', [product, graph.number(0.5)]);
  };
  const split = (input: string) => {
    const apart = graph.add('Reshape', [input, graph.integers(0, -1, heads, width / heads)]);
    return graph.add('Transpose', [apart], { perm: [0, 2, 1, 3] });
  };
  const attend = (query: string, key: string, value: string, mask?: string) => {
    const scaled = graph.add('Mul', [query, graph.number(1 / Math.sqrt(width / heads))]);
    const turned = graph.add('Transpose', [key], { perm: [0, 1, 3, 2] });
    const likeness = graph.add('MatMul', [scaled, turned]);
    const masked = mask === undefined ? likeness : graph.add('Add', [likeness, mask]);
    const mixed = graph.add('MatMul', [graph.add('Softmax', [masked], { axis: -1 }), value]);
    const together = graph.add('Transpose', [mixed], { perm: [0, 2, 1, 3] });
    return graph.add('Reshape', [together, graph.integers(0, -1, width)]);
  };
  const forward = (input: string) =>
    linear(gelu(linear(normal(input), width, 4 * width)), 4 * width, width);
  const project = (input: string) => linear(input, width, width);
  return { times, normal, gelu, split, attend, forward, project };
}

function encoderModel(size: Size): Buffer {
  const { width, layers } = size;
  const graph = new Graph('encoder');
  const { normal, gelu, split, attend, forward, project } = partsOf(graph, size);
  graph.input('input_features', elementType.float, ['batch', MELS, 2 * SOURCE_FRAMES]);
  const convolve = (input: string, channels: number, stride: number) => {
    const weights = random(width * channels * 3, 1 / Math.sqrt(channels * 3));
    const kernel = graph.constant(elementType.float, [width, channels, 3], weights);
    const bias = graph.constant(elementType.float, [width], random(width, 0.02));
    const attributes = { kernel_shape: [3], strides: [stride], pads: [1, 1] };
    return gelu(graph.add('Conv', [input, kernel, bias], attributes));
  };
  const heard = convolve(convolve('input_features', MELS, 1), width, 2);
  const positions = graph.constant(
    elementType.float,
    [SOURCE_FRAMES, width],
    random(SOURCE_FRAMES * width, 0.05),
  );
  let value = graph.add('Add', [graph.add('Transpose', [heard], { perm: [0, 2, 1] }), positions]);
  for (let layer = 0; layer < layers; layer++) {
    const input = normal(value);
    const [query, key, content] = [project(input), project(input), project(input)];
    const attention = attend(split(query), split(key), split(content));
    value = graph.add('Add', [value, project(attention)]);
    value = graph.add('Add', [value, forward(value)]);
  }
  graph.addAs('Identity', [normal(value)], {}, ['last_hidden_state']);
  graph.output('last_hidden_state', elementType.float, ['batch', SOURCE_FRAMES, width]);
  return graph.model();
}

function decoderModel(size: Size, tokens: Tokens): Buffer {
  const { vocabulary } = tokens;
  const { width, layers, heads } = size;
  const cacheShape = ['batch', heads, 'past', width / heads];
  const graph = new Graph('decoder');
  graph.input('input_ids', elementType.int64, ['batch', 'length']);
  graph.input('encoder_hidden_states', elementType.float, ['batch', 'source', width]);
  for (const name of cacheNames(layers))
    graph.input(`past_key_values.${name}`, elementType.float, cacheShape);
  graph.input('use_cache_branch', elementType.bool, [1]);

  const embedding = randomBytes(vocabulary * width, 0.5);
  const shared = {
    rows: matrixIn(graph, vocabulary, width, embedding),
    columns: matrixIn(graph, width, vocabulary, transposed(embedding, vocabulary, width)),
    positions: graph.constant(
      elementType.float,
      [LONGEST_TEXT, width],
      random(LONGEST_TEXT * width, 0.05),
    ),
  };
  const branch = (isCached: boolean) => decoderBranch(size, tokens, shared, isCached);
  const outputs = ['logits', ...cacheNames(layers).map((name) => `present.${name}`)];
  const branches = { then_branch: branch(true), else_branch: branch(false) };
  graph.addAs('If', ['use_cache_branch'], branches, outputs);
  graph.output('logits', elementType.float, ['batch', 'length', vocabulary]);
  for (const name of cacheNames(layers))
    graph.output(`present.${name}`, elementType.float, cacheShape);
  return graph.model();
}

function cacheNames(layers: number): string[] {
  const parts = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'];
  return Array.from({ length: layers }, (_, layer) =>
    parts.map((part) => `${layer}.${part}`),
  ).flat();
}

function transposed({ values, ...rest }: Quantized, rows: number, columns: number): Quantized {
  const turned = new Uint8Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column] ?? 0;
  return { ...rest, values: turned };
}

interface Shared {
  readonly rows: Matrix;
  readonly columns: Matrix;
  readonly positions: string;
}

/** One step of the decoder, with the keys and values of the steps before (`isCached`) or without. */
function decoderBranch(
  size: Size,
  { vocabulary, idOf }: Tokens,
  { rows, columns, positions }: Shared,
  isCached: boolean,
): Graph {
  const { width, layers, heads } = size;
  const graph = new Graph(isCached ? 'with_past' : 'without_past');
  const { times, normal, split, attend, forward, project } = partsOf(graph, size);
  const sizeOf = (value: string, axis: number) =>
    graph.add('Gather', [graph.add('Shape', [value]), graph.integers(axis)], { axis: 0 });
  const past = isCached ? sizeOf('past_key_values.0.decoder.key', 2) : graph.integers(0);
  const end = graph.add('Add', [past, sizeOf('input_ids', 1)]);
  const tokens = graph.add('Gather', [rows.values, 'input_ids'], { axis: 0 });
  const embedded = graph.add('DequantizeLinear', [tokens, rows.scale, rows.zero]);
  const placed = graph.add('Slice', [positions, past, end, graph.integers(0)]);
  let value = graph.add('Add', [embedded, placed]);
  const mask = causalMask(graph, past, end);
  const present: [string, string][] = [];
  for (let layer = 0; layer < layers; layer++) {
    const cached = (name: string) => `past_key_values.${layer}.${name}`;
    const grown = (name: string, now: string) =>
      isCached ? graph.add('Concat', [cached(name), now], { axis: 2 }) : now;
    const input = normal(value);
    const query = split(project(input));
    const key = grown('decoder.key', split(project(input)));
    const content = grown('decoder.value', split(project(input)));
    value = graph.add('Add', [value, project(attend(query, key, content, mask))]);
    const question = split(project(normal(value)));
    const heard = (name: string) =>
      isCached ? cached(name) : split(project('encoder_hidden_states'));
    const [heardKey, heardValue] = [heard('encoder.key'), heard('encoder.value')];
    value = graph.add('Add', [value, project(attend(question, heardKey, heardValue))]);
    value = graph.add('Add', [value, forward(value)]);
    // transformers.js keeps those of the first step.
    const nothing = () =>
      graph.constant(elementType.float, [0, heads, 1, width / heads], new Float32Array(0));
    present.push(
      [`${layer}.decoder.key`, key],
      [`${layer}.decoder.value`, content],
      [`${layer}.encoder.key`, isCached ? nothing() : heardKey],
      [`${layer}.encoder.value`, isCached ? nothing() : heardValue],
    );
  }
  const prefix = isCached ? 'with' : 'without';
  const say = (name: string, from: string, shape: (string | number)[]) => {
    graph.addAs('Identity', [from], {}, [`${prefix}.${name}`]);
    graph.output(`${prefix}.${name}`, elementType.float, shape);
  };
  const ends = endingAfter(graph, past, vocabulary, idOf('<|endoftext|>'));
  const logits = graph.add('Add', [times(normal(value), columns), ends]);
  say('logits', logits, ['batch', 'length', vocabulary]);
  for (const [name, from] of present) say(name, from, ['batch', heads, 'grown', width / heads]);
  return graph;
}

/** What makes the end of the text certain behind that many tokens, and impossible before. */
function endingAfter(graph: Graph, past: string, vocabulary: number, endOfText: number): string {
  const isLong = graph.add('GreaterOrEqual', [past, graph.integers(TOKENS_SAID)]);
  const sign = graph.add('Where', [isLong, graph.number(1e4), graph.number(-1e4)]);
  const row = new Float32Array(vocabulary);
  row[endOfText] = 1;
  return graph.add('Mul', [graph.constant(elementType.float, [vocabulary], row), sign]);
}

/** A token sees itself and those before it. */
function causalMask(graph: Graph, past: string, end: string): string {
  const scalar = (value: string) => graph.add('Squeeze', [value, graph.integers(0)]);
  const range = (from: string) => graph.add('Range', [from, scalar(end), graph.integer(1)]);
  const rows = graph.add('Unsqueeze', [range(scalar(past)), graph.integers(1)]);
  const columns = graph.add('Unsqueeze', [range(graph.integer(0)), graph.integers(0)]);
  const later = graph.add('Greater', [columns, rows]);
  return graph.add('Where', [later, graph.number(-1e9), graph.number(0)]);
}

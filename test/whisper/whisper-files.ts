import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface WhisperShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Words with a token of their own, behind those of the 256 bytes. */
  readonly words: readonly string[];
  /** Size of the vocabulary to fill up to; without it only what is needed. */
  readonly vocabulary?: number;
}

export interface Tokens {
  readonly vocabulary: number;
  idOf(token: string): number;
}

export const MELS = 80;
/** Frames behind the encoder, and tokens of one answer, at most. */
export const SOURCE_FRAMES = 1500;
export const LONGEST_TEXT = 448;
const TIMESTAMPS = 1501;

/** Writes all that describes a multilingual whisper (English and German) in the layout of transformers.js. */
export async function writeWhisperFiles(folder: string, shape: WhisperShape): Promise<Tokens> {
  const special = specialTokens();
  const plain = [...byteTokens(), ...shape.words.map((word) => `Ġ${word}`)];
  while (plain.length < (shape.vocabulary ?? 0) - special.length) plain.push(`Ġw${plain.length}`);
  const ids = new Map([...plain, ...special].map((token, id) => [token, id]));
  const tokens = { vocabulary: ids.size, idOf: (token: string) => ids.get(token) ?? -1 };
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const files = {
    'config.json': config(shape, tokens),
    'generation_config.json': generationConfig(tokens),
    'preprocessor_config.json': preprocessorConfig,
    'tokenizer_config.json': tokenizerConfig,
    'tokenizer.json': tokenizer(plain, special),
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(content));
  return tokens;
}

function specialTokens(): string[] {
  const names =
    'endoftext startoftranscript en de translate transcribe startoflm startofprev nospeech notimestamps';
  const times = Array.from({ length: TIMESTAMPS }, (_, index) => (index * 0.02).toFixed(2));
  return [...names.split(' '), ...times].map((name) => `<|${name}|>`);
}

/** Byte-level BPE writes bytes that are no printable characters as those from U+0100 on. */
function byteTokens(): string[] {
  let next = 256;
  const isPrintable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(isPrintable(byte) ? byte : next++),
  );
}

function config({ width, layers, heads }: WhisperShape, { vocabulary, idOf }: Tokens) {
  return {
    architectures: ['WhisperForConditionalGeneration'],
    model_type: 'whisper',
    is_encoder_decoder: true,
    d_model: width,
    encoder_layers: layers,
    decoder_layers: layers,
    num_hidden_layers: layers,
    encoder_attention_heads: heads,
    decoder_attention_heads: heads,
    encoder_ffn_dim: 4 * width,
    decoder_ffn_dim: 4 * width,
    vocab_size: vocabulary,
    num_mel_bins: MELS,
    max_source_positions: SOURCE_FRAMES,
    max_target_positions: LONGEST_TEXT,
    median_filter_width: 7,
    decoder_start_token_id: idOf('<|startoftranscript|>'),
    bos_token_id: idOf('<|endoftext|>'),
    eos_token_id: idOf('<|endoftext|>'),
    pad_token_id: idOf('<|endoftext|>'),
    use_cache: true,
  };
}

function generationConfig({ idOf }: Tokens) {
  const end = idOf('<|endoftext|>');
  return {
    alignment_heads: [[0, 0]],
    begin_suppress_tokens: [end],
    decoder_start_token_id: idOf('<|startoftranscript|>'),
    bos_token_id: end,
    eos_token_id: end,
    pad_token_id: end,
    is_multilingual: true,
    lang_to_id: { '<|en|>': idOf('<|en|>'), '<|de|>': idOf('<|de|>') },
    task_to_id: { translate: idOf('<|translate|>'), transcribe: idOf('<|transcribe|>') },
    no_timestamps_token_id: idOf('<|notimestamps|>'),
    prev_sot_token_id: idOf('<|startofprev|>'),
    max_initial_timestamp_index: 50,
    max_length: LONGEST_TEXT,
    return_timestamps: false,
    suppress_tokens: [],
  };
}

const preprocessorConfig = {
  feature_extractor_type: 'WhisperFeatureExtractor',
  processor_class: 'WhisperProcessor',
  chunk_length: 30,
  feature_size: MELS,
  hop_length: 160,
  n_fft: 400,
  n_samples: 480_000,
  nb_max_frames: 2 * SOURCE_FRAMES,
  padding_side: 'right',
  padding_value: 0,
  return_attention_mask: false,
  sampling_rate: 16_000,
};

const tokenizerConfig = {
  tokenizer_class: 'WhisperTokenizer',
  processor_class: 'WhisperProcessor',
  bos_token: '<|endoftext|>',
  eos_token: '<|endoftext|>',
  unk_token: '<|endoftext|>',
  pad_token: '<|endoftext|>',
  add_prefix_space: false,
  clean_up_tokenization_spaces: false,
  errors: 'replace',
  model_max_length: 1024,
};

function tokenizer(plain: readonly string[], special: readonly string[]) {
  const byteLevel = { type: 'ByteLevel', trim_offsets: true, use_regex: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, index) => ({
      id: plain.length + index,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: index < special.length - TIMESTAMPS,
    })),
    normalizer: null,
    pre_tokenizer: { ...byteLevel, add_prefix_space: false },
    post_processor: null,
    decoder: { ...byteLevel, add_prefix_space: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(plain.map((token, id) => [token, id])),
      merges: [],
    },
  };
}

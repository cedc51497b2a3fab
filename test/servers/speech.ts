import { type LocalServer, type Seen, startLocalServer } from './local-server.ts';

export interface Heard {
  readonly language: string | null;
  readonly samples: Float32Array;
}

export interface SpeechServer extends LocalServer {
  readonly key: string;
  /** What it was asked to transcribe since it was reset. */
  readonly heard: Heard[];
}

const KEY = 'sk-made-up';
const WAV_HEAD_BYTES = 44;
const notFound = { status: 404, body: { detail: 'Not Found' } };

/**
 * A server with both interfaces for speech (OpenAI's audio API, and that of whisper-asr-webservice), which parses
 * what it gets as they do and says the same to all audio.
 */
export async function startSpeechServer(says: string): Promise<SpeechServer> {
  const heard: Heard[] = [];
  const server = await startLocalServer((request) => {
    if (request.headers.authorization !== `Bearer ${KEY}`)
      return { status: 401, body: { error: { message: 'Incorrect API key provided' } } };
    switch (`${request.method} ${request.url.pathname}`) {
      case 'GET /v1/models':
        return { status: 200, body: { object: 'list', data: [{ id: 'whisper-1' }] } };
      case 'GET /status':
        return { status: 200, body: { version: '1.0' } };
      case 'POST /v1/audio/transcriptions':
        return openai(request);
      case 'POST /asr':
        return whisperAsr(request);
      default:
        return notFound;
    }
  });
  return {
    ...server,
    key: KEY,
    heard,
    reset() {
      heard.length = 0;
      server.reset();
    },
  };

  function openai(request: Seen) {
    const { file, model, language, response_format: format } = formOf(request);
    const isWav = file?.toString('latin1', 0, 4) === 'RIFF';
    if (!file || !isWav || model?.toString() !== 'whisper-1' || format?.toString() !== 'json')
      return { status: 400, body: { error: { message: 'Invalid request' } } };
    heard.push({
      language: language?.toString() ?? null,
      samples: samplesOf(file.subarray(WAV_HEAD_BYTES)),
    });
    return { status: 200, body: { text: ` ${says} ` } };
  }

  function whisperAsr(request: Seen) {
    const { audio_file: file } = formOf(request);
    const query = request.url.searchParams;
    if (!file || query.get('encode') !== 'false' || query.get('output') !== 'srt')
      return { status: 422, body: { detail: 'unprocessable' } };
    heard.push({ language: query.get('language'), samples: samplesOf(file) });
    const [first = '', ...rest] = says.split(' ');
    const cue = (number: number, text: string) =>
      `${number}\n00:00:0${number},000 --> 00:00:0${number},900\n${text}\n\n`;
    return { status: 200, body: Buffer.from(cue(1, first) + cue(2, rest.join(' '))) };
  }
}

function samplesOf(data: Buffer): Float32Array {
  return Float32Array.from(
    { length: Math.floor(data.length / 2) },
    (_, index) => data.readInt16LE(2 * index) / 32_767,
  );
}

/** The parts of a multipart/form-data body (RFC 7578) by their names. */
function formOf({ headers, bytes }: Seen): Record<string, Buffer> {
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return {};
  const parts: Record<string, Buffer> = {};
  const separator = Buffer.from(`--${boundary}`);
  for (let at = bytes.indexOf(separator); at !== -1; ) {
    const next = bytes.indexOf(separator, at + separator.length);
    if (next === -1) break;
    const part = bytes.subarray(at + separator.length + 2, next - 2);
    const headEnd = part.indexOf('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(part.toString('latin1', 0, headEnd))?.[1];
    if (name !== undefined) parts[name] = part.subarray(headEnd + 4);
    at = next;
  }
  return parts;
}

import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';

/** What espeak-ng writes: 16-bit mono. */
const SAMPLE_RATE = 22_050;
const BYTES_PER_SECOND = SAMPLE_RATE * 2;
const WAV_HEADER_BYTES = 44;

const VOICES: Readonly<Record<string, string>> = { en: 'en-us', fr: 'fr-fr', de: 'de', es: 'es' };

export interface Utterance {
  readonly seconds: number;
  readonly pcm: Buffer;
}

/** One line, spoken alone: the only way to know to the sample when it starts and ends. */
export async function speak(text: string, lang: string): Promise<Utterance> {
  const voice = VOICES[lang] ?? lang;
  const args = ['-v', voice, '-s', '160', '--stdout', '--', text];
  const { stdout } = await execa('espeak-ng', args, { encoding: 'buffer' });
  const wav = Buffer.from(stdout);
  const start = wav.indexOf('data') + 8;
  const pcm = wav.subarray(start, wav.length - ((wav.length - start) % 2));
  return { seconds: pcm.length / BYTES_PER_SECOND, pcm };
}

/** The time a subtitle of this text stays when nobody speaks it. */
export function silently(text: string): Utterance {
  return { seconds: 0.8 + text.length / 16, pcm: Buffer.alloc(0) };
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(BYTES_PER_SECOND, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

export async function writeSpeech(
  file: string,
  { seconds, spoken }: { seconds: number; spoken: readonly { start: number; pcm: Buffer }[] },
): Promise<void> {
  const data = Buffer.alloc(Math.round(seconds * SAMPLE_RATE) * 2);
  for (const { start, pcm } of spoken) pcm.copy(data, Math.round(start * SAMPLE_RATE) * 2);
  await writeFile(file, Buffer.concat([wavHeader(data.length), data]));
}

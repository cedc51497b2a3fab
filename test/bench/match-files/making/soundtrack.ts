import { execa } from 'execa';

interface Soundtrack {
  /** Spoken lines, a WAV file. */
  readonly speech: string;
  readonly seconds: number;
  readonly seed: number;
  /** An MKV with a picture to put in front; a small still one unless given. */
  readonly picture?: string;
}

/** An MKV of a picture and one track of AC-3: the lines over noise, with stretches of music. */
export async function addSoundtrack(
  file: string,
  { speech, seconds, seed, picture }: Soundtrack,
): Promise<void> {
  const still = ['-f', 'lavfi', '-i', 'color=c=0x203040:size=128x96:rate=25'];
  const every = 41 + (seed % 13);
  const music = `volume='if(lt(mod(t+${seed % 29},${every}),8),0.06,0)':eval=frame`;
  const graph = [
    '[1:a]aresample=48000[speech]',
    `anoisesrc=color=pink:amplitude=0.04:seed=${seed}:sample_rate=48000[noise]`,
    `sine=frequency=${180 + (seed % 7) * 30}:sample_rate=48000,${music}[music]`,
    '[speech][noise][music]amix=inputs=3:duration=longest:normalize=0[a]',
  ];
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', ...(picture ? ['-i', picture] : still), '-i', speech],
    ...['-filter_complex', graph.join(';'), '-map', '0:v', '-map', '[a]', '-t', `${seconds}`],
    ...['-c:v', ...(picture ? ['copy'] : ['mpeg2video', '-g', '15', '-b:v', '100k'])],
    ...['-c:a', 'ac3', '-b:a', '96k', '-threads', '1', file],
  ]);
}

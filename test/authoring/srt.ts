import type { Cue } from './truth.ts';

function timestamp(seconds: number): string {
  const iso = new Date(Math.max(0, Math.round(seconds * 1000))).toISOString();
  return iso.slice(11, 23).replace('.', ',');
}

/** SubRip text of cues that end within a day. */
export function formatSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ start, end, text }, i) => {
      return `${i + 1}\n${timestamp(start)} --> ${timestamp(end)}\n${text}\n\n`;
    })
    .join('');
}

const words: Record<string, string[]> = {
  en: 'the lamp went dark and you know that we have not seen it since the tide turned for this boat captain harbour wick light mara nine storm'.split(
    ' ',
  ),
  de: 'ich habe die lampe nicht gesehen und das ist der hafen du weißt es auch sie war noch dunkel mit dem sturm zu neun uhr kapitän docht'.split(
    ' ',
  ),
  fr: 'je ne sais pas qui est dans le phare vous avez la mèche une nuit pour le capitaine mais les bateaux sont sur la mer avec ce vent'.split(
    ' ',
  ),
};

export interface MadeFile {
  /** Texts of one seed are equal, of two are not. */
  seed: number;
  cues?: number;
  /** Seconds from the first to the last line. */
  span?: number;
  language?: string;
}

interface MadeCue {
  start: number;
  end: number;
  text: string;
}

/** Dialogue that nobody wrote. */
export function madeCues({ seed, cues = 60, span = 1200, language = 'en' }: MadeFile): MadeCue[] {
  const random = randomFrom(seed);
  const pool = words[language] ?? [];
  const starts = Array.from({ length: cues }, () => 5 + random() * span).sort((a, b) => a - b);
  return starts.map((start) => {
    const line = Array.from({ length: 8 }, () => pool[Math.floor(random() * pool.length)]);
    return { start, end: start + 2, text: line.join(' ') };
  });
}

export function madeSrt(file: MadeFile): string {
  return srtOf(madeCues(file));
}

export function srtOf(cues: readonly MadeCue[]): string {
  return cues
    .map(({ start, end, text }, n) => `${n + 1}\n${timeOf(start)} --> ${timeOf(end)}\n${text}\n`)
    .join('\n');
}

function timeOf(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace('.', ',');
}

function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

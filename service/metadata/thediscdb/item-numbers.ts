/** No disc holds more; what claims so is a slip of the pen. */
const MOST_EPISODES = 100;

/** "1", "01", "Season 1", "S2"; null for anything that is not one season. */
export function seasonOf(text: string | null): number | null {
  const [, digits] = /^\s*(?:season|series|s)?\s*(\d{1,3})\s*$/i.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

/** "3", "03", "E3", "3-4", "31-E36", "S01E03-E04", "1, 2 & 5"; empty for what cannot be read. */
export function episodesOf(text: string | null): number[] {
  const plain = (text ?? '').replaceAll(/s\d{1,4}\s*(?=e)/gi, '');
  const parts = plain.split(/\s*(?:,|&|\+|\band\b)\s*/i).map(rangeOf);
  return parts.some((part) => part === null)
    ? []
    : [...new Set(parts.flatMap((part) => part ?? []))];
}

function rangeOf(text: string): number[] | null {
  const found = /^\s*(?:episodes?|ep|e)?\s*(\d{1,4})(?:\s*[-–]\s*(?:ep|e)?\s*(\d{1,4}))?\s*$/i.exec(
    text,
  );
  if (!found) return null;
  const first = Number(found[1]);
  const last = Number(found[2] ?? first);
  const length = last - first + 1;
  if (length < 1 || length > MOST_EPISODES) return null;
  return Array.from({ length }, (_, index) => first + index);
}

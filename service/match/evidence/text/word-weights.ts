/**
 * What each word tells about a document: ln(1 + (N - df + 0.5) / (df + 0.5)), the inverse document frequency of
 * Okapi BM25 in the form that never falls below zero. `documents` are the distinct words of each of N documents.
 */
export function wordWeights(documents: readonly ReadonlySet<number>[]): Map<number, number> {
  const frequency = new Map<number, number>();
  for (const document of documents)
    for (const word of document) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const total = documents.length;
  return new Map(
    Array.from(frequency, ([word, df]) => [word, Math.log(1 + (total - df + 0.5) / (df + 0.5))]),
  );
}

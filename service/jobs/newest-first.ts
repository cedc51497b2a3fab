/**
 * Order of jobs and questions by their ids (ULIDs, which begin with the time). Compared as they are: by the rules of a
 * language it would be the same order, and 3 MiB of tables.
 */
export function newestFirst(a: { id: string }, b: { id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

/** A year in which there may be films; anything else is a slip of the pen. */
export function plausibleYear(year: number | null): number | null {
  return year !== null && Number.isInteger(year) && year >= 1870 && year <= 2200 ? year : null;
}

/**
 * Endings of a file stem that players read as something else: `part 1`, `cd2`, `disc 3` make two files parts of one
 * item; `-trailer` or `-short` make a film an extra; `sample` hides a file.
 */

const NUMBERS = [
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen',
  'Sixteen Seventeen Eighteen Nineteen Twenty',
].flatMap((line) => line.split(' '));

const PART = /(?<=^|[ _.\-[(])(cd|dvd|part|pt|dis[ck])[ _.-]*(\d+|[a-d])([\])]*)$/i;
const KINDS =
  'trailer|sample|scene|clip|interview|behindthescenes|deleted|deletedscene|featurette|short|extra|other';
const KIND_ENDING = new RegExp(`\\s*[-._](${KINDS})$`, 'i');
/** These two are also recognised behind " - ". */
const SPACED_ENDING = /\s+-\s+(trailer|sample)$/i;

/** The same name without an ending that a player obeys: "Part 1" becomes "Part One", "-short" " short". */
export function withoutTraps(stem: string): string {
  return stem
    .replace(
      PART,
      (_, word: string, number: string, closing: string) => `${word} ${inWords(number)}${closing}`,
    )
    .replace(SPACED_ENDING, ' $1')
    .replace(KIND_ENDING, ' $1');
}

/** Plex and Jellyfin leave out short files called "sample". */
export function withoutSample(text: string): string {
  return text.replace(/\bsample(s?)\b/gi, (_, plural: string) => `Excerpt${plural}`);
}

function inWords(number: string): string {
  const word = /^\d{1,2}$/.test(number) ? NUMBERS[Number(number)] : undefined;
  return word ?? `(${number})`;
}

/** Labels that authoring programs write when nobody gave one, and catalogue numbers. */
const patterns: readonly RegExp[] = [
  /^(?:my |new |the )?(?:dvd|cd|bd|blu-? ?ray|uhd|4k|disc|disk|disco|disque|volume|video|movie|film|title|image|backup|data|master|copy|project|authoring|main)(?:[ -]?(?:video|rom|disc|disk|volume|label|id|movie|master|copy|authoring|image|backup|project|r|rw|ram|\+r|-r|recording|[0-9]{1,2}))*$/i,
  /^(?:dvd ?video ?recording|video ?ts|vts \d+( \d+)?|logical ?volume ?id(?:entifier)?|volume ?(?:id|label)|udf(?: ?volume)?|new ?volume|audio cd|cdrom|iso ?image|(?:cd|dvd|bd)?rom)$/i,
  /^(?:untitled|undefined|unknown|unnamed|no ?name|no ?label|no ?title|none|null|label|new|test|output|export|final|main|feature|main feature|main ?movie|bdmv|iso|default|sonic|scenarist|nero|toast|idvd|dvdlab|dvd ?lab|encore|convertxtodvd|dvdfab|imgburn|hd)[ -]?\d*$/i,
  /^(?:dvd|video|vr|disc|backup)? ?(?:19|20)\d{2}[- ]?[01]\d[- ]?[0-3]\d(?:[ -]?\d{2,6}){0,3}$/i,
  /^\p{L}{0,5}[- ]?\d{5,}\p{L}{0,3}\d*$/iu,
  /^(?=.*\d)[0-9a-f-]{8,}$/i,
  // Catalogue numbers of publishers: consonants and four digits, "GNBF-2345"; THX 1138 is a film.
  /^(?!thx\b)[b-df-hj-np-tv-z]{3,6}[- ]?\d{3,4}$/i,
  // Letters and digits in turn: "F1X2K34Z"; "2FAST2FURIOUS" has few digits for its length.
  /^(?=(?:[^\d]*\d){4})(?:\p{L}{1,3}\d{1,3}){3,}\p{L}{0,3}$/iu,
];

export function saysSomething(text: string): boolean {
  return !patterns.some((pattern) => pattern.test(text));
}

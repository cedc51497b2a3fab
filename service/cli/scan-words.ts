import type { TitleRole } from '../contract/title.ts';
import { durationInWords } from '../duration-in-words.ts';
import type { DiscAnalysis } from '../identify/structure/analysis.ts';
import type { DiscScan, ScannedTitle } from '../scan/record.ts';
import { sizeInWords } from '../size-in-words.ts';
import type { Paint } from './paint.ts';
import { type Column, tableOf } from './table.ts';
import { count, printable } from './words.ts';

interface Row {
  title: ScannedTitle;
  role: TitleRole;
  related: readonly number[];
}

const formats: Readonly<Record<DiscScan['kind'], string>> = {
  dvd: 'DVD',
  bluray: 'Blu-ray',
  uhd: 'Ultra HD Blu-ray',
};
const protections: Readonly<Record<NonNullable<DiscScan['encryption']>, string>> = {
  css: 'CSS',
  aacs: 'AACS',
  bdplus: 'BD+',
};
const kindNames: Readonly<Record<string, string>> = {
  tv: 'a series',
  movie: 'a film',
  extras: 'extras',
};
const channelNames: Readonly<Record<number, string>> = {
  1: 'mono',
  2: 'stereo',
  6: '5.1',
  7: '6.1',
};

/** A scan for people: the disc in some lines, its titles as a table. */
export function scanInWords(scan: DiscScan, analysis: DiscAnalysis, paint: Paint): string {
  const roles = new Map(analysis.titles.map((title) => [title.number, title]));
  const rows = scan.titles.map((title): Row => {
    const { role = 'unknown', related = [] } = roles.get(title.number) ?? {};
    return { title, role, related };
  });
  const [heading = '', ...lines] = tableOf(columns, rows);
  return [
    `${paint('bold', printable(scan.label || scan.source))}  ${formats[scan.kind]}, ${count(scan.titles.length, 'title')}, ${sizeInWords(scan.bytes)}`,
    ...facts(scan).map(([name, value]) => `${paint('gray', name.padEnd(12))} ${value}`),
    ...judgement(analysis).map(([name, value]) => `${paint('gray', name.padEnd(12))} ${value}`),
    ...scan.damaged.map((what) => `${paint('yellow', '! damaged'.padEnd(12))} ${printable(what)}`),
    ...scan.unreadable.map(
      ({ number, reason }) =>
        `${paint('yellow', '! unreadable')} title ${number}: ${printable(reason)}`,
    ),
    '',
    paint('gray', heading),
    ...lines.map((line, index) => (isAside(rows[index]?.role) ? paint('gray', line) : line)),
  ].join('\n');
}

function facts({ name, encryption, fingerprint, globalId }: DiscScan): [string, string][] {
  const needsMakeMkv = 'Discflow cannot rip it without MakeMKV';
  return [
    ...(name === null ? [] : [['name', printable(name)] satisfies [string, string]]),
    ['encryption', encryption === null ? 'none' : `${protections[encryption]}: ${needsMakeMkv}`],
    ['fingerprint', fingerprint],
    ['global id', globalId ?? 'none'],
  ];
}

/** What the structure speaks for, and what a person would be asked. */
function judgement({ kinds, asks, obfuscation, joined, orderConfirmed }: DiscAnalysis) {
  const [first, ...rivals] = kinds;
  const lines: [string, string][] = [];
  if (first) lines.push(['looks like', guessInWords(first)]);
  if (asks) for (const rival of rivals) lines.push(['or', guessInWords(rival)]);
  if (orderConfirmed === false)
    lines.push(['order', 'the play-all runs otherwise than the title numbers']);
  for (const { number, episodes } of joined)
    lines.push(['joined', `title ${number} looks like ${episodes} episodes in a row`]);
  if (obfuscation)
    lines.push([
      'obfuscated',
      `${count(obfuscation.decoys, 'title')} hide the right one; first to try: ${obfuscation.candidates.join(', ')}`,
    ]);
  return lines;
}

function guessInWords({ kind, probability, says }: DiscAnalysis['kinds'][number]): string {
  const name = kindNames[kind] ?? 'nothing in particular';
  return `${name} (${Math.round(probability * 100)} %): ${says}`;
}

/** What is of no use of its own. */
function isAside(role: TitleRole | undefined): boolean {
  return role === 'play-all' || role === 'duplicate' || role === 'decoy' || role === 'junk';
}

const columns: Column<Row>[] = [
  { heading: 'TITLE', cell: ({ title }) => String(title.number), align: 'right' },
  { heading: 'ROLE', cell: roleInWords },
  { heading: 'LENGTH', cell: ({ title }) => durationInWords(title.duration), align: 'right' },
  { heading: 'CHAPTERS', cell: ({ title }) => String(title.chapters.length), align: 'right' },
  { heading: 'SIZE', cell: ({ title }) => sizeInWords(title.bytes), align: 'right' },
  { heading: 'VIDEO', cell: ({ title }) => videoInWords(title) },
  { heading: 'AUDIO', cell: ({ title }) => title.audio.map(audioInWords).join(', ') },
  { heading: 'SUBTITLES', cell: ({ title }) => title.subtitles.map(subtitleInWords).join(', ') },
];

/** Members of a play-all, all of which matter, that a line has room for. */
const MOST_MEMBERS = 8;
/** Decoys of each other say no more by the hundred than by the first few. */
const MOST_DECOYS = 3;

function roleInWords({ role, related }: Row): string {
  if (related.length === 0) return role;
  const most = role === 'decoy' ? MOST_DECOYS : MOST_MEMBERS;
  const more = related.length > most ? ` and ${related.length - most} more` : '';
  return `${role} of ${related.slice(0, most).join(', ')}${more}`;
}

function videoInWords({ video, angles }: ScannedTitle): string {
  const { codec, width, height, aspect, hdr } = video;
  const several = angles > 1 ? `, ${angles} angles` : '';
  return `${[codec, `${width}×${height}`, aspect, hdr].filter(Boolean).join(' ')}${several}`;
}

function audioInWords({ language, codec, channels, kind }: ScannedTitle['audio'][number]): string {
  const special = kind === 'normal' ? '' : ` (${kind})`;
  return `${language} ${codec} ${channelNames[channels] ?? `${channels} ch`}${special}`;
}

function subtitleInWords({ language, kind }: ScannedTitle['subtitles'][number]): string {
  return kind === 'normal' ? language : `${language} (${kind})`;
}

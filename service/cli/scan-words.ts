import { kindsOf } from '../identify/kind.ts';
import { rolesOf } from '../identify/roles.ts';
import { worksOf } from '../identify/works.ts';
import type { DiscScan, ScannedTitle } from '../scan/record.ts';
import type { Paint } from './paint.ts';
import { type Column, tableOf } from './table.ts';
import { count, durationInWords, printable, sizeInWords } from './words.ts';

interface Row {
  title: ScannedTitle;
  role: string;
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
export function scanInWords(scan: DiscScan, paint: Paint): string {
  const works = worksOf(scan.titles);
  const [guess] = kindsOf(works);
  const roles = rolesOf(guess?.kind ?? 'unknown', works);
  const rows = scan.titles.map((title) => ({
    title,
    role: roles.get(title.number)?.role ?? 'unknown',
  }));
  const [heading = '', ...lines] = tableOf(columns, rows);
  return [
    `${paint('bold', printable(scan.label || scan.source))}  ${formats[scan.kind]}, ${count(scan.titles.length, 'title')}, ${sizeInWords(scan.bytes)}`,
    ...facts(scan).map(([name, value]) => `${paint('gray', name.padEnd(12))} ${value}`),
    ...(guess ? [`${paint('gray', 'looks like'.padEnd(12))} ${guessInWords(guess)}`] : []),
    ...scan.damaged.map((what) => `${paint('yellow', '! damaged'.padEnd(12))} ${printable(what)}`),
    '',
    paint('gray', heading),
    ...lines.map((line, index) => (rows[index]?.title.relation ? paint('gray', line) : line)),
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

function guessInWords({ kind, probability, says }: ReturnType<typeof kindsOf>[number]): string {
  const name = kindNames[kind] ?? 'nothing in particular';
  return `${name} (${Math.round(probability * 100)} %): ${says}`;
}

const columns: Column<Row>[] = [
  { heading: 'TITLE', cell: ({ title }) => String(title.number), align: 'right' },
  { heading: 'ROLE', cell: ({ role, title }) => roleInWords(role, title) },
  { heading: 'LENGTH', cell: ({ title }) => durationInWords(title.duration), align: 'right' },
  { heading: 'CHAPTERS', cell: ({ title }) => String(title.chapters.length), align: 'right' },
  { heading: 'SIZE', cell: ({ title }) => sizeInWords(title.bytes), align: 'right' },
  { heading: 'VIDEO', cell: ({ title }) => videoInWords(title) },
  { heading: 'AUDIO', cell: ({ title }) => title.audio.map(audioInWords).join(', ') },
  { heading: 'SUBTITLES', cell: ({ title }) => title.subtitles.map(subtitleInWords).join(', ') },
];

function roleInWords(role: string, { relation }: ScannedTitle): string {
  if (!relation) return role;
  const numbers = relation.of.join(', ');
  return `${role === 'unknown' ? relation.kind : role} of ${numbers}`;
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

import type { DiscScan, DvdTitle, ScannedTitle } from '../../service/scan/record.ts';
import { durationText, rateText, sizeText } from './figures.ts';
import { languageOf } from './languages.ts';
import { groupOf } from './output-name.ts';
import type { Robot } from './robot.ts';
import { type Stream, streamsOf } from './selection.ts';
import { type ListedTitle, sourceFile } from './titles.ts';

const TYPE_DVD = 6206;
const TYPE_BLURAY = 6209;
const streamTypes = { video: 6201, audio: 6202, subtitle: 6203 };
const PANEL = { disc: 6119, title: 6120, stream: 6121 };
const LOSSLESS = 5088;
const layouts = new Map([
  [1, { code: 5090, name: 'Mono', layout: 'mono' }],
  [2, { code: 5091, name: 'Stereo', layout: 'stereo' }],
  [6, { code: 0, name: 'Surround 5.1', layout: '5.1(side)' }],
]);

type Codec = readonly [id: string, short: string, long: string];
const codecs: Readonly<Record<string, Codec>> = {
  mpeg1: ['V_MPEG1', 'Mpeg1', 'Mpeg1'],
  mpeg2: ['V_MPEG2', 'Mpeg2', 'Mpeg2'],
  avc: ['V_MPEG4/ISO/AVC', 'Mpeg4', 'Mpeg4 AVC High@L4.1'],
  hevc: ['V_MPEGH/ISO/HEVC', 'MpegH', 'MpegH HEVC Main10@L5.1'],
  vc1: ['V_MS/VFW/FOURCC', 'VC1', 'VC1'],
  ac3: ['A_AC3', 'DD', 'Dolby Digital'],
  eac3: ['A_EAC3', 'DD+', 'Dolby Digital Plus'],
  truehd: ['A_TRUEHD', 'TrueHD', 'Dolby TrueHD'],
  dts: ['A_DTS', 'DTS', 'DTS'],
  'dts-hd': ['A_DTS', 'DTS-HD HRA', 'DTS-HD High Resolution Audio'],
  'dts-hd-ma': ['A_DTS', 'DTS-HD MA', 'DTS-HD Master Audio'],
  mpeg: ['A_MPEG/L2', 'MP2', 'MPEG Audio'],
  lpcm: ['A_PCM/INT/LIT', 'LPCM', 'LPCM'],
  vobsub: ['S_VOBSUB', '', 'Dvd Subtitles'],
  pgs: ['S_HDMV/PGS', 'PGS', 'HDMV PGS Subtitles'],
};

/** TCOUNT, CINFO, TINFO and SINFO rows in the order and with the attributes of real captures. */
export function tellDisc(
  scan: DiscScan,
  titles: readonly (ListedTitle & { name: string })[],
  robot: Robot,
): void {
  robot.count(titles.length);
  const name = scan.name ?? scan.label;
  const isDvd = scan.kind === 'dvd';
  robot.disc(1, isDvd ? TYPE_DVD : TYPE_BLURAY, isDvd ? 'DVD' : 'Blu-ray');
  robot.disc(2, 0, name);
  robot.disc(30, 0, name);
  robot.disc(31, PANEL.disc, '<b>Source</b><br>');
  robot.disc(32, 0, scan.label);
  robot.disc(33, 0, '0');
  for (const listed of titles) tellTitle(listed, isDvd ? null : scan.name, robot);
}

function tellTitle(
  { index, title, name }: ListedTitle & { name: string },
  discName: string | null,
  robot: Robot,
): void {
  const tell = (attribute: number, value: string, code = 0) =>
    robot.title(index, attribute, code, value);
  const { chapters, bytes, duration } = title;
  const group = groupOf(title);
  if (discName !== null) tell(2, discName);
  if (chapters.length > 0) tell(8, String(chapters.length));
  tell(9, durationText(duration));
  tell(10, sizeText(bytes));
  tell(11, String(bytes));
  if ('playlist' in title) tell(16, sourceFile(title));
  if ('titleSet' in title) tell(24, String(title.number).padStart(2, '0'));
  const segments = segmentsOf(title);
  tell(25, String(segments.length));
  tell(26, segments.join(','));
  tell(27, name);
  const summary = [discName, `${chapters.length} chapter(s) , ${sizeText(bytes)}`];
  tell(30, `${summary.filter((part) => part !== null).join(' - ')}${group ? ` (${group})` : ''}`);
  tell(31, '<b>Title</b><br>', PANEL.title);
  tell(33, '0');
  if (group) tell(49, group);
  for (const [number, stream] of streamsOf(title).entries())
    tellStream(stream, title, robot, [index, number]);
}

function tellStream(
  stream: Stream,
  { video }: ScannedTitle,
  robot: Robot,
  [title, number]: readonly [number, number],
): void {
  const tell = (attribute: number, value: string, code = 0) =>
    robot.stream(title, number, attribute, code, value);
  const [id, short, long] = codecs[stream.type === 'video' ? video.codec : stream.track.codec] ?? [
    '',
    '',
    '',
  ];
  const language = stream.type === 'video' ? null : languageOf(stream.track.language);
  const layout = stream.type === 'audio' ? layouts.get(stream.track.channels) : undefined;
  tell(1, stream.type, streamTypes[stream.type]);
  if (layout) tell(2, layout.name, layout.code);
  if (language) {
    tell(3, language.code);
    tell(4, language.name);
  }
  tell(5, id);
  tell(6, short);
  tell(7, long);
  if (stream.type === 'audio') {
    tell(14, String(stream.track.channels));
    tell(17, '48000');
  }
  if (stream.type === 'video') {
    tell(19, `${video.width}x${video.height}`);
    if (video.aspect !== null) tell(20, video.aspect);
    if (video.fps !== null) tell(21, rateText(video.fps));
  }
  tell(22, String(flagsOf(stream)));
  tell(30, [short, layout?.name, language?.name].filter(Boolean).join(' '));
  tell(31, '<b>Track</b><br>', PANEL.stream);
  tell(33, stream.type === 'video' ? '0' : '90');
  tell(38, stream.type === 'audio' && number === 1 ? 'd' : '');
  if (layout) tell(40, layout.layout);
  tell(42, '( lossless )', LOSSLESS);
}

const FORCED = 4096;
const COMMENTARY = 1;
const VISUALLY_IMPAIRED = 4;

function flagsOf(stream: Stream): number {
  if (stream.type === 'video') return 0;
  if (stream.track.kind === 'forced') return FORCED;
  if (stream.track.kind === 'commentary') return COMMENTARY;
  return stream.track.kind === 'visually-impaired' ? VISUALLY_IMPAIRED : 0;
}

/** DVD: numbers of cells that play without interruption; Blu-ray: numbers of clips. */
function segmentsOf(title: ScannedTitle): string[] {
  if ('items' in title) return title.items.map(({ clip }) => String(Number(clip)));
  return 'cells' in title ? cellRuns(title) : [];
}

function cellRuns({ cells }: DvdTitle): string[] {
  const runs: { vob: string; first: number; last: number }[] = [];
  for (const [index, { key }] of cells.entries()) {
    const vob = key.slice(0, key.indexOf('.'));
    const run = runs.at(-1);
    if (run?.vob === vob) run.last = index + 1;
    else runs.push({ vob, first: index + 1, last: index + 1 });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
}

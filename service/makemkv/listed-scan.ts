import { createHash } from 'node:crypto';
import type { AudioTrack, SubtitleTrack, VideoTrack } from '../contract/title.ts';
import { currentLanguage } from '../rip/track-language.ts';
import { cleanLabel } from '../scan/label.ts';
import type { UnreadStructure } from '../scan/read-structure.ts';
import type { ListedScan, ListedTitle } from '../scan/record.ts';
import { findRelations } from '../scan/relations.ts';
import {
  attributes,
  type MakeMkvListing,
  type MakeMkvStream,
  type MakeMkvTitle,
} from './listing.ts';

/** A disc whose structure we cannot read, as MakeMKV tells of it. Lengths are doubtful evidence. */
export function listedScan(listing: MakeMkvListing, known: UnreadStructure): ListedScan {
  const titles = numbered(listing.titles);
  const label = known.label || cleanLabel(listing.label || listing.name);
  return {
    v: 1,
    structure: 'makemkv',
    kind: kindOf(listing),
    source: known.source,
    label,
    name: listing.name === '' || listing.name === listing.label ? null : cleanLabel(listing.name),
    fingerprint: known.fingerprint ?? makeshiftFingerprint(label, titles),
    globalId: null,
    bytes: known.bytes || titles.reduce((largest, { bytes }) => Math.max(largest, bytes), 0),
    encryption: known.encryption,
    titles: findRelations(titles),
    unreadable: [],
    damaged: [known.damaged],
  };
}

function kindOf({ kind, titles }: MakeMkvListing): ListedScan['kind'] {
  if (kind === 'dvd') return 'dvd';
  const isUhd = titles.some(({ streams }) =>
    streams.some(
      (stream) =>
        textOf(stream, attributes.codec) === 'V_MPEGH/ISO/HEVC' &&
        textOf(stream, attributes.videoSize) === '3840x2160',
    ),
  );
  return isUhd ? 'uhd' : 'bluray';
}

/** Of a title with angles the first stands for all; one without a number of the disc gets one of its own. */
function numbered(titles: readonly MakeMkvTitle[]): ListedTitle[] {
  const byNumber = new Map<number, MakeMkvTitle[]>();
  for (const title of titles) {
    const number = title.number ?? UNNUMBERED + title.index;
    byNumber.set(number, [...(byNumber.get(number) ?? []), title]);
  }
  return [...byNumber]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, angles]) => {
      const [first] = angles;
      return first ? [titleOf(number, first, angles.length)] : [];
    });
}

const UNNUMBERED = 900_000;

function titleOf(number: number, title: MakeMkvTitle, angles: number): ListedTitle {
  const of = (kind: MakeMkvStream['kind']) =>
    title.streams.filter((stream) => stream.kind === kind);
  return {
    number,
    duration: title.duration,
    bytes: title.bytes,
    video: videoOf(of('video')[0]),
    angles: Math.min(99, angles),
    chapters: Array.from(
      { length: title.chapters },
      (_, index) => (title.duration * index) / title.chapters,
    ),
    relation: null,
    audio: of('audio').map((stream, streamId) => ({ ...audioOf(stream), streamId })),
    subtitles: of('subtitles').map((stream, streamId) => ({ ...subtitleOf(stream), streamId })),
    clips: title.clips === null ? null : [...title.clips],
  };
}

function textOf(stream: MakeMkvStream | undefined, attribute: number): string {
  return stream?.attributes.get(attribute)?.value ?? '';
}

const videoCodecs: Readonly<Record<string, VideoTrack['codec']>> = {
  V_MPEG1: 'mpeg1',
  V_MPEG2: 'mpeg2',
  'V_MPEG4/ISO/AVC': 'avc',
  'V_MPEGH/ISO/HEVC': 'hevc',
  'V_MS/VFW/FOURCC': 'vc1',
};

function videoOf(stream: MakeMkvStream | undefined): VideoTrack {
  const [width = 0, height = 0] = textOf(stream, attributes.videoSize).split('x').map(Number);
  const aspect = textOf(stream, attributes.aspect);
  const fps = Number.parseFloat(textOf(stream, attributes.frameRate));
  return {
    codec: videoCodecs[textOf(stream, attributes.codec)] ?? 'unknown',
    width: width || 0,
    height: height || 0,
    aspect: aspect === '4:3' || aspect === '16:9' ? aspect : null,
    fps: fps > 0 ? fps : null,
    interlaced: false,
    hdr: null,
  };
}

const audioCodecs: Readonly<Record<string, AudioTrack['codec']>> = {
  A_AC3: 'ac3',
  A_EAC3: 'eac3',
  A_TRUEHD: 'truehd',
  A_DTS: 'dts',
  A_AAC: 'aac',
  'A_MPEG/L2': 'mpeg',
  'A_MPEG/L3': 'mpeg',
  'A_PCM/INT/LIT': 'lpcm',
  'A_PCM/INT/BIG': 'lpcm',
};

/** Stream flags of apdefs.h. */
const flags = { commentary: 1 | 2, visuallyImpaired: 4, forced: 4096 } as const;

function audioOf(stream: MakeMkvStream): AudioTrack {
  const set = Number(textOf(stream, attributes.streamFlags)) || 0;
  const channels = Number(textOf(stream, attributes.channels)) || 2;
  return {
    codec: audioCodecs[textOf(stream, attributes.codec)] ?? 'unknown',
    language: languageOf(stream),
    channels: Math.min(16, Math.max(1, channels)),
    kind:
      (set & flags.commentary) !== 0
        ? 'commentary'
        : (set & flags.visuallyImpaired) !== 0
          ? 'visually-impaired'
          : 'normal',
  };
}

const subtitleCodecs: Readonly<Record<string, SubtitleTrack['codec']>> = {
  S_VOBSUB: 'vobsub',
  'S_HDMV/PGS': 'pgs',
  'S_CC608/DVD': 'captions',
};

function subtitleOf(stream: MakeMkvStream): SubtitleTrack {
  const set = Number(textOf(stream, attributes.streamFlags)) || 0;
  return {
    codec: subtitleCodecs[textOf(stream, attributes.codec)] ?? 'unknown',
    language: languageOf(stream),
    kind: (set & flags.forced) !== 0 ? 'forced' : 'normal',
  };
}

/** MakeMKV gives ISO 639-2 codes ("fre"); we speak of "fr" as our own readers do. */
function languageOf(stream: MakeMkvStream): string {
  const code = textOf(stream, attributes.language).toLowerCase();
  return /^[a-z]{2,3}$/.test(code) ? currentLanguage(code).slice(0, 3) : 'und';
}

/** Not TheDiscDB's: only good to know this disc again, from sizes and lengths that stay the same. */
function makeshiftFingerprint(label: string, titles: readonly ListedTitle[]): string {
  const facts = titles.map(({ number, bytes, duration }) => [number, bytes, duration]);
  return createHash('md5')
    .update(JSON.stringify([label, facts]))
    .digest('hex')
    .toUpperCase();
}

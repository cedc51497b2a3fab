import type { AudioTrack, SubtitleTrack, VideoTrack } from '../../contract/title.ts';
import type { Fields } from './fields.ts';
import { type StreamAttributes, streamAttributes } from './stream-attributes.ts';

/** The streams that a stretch of a playlist offers, by their PIDs. */
export interface StreamTable {
  video: (VideoTrack & { streamId: number })[];
  audio: (AudioTrack & { streamId: number })[];
  subtitles: (SubtitleTrack & { streamId: number })[];
}

/**
 * Reads the STN table of a PlayItem (libbluray, mpls_parse.c). Secondary audio is spoken over the
 * film and subtitles of picture-in-picture go with it: both are commentary.
 */
export function parseStreamTable(fields: Fields): StreamTable {
  fields.skip(2);
  const [video, audio, graphics, menus] = [fields.u8(), fields.u8(), fields.u8(), fields.u8()];
  const [secondAudio, secondVideo] = [fields.u8(), fields.u8()];
  const [pictureGraphics, dolbyVision] = [fields.u8(), fields.u8()];
  fields.skip(4);
  const table: StreamTable = { video: [], audio: [], subtitles: [] };
  for (let left = video; left > 0; left--) addStream(table, fields, 'normal');
  for (let left = audio; left > 0; left--) addStream(table, fields, 'normal');
  for (let left = graphics; left > 0; left--) addStream(table, fields, 'normal');
  for (let left = pictureGraphics; left > 0; left--) addStream(table, fields, 'commentary');
  for (let left = menus; left > 0; left--) readStream(fields);
  for (let left = secondAudio; left > 0; left--) {
    addStream(table, fields, 'commentary');
    skipReferences(fields);
  }
  for (let left = secondVideo; left > 0; left--) {
    readStream(fields);
    skipReferences(fields);
    skipReferences(fields);
  }
  if (dolbyVision > 0)
    table.video = table.video.map((track) => ({ ...track, hdr: 'dolby-vision' as const }));
  return table;
}

/** Streams that come out of another file beside the clip are left out, but for text subtitles. */
function addStream(table: StreamTable, fields: Fields, kind: 'normal' | 'commentary'): void {
  const { streamId, isInClip, ...stream } = readStream(fields);
  const isText = stream.type === 'subtitles' && stream.track.codec === 'text';
  if (!isInClip && !isText) return;
  if (stream.type === 'video') table.video.push({ ...stream.track, streamId });
  if (stream.type === 'audio') table.audio.push({ ...stream.track, streamId, kind });
  if (stream.type === 'subtitles') table.subtitles.push({ ...stream.track, streamId, kind });
}

/** Where the PID is in the entry of each kind of stream: of the clip, of another one, or inside of it. */
const pidPlace: Readonly<Record<number, number>> = { 1: 0, 2: 2, 3: 1, 4: 2 };
const inClipKinds = new Set([1, 3]);

type Stream = StreamAttributes & { streamId: number; isInClip: boolean };

function readStream(fields: Fields): Stream {
  const entry = fields.part(fields.u8());
  const attributes = fields.part(fields.u8());
  const kind = entry.u8();
  const place = pidPlace[kind];
  entry.skip(place ?? 0);
  const streamId = place === undefined ? 0 : entry.u16();
  return { ...streamAttributes(attributes), streamId, isInClip: inClipKinds.has(kind) };
}

/** Numbers of streams that may be combined with this one, padded to whole words. */
function skipReferences(fields: Fields): void {
  const count = fields.u8();
  fields.skip(1 + count + (count % 2));
}

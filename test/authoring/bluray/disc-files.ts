import { pack, withLength } from './big-endian.ts';

/** index.bdmv: first playback, top menu, and a title for each playlist, each a movie object. */
export function indexFile(titles: number, version = '0200'): Buffer {
  const info = withLength(Buffer.alloc(34));
  const object = (id: number) => pack([4, 1 << 30], [2, 0, id], [4, 0]);
  const objects = Array.from({ length: titles }, (_, id) => object(id));
  const table = withLength(object(0), object(0), [2, titles], ...objects);
  return pack(`INDX${version}`, [4, 40 + info.length, 0], Buffer.alloc(24), info, table);
}

/** MovieObject.bdmv: objects of one command each, "play playlist n". */
export function movieObjects(playlists: readonly number[]): Buffer {
  const objects = playlists.map((number) =>
    pack([2, 0x8000, 1], [1, 0x22, 0x80, 0, 0], [4, number, 0]),
  );
  const table = withLength([4, 0], [2, playlists.length], ...objects);
  return pack('MOBJ0200', [4, 0], Buffer.alloc(28), table);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** META/DL/bdmt_<language>.xml. */
export function discLibrary(name: string, language: string): string {
  const text = name.replace(/[&<>]/g, (sign) => escapes[sign] ?? '');
  return `<?xml version="1.0" encoding="utf-8"?>
<disclib xmlns="urn:BDA:bdmv;disclib"><di:discinfo xmlns:di="urn:BDA:bdmv;discinfo">
<di:title><di:name>${text}</di:name></di:title><di:language>${language}</di:language>
</di:discinfo></disclib>
`;
}

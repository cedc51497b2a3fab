import assert from 'node:assert/strict';
import type { BlurayTitle } from '../../../service/scan/record.ts';
import { findRelations, relationsOf } from '../../../service/scan/relations.ts';
import type { Playable } from '../../../service/scan/segments.ts';
import { playlist } from './bluray-titles.ts';

/** "1 2600 s 5,7,9": a title of a list that names clips without their lengths. */
function listed(text: string): Playable {
  const [number = '', duration = '', clips = ''] = text.split(' ');
  return {
    number: Number(number),
    duration: Number(duration),
    bytes: null,
    richness: 0,
    segments: clips.split(',').map((key) => ({ key, weight: null })),
  };
}

/** A title of a DVD of which only length and size are known. */
function opaque(number: number, duration: number, bytes: number | null): Playable {
  return { number, duration, bytes, richness: 0, segments: null };
}

function found(titles: readonly Playable[]): Record<number, string> {
  const relations = [...relationsOf(titles)];
  return Object.fromEntries(
    relations.map(([number, { kind, of }]) => [number, `${kind} ${of.join(' ')}`.trim()]),
  );
}

describe('relations of listed clips', () => {
  it('finds the play-all of scenes that end in the same card, from lengths alone', () => {
    const seconds = [75, 106, 72, 151, 42, 37];
    const scenes = seconds.map((length, index) => listed(`${index + 1} ${length} ${index + 2},22`));
    const total = seconds.reduce((sum, length) => sum + length, 0) - 5 * (seconds.length - 1);
    const playAll = listed(`9 ${total} 2,3,4,5,6,7,22`);
    assert.deepEqual(found([...scenes, playAll]), { 9: 'play-all 1 2 3 4 5 6' });
  });

  it('finds two cuts that share half of their clips', () => {
    assert.deepEqual(found([listed('1 9300 0,1,2,3,4,5'), listed('2 10200 0,1,2,13,14,5')]), {
      1: 'cut 2',
      2: 'cut 1',
    });
  });

  it('takes no episodes that end in the same logo for cuts of one another', () => {
    const one = ['1 2724 4,64', '2 2731 3,64', '3 2739 2,64', '4 2744 1,64', '5 2731 0,64'];
    assert.deepEqual(found(one.map(listed)), {});
    const two = ['1 2734 3,7', '2 2732 2,64', '3 2731 1,64', '4 2733 0,7'];
    assert.deepEqual(found(two.map(listed)), {});
  });

  it('tells cuts from an episode that only ends in the same logo', () => {
    const titles = ['1 5643 0,1,2,41', '2 6775 0,1,3', '3 2787 49,41', '4 2896 15,41'];
    assert.deepEqual(found(titles.map(listed)), { 1: 'cut 2', 2: 'cut 1' });
  });

  it('takes titles for cuts that are too big for a disc if they did not share most of what they play', () => {
    const versions = ['1 7000 1,9', '2 7001 2,9', '3 7002 3,9'].map(listed);
    const big = versions.map((title) => ({ ...title, bytes: 40e9 }));
    assert.deepEqual(found(big), { 1: 'cut 2 3', 2: 'cut 1 3', 3: 'cut 1 2' });
  });

  it('takes the richest of equal titles for the original', () => {
    const titles = [listed('1 1400 5,6'), { ...listed('2 1400 5,6'), richness: 4 }];
    assert.deepEqual(found(titles), { 1: 'duplicate 2' });
  });

  it('recognises permuted playlists from eight orders on, and leaves fewer alone', () => {
    const clips = ['1', '2', '3', '4'];
    const orders = clips.flatMap((first) =>
      clips
        .filter((clip) => clip !== first)
        .map((second) => [first, second, ...clips.filter((c) => c !== first && c !== second)]),
    );
    const titles = (count: number) =>
      orders.slice(0, count).map((order, index) => listed(`${index} 6000 ${order.join(',')}`));
    const kinds = (count: number) =>
      new Set([...relationsOf(titles(count)).values()].map(({ kind }) => kind));
    assert.deepEqual([...kinds(8)], ['decoy']);
    assert.deepEqual([...kinds(7)], ['cut']);
  });

  it('recognises a playlist that jumps about in one clip, but not one that plays it in order', () => {
    const starts = Array.from({ length: 100 }, (_, index) => index * 1000);
    const title = (number: number, times: readonly number[]): Playable => ({
      ...opaque(number, 6000, null),
      segments: times.map((time) => ({ key: `00010:${time}`, weight: 1000 })),
    });
    const jumping = starts.map((_, index) => (index * 37_000) % 100_000);
    assert.deepEqual(found([title(1, jumping), title(2, [...starts])]), {
      1: 'decoy',
    });
  });
});

describe('relations of titles that cannot be compared', () => {
  it('finds a play-all that is as long and as big as the titles that follow one another', () => {
    const titles = [
      opaque(1, 5412, 4_784_000_000),
      opaque(2, 1352, 1_195_000_000),
      opaque(3, 1356, 1_198_000_000),
      opaque(4, 1353, 1_195_500_000),
      opaque(5, 1354, 1_196_000_000),
      opaque(6, 600, 400_000_000),
    ];
    assert.deepEqual(found(titles), { 1: 'play-all 2 3 4 5' });
  });

  it('does not take two copies of a title with a logo between them for one', () => {
    const titles = [opaque(7, 3005, 2_864e6), opaque(8, 1, 1e5), opaque(11, 3008, 2_864.1e6)];
    assert.deepEqual(found(titles), {});
  });

  it('does not add up sizes that are rounded', () => {
    assert.deepEqual(
      found([opaque(1, 5200, null), opaque(2, 2600, null), opaque(3, 2600, null)]),
      {},
    );
  });

  it('takes a title of the same length and size to the byte for a duplicate', () => {
    const titles = [opaque(3, 411, 314_667_008), opaque(4, 411, 314_667_008), opaque(5, 411, 3e8)];
    assert.deepEqual(found(titles), { 4: 'duplicate 3' });
  });
});

describe('relations of playlists', () => {
  const relationsFrom = (...titles: BlurayTitle[]) =>
    Object.fromEntries(
      findRelations(titles).flatMap(({ number, relation }) =>
        relation ? [[number, `${relation.kind} ${relation.of.join(' ')}`]] : [],
      ),
    );

  it('finds a play-all that leaves its episodes some frames earlier than they end themselves', () => {
    const found = relationsFrom(
      playlist(1, '00001 0-1420'),
      playlist(2, '00002 0-1420'),
      playlist(3, '00001 0-1419.8', '00002 0.1-1420'),
    );
    assert.deepEqual(found, { 3: 'play-all 1 2' });
  });

  it('finds a play-all of one clip that holds all episodes', () => {
    const found = relationsFrom(
      playlist(1, '00001 0-1400'),
      playlist(2, '00001 1400-2800'),
      playlist(3, '00001 2800-4200'),
      playlist(4, '00001 0-4200'),
    );
    assert.deepEqual(found, { 4: 'play-all 1 2 3' });
  });

  it('finds two cuts that leave the same clip at different places', () => {
    const found = relationsFrom(playlist(1, '00001 0-5000'), playlist(2, '00001 0-5400'));
    assert.deepEqual(found, { 1: 'cut 2', 2: 'cut 1' });
  });
});

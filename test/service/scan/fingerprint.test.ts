import assert from 'node:assert/strict';
import { contentHash, dvdFiles } from '../../../service/scan/fingerprint.ts';

/** Real discs in TheDiscDB; sizes from their catalogue entries. */
const discs: [string, string, string][] = [
  [
    'Sherlock, disc 1',
    '8DA6C52B5125F09488F8CEB3DD95DF04',
    `00000.m2ts 21233018880 00001.m2ts 21162977280 00002.m2ts 3520512 00003.m2ts 70520832
     00004.m2ts 43653120 00005.m2ts 835584 00006.m2ts 731136 00007.m2ts 210776064`,
  ],
  [
    'Farscape, season 1 disc 2, which is listed out of order',
    'E42CD89F901DEAE9D89E7C0E09E4590A',
    `00013.m2ts 3938304 00014.m2ts 3858432 00000.m2ts 927744 00012.m2ts 124145664
     00015.m2ts 2469888 00011.m2ts 160800768 00010.m2ts 9503643648 00009.m2ts 9676253184
     00007.m2ts 9570600960 00008.m2ts 9531899904 00006.m2ts 270336 00005.m2ts 9652826112
     00003.m2ts 13203456 00002.m2ts 17559552 00016.m2ts 2291712`,
  ],
  [
    'First Knight, side A',
    '9C2C10FF54392F64EDDBF315EE76E557',
    `VIDEO_TS.BUP 8192 VIDEO_TS.IFO 8192 VTS_01_0.BUP 90112 VTS_01_0.IFO 90112
     VTS_01_0.VOB 6715392 VTS_01_1.VOB 1073739776 VTS_01_2.VOB 1073739776
     VTS_01_3.VOB 1073739776 VTS_01_4.VOB 1073739776 VTS_01_5.VOB 149389312`,
  ],
  [
    '24, season 1 disc 1',
    '61485B316D32A8ECF5961523172045BF',
    `VIDEO_TS.BUP 20480 VIDEO_TS.IFO 20480 VIDEO_TS.VOB 1746944
     VTS_01_0.BUP 18432 VTS_01_0.IFO 18432 VTS_01_0.VOB 229376 VTS_01_1.VOB 10240
     VTS_02_0.BUP 14336 VTS_02_0.IFO 14336 VTS_02_1.VOB 7942144
     VTS_03_0.BUP 14336 VTS_03_0.IFO 14336 VTS_03_1.VOB 12845056
     VTS_04_0.IFO 116736 VTS_04_0.BUP 116736 VTS_04_0.VOB 6850560
     VTS_04_1.VOB 1073709056 VTS_04_2.VOB 1073709056 VTS_04_3.VOB 1073709056
     VTS_04_4.VOB 1073709056 VTS_04_5.VOB 1073709056 VTS_04_6.VOB 1073709056
     VTS_04_7.VOB 1073709056 VTS_04_8.VOB 674633728`,
  ],
  ['one size', 'D86ABC728DF7FB7A74E6FABFFC1BD47C', 'a 1024'],
  ['three sizes', '6EA135E733DB603765376D13F02A2D9D', 'a 16384 b 65536 c 1073709056'],
  [
    'sizes near 32 bits',
    'BDBE26D0B80A907C50D1D44110BDA399',
    'a 1000000000 b 2000000000 c 1500000000',
  ],
];

describe('content hash', () => {
  for (const [name, hash, list] of discs)
    it(`of ${name}`, () => assert.equal(contentHash(parseList(list)), hash));

  it('needs the order of the names: that of the list gives another', () => {
    const [, , list = ''] = discs[1] ?? [];
    const inListedOrder = parseList(list).map(({ bytes }, index) => ({
      name: String(index).padStart(2, '0'),
      bytes,
    }));
    assert.equal(contentHash(inListedOrder), '6C0E57D2DA4CFF490112319D6EE14783');
  });

  it('counts the files of VIDEO_TS that belong to a DVD', () => {
    const paths = ['VIDEO_TS/VIDEO_TS.IFO', 'VIDEO_TS/.DS_STORE', 'VIDEO_TS/X/Y.VOB', 'AACS/A.IFO'];
    const files = paths.map((path) => ({ path, bytes: 1 }));
    assert.deepEqual(dvdFiles({ files }), [{ name: 'VIDEO_TS.IFO', bytes: 1 }]);
  });
});

function parseList(list: string) {
  const words = list.trim().split(/\s+/);
  return words.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, bytes: Number(words[index + 1]) }] : [],
  );
}

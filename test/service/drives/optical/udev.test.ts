import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseUdevRecord } from '../../../../service/drives/optical/linux/udev-database.ts';
import {
  createUdevEventReader,
  type UdevEvent,
} from '../../../../service/drives/optical/linux/udev-events.ts';
import {
  contentOf,
  decodeEscapes,
  hardwareOf,
} from '../../../../service/drives/optical/linux/udev-properties.ts';
import type { MediaFacts } from '../../../../service/scan/media-facts.ts';
import { driveProperties, dvdMedia, files } from './fake-system.ts';

const shared = new URL('../../../../../shared/bench/makemkv/udev/', import.meta.url);

function contentBy(properties: Record<string, string>, bytes: number | null = null) {
  return contentOf(new Map(Object.entries({ ...driveProperties(0), ...properties })), bytes);
}

function mediaBy(properties: Record<string, string>): MediaFacts {
  const content = contentBy({ ID_CDROM_MEDIA: '1', ...properties });
  return content.state === 'loaded' ? content.media : assert.fail(content.state);
}

describe('what udev says of a disc', () => {
  const types: Record<string, [Record<string, string>, Partial<MediaFacts>]> = {
    'a pressed DVD': [
      { ...dvdMedia, ...files('FILM') },
      { type: 'dvd', label: 'FILM', dataTracks: 1 },
    ],
    'a burned DVD': [{ ID_CDROM_MEDIA_DVD_PLUS_R_DL: '1' }, { type: 'dvd' }],
    'a Blu-ray': [{ ID_CDROM_MEDIA_BD: '1' }, { type: 'bluray' }],
    'a rewritable Blu-ray': [{ ID_CDROM_MEDIA_BD_RE: '1' }, { type: 'bluray' }],
    'an audio CD': [
      { ID_CDROM_MEDIA_CD: '1', ID_CDROM_MEDIA_TRACK_COUNT_AUDIO: '12' },
      { type: 'cd', audioTracks: 12, dataTracks: null },
    ],
    'a burned audio CD': [
      { ID_CDROM_MEDIA_CD_R: '1', ID_CDROM_MEDIA_TRACK_COUNT_AUDIO: '9' },
      { type: 'cd', audioTracks: 9 },
    ],
    'a CD with sound and data': [
      {
        ID_CDROM_MEDIA_CD: '1',
        ID_CDROM_MEDIA_TRACK_COUNT_AUDIO: '10',
        ID_CDROM_MEDIA_TRACK_COUNT_DATA: '1',
      },
      { type: 'cd', audioTracks: 10, dataTracks: 1 },
    ],
    'a blank disc': [
      { ID_CDROM_MEDIA_DVD_R: '1', ID_CDROM_MEDIA_STATE: 'blank' },
      { type: 'dvd', blank: true },
    ],
    'a disc that is neither': [
      { ID_CDROM_MEDIA_MO: '1', ID_CDROM_MEDIA_STATE: 'other' },
      { type: 'unknown', blank: false },
    ],
  };
  for (const [name, [properties, facts]] of Object.entries(types))
    it(`knows ${name}, whatever the drive is able to`, () => {
      assert.deepEqual({ ...mediaBy(properties), ...facts }, mediaBy(properties));
    });

  it('takes the abilities of a drive for no disc', () => {
    assert.deepEqual(contentBy({}), { state: 'empty' });
  });

  it('waits for a drive that has a disc and does not know yet which', () => {
    assert.deepEqual(contentBy({ ID_CDROM_MEDIA: '1' }), { state: 'loading' });
  });

  it('reads labels as they are, not as udev writes them', () => {
    const label = mediaBy({ ...dvdMedia, ID_FS_LABEL_ENC: 'D\\xc3\\xa9j\\xc3\\xa0\\x20Vu' }).label;
    assert.equal(label, 'Déjà Vu');
    assert.equal(decodeEscapes('no\\escape \\x2'), 'no\\escape \\x2');
  });

  it('tells the number of a drive from that of its bridge', () => {
    const usb = { ID_BUS: 'usb', ID_USB_SERIAL_SHORT: 'B1', ID_SERIAL_SHORT: 'B1' };
    const serials = (change: Record<string, string>) => {
      const { serial, bridgeSerial } = hardwareOf(
        new Map(Object.entries({ ...driveProperties(0), ...change })),
      );
      return [serial, bridgeSerial];
    };
    assert.deepEqual(serials({}), ['K1AB0', null]);
    assert.deepEqual(serials(usb), [null, 'B1']);
    assert.deepEqual(serials({ ...usb, ID_SCSI_SERIAL: 'K7' }), ['K7', 'B1']);
  });

  it('reads the records of real drives', function () {
    if (!existsSync(shared)) {
      console.log('      skipped: ../shared is not here');
      this.skip();
    }
    const read = (name: string) => parseUdevRecord(readFileSync(new URL(name, shared), 'utf8'));
    assert.deepEqual(contentOf(read('udev-empty-tray.b11.txt'), null), { state: 'empty' });
    const bluray = read('udev-bd-rom.b11.txt');
    const content = contentOf(bluray, 25_000_000_000);
    assert.deepEqual(content.state === 'loaded' && content.media, {
      type: 'bluray',
      blank: false,
      audioTracks: null,
      dataTracks: 1,
      bytes: 25_000_000_000,
      label: 'IVANHOE',
      fileSystem: 'udf',
      uuid: '0377b9d320202020',
    });
    assert.deepEqual(hardwareOf(bluray), {
      serial: null,
      bridgeSerial: '1234567892BB',
      port: 'pci-0000:06:00.3-usb-0:1.1.2.1:1.0-scsi-0:0:0:0',
      vendor: 'PIONEER',
      model: 'BD-RW BDR-211M',
      revision: '1.53',
    });
  });
});

const heading = 'UDEV  [1234.567890] change   /devices/pci0000:00/block/sr0 (block)';
const block = [heading, 'ACTION=change', 'DEVNAME=/dev/sr0', 'ID_FS_LABEL=A=B', ''];

function eventsOf(lines: readonly string[]): UdevEvent[] {
  const events: UdevEvent[] = [];
  const read = createUdevEventReader((event) => events.push(event));
  for (const line of lines) read(line);
  return events;
}

describe('the events of udevadm', () => {
  it('are told with the empty line that ends them', () => {
    const [event] = eventsOf(block);
    assert.deepEqual([event?.action, event?.name], ['change', 'sr0']);
    assert.equal(event?.properties.get('ID_FS_LABEL'), 'A=B');
    assert.deepEqual(eventsOf(block.slice(0, -1)), []);
  });

  it('end with the next heading, too', () => {
    assert.equal(eventsOf([...block.slice(0, -1), ...block]).length, 2);
  });

  it('are not made of greetings and noise', () => {
    const noise = [
      'monitor will print the received events for:',
      'A=B',
      '',
      'x',
      '=',
      '',
      heading,
      '',
    ];
    assert.deepEqual(eventsOf(noise), []);
  });

  it('survive any text in between, and what comes after it is read', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...block))), (lines) => {
        const events = eventsOf([...lines, '', ...block]);
        assert.equal(events.at(-1)?.properties.get('ID_FS_LABEL'), 'A=B');
      }),
    );
  });

  it('do not grow without end', () => {
    const endless = Array.from({ length: 100_000 }, (_, index) => `K${index}=${'x'.repeat(100)}`);
    const [event] = eventsOf([heading, 'ACTION=add', 'DEVNAME=/dev/sr0', ...endless, '']);
    assert.equal(event?.properties.size, 500);
  });
});

describe('udev’s records', () => {
  it('are read whatever is in them', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const properties = parseUdevRecord(text);
        assert.ok(contentOf(properties, null));
        assert.ok(hardwareOf(properties));
      }),
    );
  });

  it('give back every property that was written', () => {
    const key = fc.stringMatching(/^[A-Z_]{1,20}$/);
    const value = fc.string().map((text) => text.replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.dictionary(key, value), (properties) => {
        const text = Object.entries(properties).map(([name, is]) => `E:${name}=${is}`);
        assert.deepEqual(Object.fromEntries(parseUdevRecord(['I:1', ...text, 'V:1'].join('\n'))), {
          ...properties,
        });
      }),
    );
  });
});

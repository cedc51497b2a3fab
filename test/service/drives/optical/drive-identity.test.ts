import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Id } from '../../../../service/contract/values.ts';
import {
  type DriveName,
  idOf,
  namesake,
} from '../../../../service/drives/optical/drive-identity.ts';
import type { DriveHardware, DriveSighting } from '../../../../service/drives/optical/platform.ts';
import { empty, sighted } from './some-drive.ts';

const bridged = { serial: null, bridgeSerial: '0000', port: 'usb-1', model: 'BD-RE 16' };

function drive(hardware: Partial<DriveHardware>, name = 'sr0'): DriveSighting {
  const known = sighted(empty).hardware;
  return sighted(empty, { name, device: `/dev/${name}`, hardware: { ...known, ...hardware } });
}

function identify(
  sighting: DriveSighting,
  known: Partial<Parameters<typeof idOf>[1]> = {},
): string {
  const nothing = {
    wishes: [],
    names: [],
    taken: new Set<string>(),
    others: [],
    devices: new Map(),
  };
  return idOf(sighting, { ...nothing, ...known });
}

function named(id: string, hardware: Partial<DriveHardware>): DriveName {
  const { serial, port, bridgeSerial, model } = drive(hardware).hardware;
  return { id, serial, port, bridgeSerial, model };
}

describe('which drive it is', () => {
  it('does not depend on the number that the kernel gave', () => {
    assert.equal(identify(drive({}, 'sr0')), identify(drive({}, 'sr7')));
    assert.match(identify(drive({})), /^bd-re-16-[0-9a-f]{6}$/);
  });

  const wishes: Record<string, [object, Partial<DriveHardware>, boolean]> = {
    'its own number': [{ serial: 'K1AB2' }, {}, true],
    'the number of its bridge': [{ serial: '0000' }, bridged, true],
    'its port': [{ port: 'usb-1' }, bridged, true],
    'its device': [{ device: '/dev/sr0' }, {}, true],
    'a link to its device': [{ device: '/dev/disk/by-id/x' }, {}, true],
    'another number': [{ serial: 'OTHER' }, {}, false],
    'another port': [{ port: 'usb-2' }, bridged, false],
  };
  for (const [name, [wish, hardware, fits]] of Object.entries(wishes))
    it(`${fits ? 'takes' : 'does not take'} the id that the configuration gives to ${name}`, () => {
      const id = identify(drive(hardware), {
        wishes: [{ id: 'alias', ...wish }],
        devices: new Map([['/dev/disk/by-id/x', '/dev/sr0']]),
      });
      assert.equal(id === 'alias', fits);
    });

  const known: Record<string, [DriveName, Partial<DriveHardware>, boolean]> = {
    'by its number at another port': [named('old', {}), { port: 'elsewhere' }, true],
    'by its port when it states no number': [
      named('old', { serial: null }),
      { serial: null },
      true,
    ],
    'by its bridge at another port': [named('old', bridged), { ...bridged, port: 'usb-9' }, true],
    'not by a port where another model is now': [
      named('old', bridged),
      { ...bridged, bridgeSerial: null, model: 'DVD 8' },
      false,
    ],
    'not by a port where a drive with another number is now': [
      named('old', {}),
      { serial: 'NEW' },
      false,
    ],
  };
  for (const [name, [before, hardware, fits]] of Object.entries(known))
    it(`is known again ${name}`, () => {
      assert.equal(identify(drive(hardware), { names: [before] }) === 'old', fits);
    });

  it('tells two drives with one number apart by their ports, whichever comes first', () => {
    const [a, b] = [drive({ port: 'p1' }, 'sr0'), drive({ port: 'p2' }, 'sr1')];
    assert.equal(namesake(b, [a])?.name, 'sr0');
    const first = identify(a);
    const second = identify(b, { others: [a], taken: new Set([first]) });
    assert.notEqual(first, second);
    const names = [named(first, { port: 'p1' }), named(second, { port: 'p2' })];
    assert.equal(identify(b, { others: [a], names, taken: new Set([first]) }), second);
  });

  it('is always a level of a topic, and no one else’s', () => {
    const text = fc.option(fc.string(), { nil: null });
    fc.assert(
      fc.property(text, text, text, text, (serial, bridgeSerial, port, model) => {
        const sighting = drive({ serial, bridgeSerial, port, model });
        const id = identify(sighting);
        assert.ok(Id.safeParse(id).success, id);
        assert.notEqual(identify(sighting, { taken: new Set([id]) }), id);
      }),
    );
  });
});

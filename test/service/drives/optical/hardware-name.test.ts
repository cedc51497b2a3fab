import assert from 'node:assert/strict';
import { hardwareName } from '../../../../service/drives/optical/hardware-name.ts';

describe('the name of a drive for people', () => {
  const names: [vendor: string | null, model: string | null, name: string][] = [
    ['HL-DT-ST', 'BD-RE WH16NS40', 'HL-DT-ST BD-RE WH16NS40'],
    ['QEMU', 'QEMU DVD-ROM', 'QEMU DVD-ROM'],
    [null, 'DVD-ROM', 'DVD-ROM'],
    ['ASUS', null, 'ASUS'],
    [null, null, ''],
  ];
  for (const [vendor, model, name] of names)
    it(`is "${name}" for ${vendor} and ${model}`, () => {
      assert.equal(hardwareName({ vendor, model }), name);
    });
});

import assert from 'node:assert/strict';
import { portPath } from '../../../../service/drives/optical/linux/port-path.ts';

const DEVICES = '/sys/devices/pci0000:00';

/** Folders in sysfs, and what udev says of them. */
const ports: { name: string; folder: string; ataPort?: string; path: string | null }[] = [
  {
    name: 'a drive at a SATA port',
    folder: `${DEVICES}/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0/block/sr0`,
    ataPort: '3',
    path: 'pci-0000:00:1f.2-ata-3.0',
  },
  {
    name: 'a drive behind a bridge of the bus',
    folder: `${DEVICES}/0000:00:1c.4/0000:03:00.0/ata7/host6/target6:0:0/6:0:0:0/block/sr1`,
    ataPort: '1',
    path: 'pci-0000:03:00.0-ata-1.0',
  },
  {
    name: 'a drive at a USB port',
    folder: `${DEVICES}/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sr0`,
    path: 'pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:0',
  },
  {
    name: 'a drive at a USB hub',
    folder: `${DEVICES}/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0/host9/target9:0:0/9:0:0:1/block/sr2`,
    path: 'pci-0000:00:14.0-usb-0:1.4:1.0-scsi-0:0:0:1',
  },
  {
    name: 'a drive of a virtual machine',
    folder: `${DEVICES}/0000:00:03.0/virtio0/host8/target8:0:2/8:0:2:0/block/sr2`,
    path: 'pci-0000:00:03.0-scsi-0:0:2:0',
  },
  {
    name: 'a drive on a bus that is not known here',
    folder: '/sys/devices/platform/vhci_hcd.0/usb3/3-1/3-1:1.0/host3/target3:0:0/3:0:0:0/block/sr0',
    path: null,
  },
  { name: 'what is no drive', folder: '/sys/devices/virtual/block/loop0', path: null },
];

describe('the port of a drive', () => {
  for (const { name, folder, ataPort = null, path } of ports)
    it(`is written as udev does: ${name}`, () => {
      assert.equal(portPath(folder, ataPort), path);
    });

  it('stays when the kernel gives the buses and hosts other numbers', () => {
    const before = `${DEVICES}/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sr0`;
    const after = `${DEVICES}/0000:00:14.0/usb3/3-2/3-2:1.0/host9/target9:0:0/9:0:0:0/block/sr4`;
    assert.equal(portPath(before, null), portPath(after, null));
  });
});

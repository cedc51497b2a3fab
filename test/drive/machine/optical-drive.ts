import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Qmp } from './qmp.ts';

const Blocks = z.array(
  z.object({ qdev: z.string().optional(), tray_open: z.boolean().optional(), locked: z.boolean() }),
);

/** Between opening a tray and taking the disc, as a hand does; the guest must see both. */
const HAND_MS = 50;

/** What is wrong with a disc. */
export interface DiscFault {
  /** Sectors of 512 bytes that cannot be read. */
  readonly badSectors?: readonly number[];
  readonly bytesPerSecond?: number;
}

/** What a person does to a drive. */
export interface Hands {
  /** Lays the disc in, instead of one that is in, and closes the tray. */
  insert(image: string, fault?: DiscFault): Promise<void>;
  /** Takes the disc out at once, whatever the drive or the system is doing. */
  pull(): Promise<void>;
  /** Presses the button; a locked drive only tells the system of it. */
  pressButton(): Promise<void>;
  /** Pushes the tray in, with the disc that lies on it. */
  pushTray(): Promise<void>;
  trayIsOpen(): Promise<boolean>;
}

let discs = 0;

/** The hands on the drive that QEMU knows by this id. */
export function handsOn(qmp: Qmp, id: string): Hands {
  const tray = (command: 'open' | 'close', more = {}) =>
    qmp.command(`blockdev-${command}-tray`, { id, ...more });
  const pull = async () => {
    await tray('open', { force: true });
    await sleep(HAND_MS);
    await qmp.command('blockdev-remove-medium', { id });
  };
  return {
    async insert(image, fault = {}) {
      const node = await addDisc(qmp, image, fault);
      await pull().catch((error) => {
        // An empty drive has nothing to take out.
        if (!/no medium|not inserted/i.test(String(error))) throw error;
      });
      await qmp.command('blockdev-insert-medium', { id, 'node-name': node });
      await tray('close');
    },
    pull,
    pressButton: async () => void (await tray('open')),
    pushTray: async () => void (await tray('close')),
    async trayIsOpen() {
      const blocks = Blocks.parse(await qmp.command('query-block'));
      return blocks.find(({ qdev }) => qdev === id)?.tray_open ?? false;
    },
  };
}

/** Plugs another drive in while the machine runs. */
export async function plugIn(qmp: Qmp, { id, serial }: { id: string; serial: string }) {
  await qmp.command('device_add', { driver: 'scsi-cd', bus: 'scsi.0', id, serial });
  return handsOn(qmp, id);
}

/** Pulls the plug of a drive, with the disc in it. */
export async function unplug(qmp: Qmp, id: string): Promise<void> {
  await qmp.command('device_del', { id });
}

/** A disc is a stack: the image, its scratches, its speed. Returns the name of what is on top. */
async function addDisc(qmp: Qmp, image: string, fault: DiscFault): Promise<string> {
  const name = `disc${discs++}`;
  const add = (options: object) => qmp.command('blockdev-add', { 'read-only': true, ...options });
  const { badSectors = [], bytesPerSecond } = fault;
  let top = `${name}-image`;
  await add({ driver: 'file', filename: image, 'node-name': top });
  if (badSectors.length > 0) {
    const errors = badSectors.map((sector) => ({ event: 'none', errno: 5, sector }));
    await add({
      driver: 'blkdebug',
      'node-name': `${name}-scratched`,
      image: top,
      'inject-error': errors,
    });
    top = `${name}-scratched`;
  }
  if (bytesPerSecond !== undefined) {
    const limits = { 'bps-read': bytesPerSecond };
    await qmp.command('object-add', { 'qom-type': 'throttle-group', id: `${name}-group`, limits });
    const driver = { driver: 'throttle', 'throttle-group': `${name}-group` };
    await add({ ...driver, 'node-name': `${name}-slow`, file: top });
    top = `${name}-slow`;
  }
  await add({ driver: 'raw', 'node-name': name, file: top });
  return name;
}

import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createLinuxPlatform } from '../../../../service/drives/optical/linux/linux.ts';
import type { ToolFinder } from '../../../../service/tools/find.ts';
import { createToolRunner } from '../../../../service/tools/run.ts';

const bin = fileURLToPath(new URL('../../../bin', import.meta.url));

type Properties = Record<string, string>;

/** What udev says of a drive without a disc: abilities of the drive, and how it is plugged in. */
export function driveProperties(number: number, change: Properties = {}): Properties {
  return {
    ID_CDROM: '1',
    ID_CDROM_CD: '1',
    ID_CDROM_CD_R: '1',
    ID_CDROM_DVD: '1',
    ID_CDROM_BD: '1',
    ID_BUS: 'ata',
    ID_VENDOR: 'ACME',
    ID_MODEL: 'BD-RE_16X',
    ID_MODEL_ENC: 'BD-RE\\x2016X\\x20\\x20',
    ID_REVISION: '1.02',
    ID_SERIAL: `ACME_BD-RE_16X_K1AB${number}`,
    ID_SERIAL_SHORT: `K1AB${number}`,
    ID_PATH: `pci-0000:00:17.0-ata-${number + 3}`,
    ...change,
  };
}

export const dvdMedia: Properties = {
  ID_CDROM_MEDIA: '1',
  ID_CDROM_MEDIA_DVD: '1',
  ID_CDROM_MEDIA_STATE: 'complete',
  ID_CDROM_MEDIA_SESSION_COUNT: '1',
  ID_CDROM_MEDIA_TRACK_COUNT: '1',
  ID_CDROM_MEDIA_TRACK_COUNT_DATA: '1',
};

export function files(label: string, uuid = '2026010112000000'): Properties {
  return {
    ID_FS_LABEL: label.replaceAll(' ', '_'),
    ID_FS_LABEL_ENC: label.replaceAll(' ', '\\x20'),
    ID_FS_UUID: uuid,
    ID_FS_TYPE: 'udf',
    ID_FS_VERSION: '1.02',
    ID_FS_USAGE: 'filesystem',
  };
}

/** A machine's /sys, /run/udev, /dev and /proc in a folder, with stand-ins for the programs that look at drives. */
export class FakeSystem {
  readonly folder: string;
  readonly root: string;
  readonly #tools: ReadonlySet<string>;
  readonly #drives = new Map<number, Properties>();
  #sequence = 1000;

  private constructor(folder: string, tools: readonly string[]) {
    this.folder = folder;
    this.root = join(folder, 'root');
    this.#tools = new Set(tools);
  }

  static async create(
    tools = ['udevadm', 'cdrom_id', 'blkid', 'eject', 'sg_prevent', 'sg_start'],
  ): Promise<FakeSystem> {
    const system = new FakeSystem(await mkdtemp(join(tmpdir(), 'discflow-udev-')), tools);
    for (const path of ['sys/block', 'run/udev/data', 'dev', 'proc/self', 'etc'])
      await mkdir(join(system.root, path), { recursive: true });
    await writeFile(join(system.folder, 'events'), '');
    process.env.DISCFLOW_TEST_UDEV = system.folder;
    return system;
  }

  async remove(): Promise<void> {
    delete process.env.DISCFLOW_TEST_UDEV;
    await rm(this.folder, { recursive: true, force: true });
  }

  platform(pollMs = 50) {
    return createLinuxPlatform({ find: this.find, run: this.run, root: this.root, pollMs });
  }

  readonly run = createToolRunner();

  readonly find: ToolFinder['find'] = async (name) =>
    this.#tools.has(name) ? { name, path: join(bin, name), version: '' } : null;

  async plug(number: number, change: Properties = {}, { udev = true } = {}): Promise<void> {
    const properties = driveProperties(number, change);
    this.#drives.set(number, properties);
    const folder = join(this.root, 'sys/block', `sr${number}`);
    await mkdir(join(folder, 'device/scsi_generic', `sg${number + 1}`), { recursive: true });
    await writeFile(join(folder, 'size'), '2097151\n');
    await writeFile(join(folder, 'stat'), '0 0 0\n');
    await writeFile(join(folder, 'device/vendor'), 'ACME    \n');
    await writeFile(join(folder, 'device/model'), 'BD-RE 16X       \n');
    await writeFile(join(folder, 'device/rev'), '1.02\n');
    await writeFile(join(this.root, 'dev', `sr${number}`), '');
    await writeFile(join(this.root, 'dev', `sg${number + 1}`), '');
    await writeFile(join(this.folder, `empty-record-sr${number}`), record(properties));
    await writeFile(
      join(this.folder, `empty-event-sr${number}`),
      this.#event(number, 'change', properties),
    );
    // With its number a drive is there, and the kernel gives it that last.
    await writeFile(join(folder, 'dev'), `11:${number}\n`);
    if (udev) await this.tell(number, {}, 'add');
  }

  async unplug(number: number, { udev = true } = {}): Promise<void> {
    await rm(join(this.root, 'sys/block', `sr${number}`), { recursive: true });
    await rm(this.#recordPath(number), { force: true });
    if (udev) await this.#emit(number, 'remove', this.#drives.get(number) ?? {});
  }

  /** Udev has noticed something: its record first, then its event. */
  async tell(number: number, media: Properties, action = 'change'): Promise<void> {
    const properties = { ...this.#drives.get(number), ...media };
    await this.writeRecord(number, media);
    await this.#emit(number, action, properties);
  }

  async writeRecord(number: number, media: Properties): Promise<void> {
    const properties = { ...this.#drives.get(number), ...media };
    const unfinished = join(this.folder, `record-${this.#sequence++}`);
    await writeFile(unfinished, record(properties));
    await rename(unfinished, this.#recordPath(number));
  }

  /** What the kernel has measured, in its own sectors. */
  async measure(number: number, sectors: number): Promise<void> {
    await writeFile(join(this.root, 'sys/block', `sr${number}`, 'size'), `${sectors}\n`);
  }

  async answer(number: number, media: Properties | null, filesystem: Properties = {}) {
    const lines = (values: Properties) =>
      Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
    const path = join(this.folder, `answer-sr${number}`);
    if (media === null) await rm(path, { force: true });
    else await writeFile(path, lines({ ID_CDROM: '1', ...media }).join(''));
    await writeFile(join(this.folder, `files-sr${number}`), lines(filesystem).join(''));
  }

  async mount(number: number, path: string | null): Promise<void> {
    const line = `90 22 11:${number} / ${path} ro - udf /dev/sr${number} ro\n`;
    await writeFile(join(this.root, 'proc/self/mountinfo'), path === null ? '' : line);
  }

  /** "locked", "mounted", "broken", "hang", "crash" */
  set(mark: string): Promise<void> {
    return writeFile(join(this.folder, mark), '');
  }

  clear(mark: string): Promise<void> {
    return rm(join(this.folder, mark), { force: true });
  }

  async calls(): Promise<string[]> {
    const text = await readFile(join(this.folder, 'calls'), 'utf8').catch(() => '');
    // Devices by their names: they are in a folder of ours here.
    return text
      .replaceAll(`${join(this.root, 'dev')}/`, '')
      .split('\n')
      .filter(Boolean);
  }

  /** Process ids of the stand-ins that run: they are known by their environment. */
  async children(): Promise<string[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const ours = await Promise.all(
      pids.map(async (pid) => {
        const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
        return environment.includes(`DISCFLOW_TEST_UDEV=${this.folder}`);
      }),
    );
    return pids.filter((_, index) => ours[index]);
  }

  /** Resolves when udevadm tells of what happens from now on. */
  async listening(): Promise<void> {
    while (!(await this.calls()).includes('udevadm listens')) await sleep(20);
    await sleep(100);
  }

  async #emit(number: number, action: string, properties: Properties): Promise<void> {
    await appendFile(join(this.folder, 'events'), this.#event(number, action, properties));
  }

  #event(number: number, action: string, properties: Properties): string {
    const path = `/devices/pci0000:00/0000:00:17.0/ata${number + 3}/host${number}/target${number}:0:0/${number}:0:0:0/block/sr${number}`;
    const all = {
      ACTION: action,
      DEVPATH: path,
      SUBSYSTEM: 'block',
      DEVNAME: `/dev/sr${number}`,
      DEVTYPE: 'disk',
      SEQNUM: String(this.#sequence++),
      ...properties,
      MAJOR: '11',
      MINOR: String(number),
    };
    const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`);
    return `UDEV  [${this.#sequence}.123456] ${action.padEnd(8)} ${path} (block)\n${lines.join('')}\n`;
  }

  #recordPath(number: number): string {
    return join(this.root, 'run/udev/data', `b11:${number}`);
  }
}

function record(properties: Properties): string {
  const lines = Object.entries(properties).map(([key, value]) => `E:${key}=${value}\n`);
  return `S:cdrom\nL:-100\nI:1803008812636\n${lines.join('')}G:systemd\nV:1\n`;
}

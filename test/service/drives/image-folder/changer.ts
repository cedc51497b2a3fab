import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageFolder } from '../../../../service/drives/image-folder/image-folder.ts';

type EjectTo = ConstructorParameters<typeof ImageFolder>[0]['ejectTo'];

/** A real image folder with the drive on it, and everything that the drive told. */
export class Changer {
  readonly told: string[] = [];
  readonly root: string;
  readonly folder: string;
  drive: ImageFolder;

  private constructor(root: string) {
    this.root = root;
    this.folder = join(root, 'discs');
    this.drive = this.#build({});
  }

  static async create(): Promise<Changer> {
    const changer = new Changer(await mkdtemp(join(tmpdir(), 'discflow-drive-')));
    await mkdir(changer.folder);
    return changer;
  }

  async remove(): Promise<void> {
    await this.drive.stop();
    await rm(this.root, { recursive: true, force: true });
  }

  /** A new drive on the same folder and memory, as after a restart of the service. */
  async start(options: { ejectTo?: EjectTo; settleSeconds?: number } = {}): Promise<void> {
    await this.drive.stop();
    this.told.length = 0;
    this.drive = this.#build(options);
    await this.drive.start();
  }

  /** Drops an image; `age` in seconds makes it older than those dropped later. */
  async drop(name: string, { age = 0, content = name } = {}): Promise<void> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    const time = new Date(Date.UTC(2026, 0, 1) - age * 1000);
    await utimes(path, time, time);
  }

  async dropFolder(name: string, inner: string): Promise<void> {
    await mkdir(join(this.folder, name, inner), { recursive: true });
    await writeFile(join(this.folder, name, inner, 'VIDEO_TS.IFO'), 'x');
  }

  /** Waits until the condition holds; says what was told when it never does. */
  async until(condition: () => boolean, seconds = 6): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!condition()) {
      if (performance.now() > end)
        throw new Error(`still waiting; told so far: ${this.told.join(', ')}`);
      await sleep(10);
    }
  }

  untilTold(line: string): Promise<void> {
    return this.until(() => this.told.includes(line));
  }

  #build({ ejectTo = 'auto' as EjectTo, settleSeconds = 0.15 }): ImageFolder {
    return new ImageFolder({
      id: 'images',
      name: 'Images',
      folder: this.folder,
      settleSeconds,
      ejectTo,
      memory: join(this.root, 'state', 'images.json'),
      listener: {
        inserted: ({ label }) => this.told.push(`in ${label}`),
        removed: ({ label }, by) => this.told.push(`out ${label} by ${by}`),
        changed: () => undefined,
      },
    });
  }
}

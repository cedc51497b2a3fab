import assert from 'node:assert/strict';
import { mkdir, rmdir } from 'node:fs/promises';
import { mock } from 'node:test';
import { DiscflowError } from '../../../../service/errors.ts';
import {
  empty,
  film,
  holding,
  loading,
  music,
  open,
  SomeDrive,
  show,
  sighted,
  unknown,
  unlabelled,
} from './some-drive.ts';

/** What is seen, with milliseconds that pass in between, and what is told of it. */
const stories: Record<string, { seen: (ReturnType<typeof holding> | number)[]; told: string[] }> = {
  'tells nothing of an empty drive': { seen: [empty, 5000, open, 5000], told: [] },
  'waits until a disc has been quiet': { seen: [empty, holding(film), 400], told: [] },
  'tells of a disc once it has been quiet': {
    seen: [empty, holding(film), 600],
    told: ['in LONG_MERIDIAN'],
  },
  'takes several reports of one insertion as one disc': {
    seen: [empty, holding(film), 100, holding(film), 300, holding(film), 600, holding(film), 9000],
    told: ['in LONG_MERIDIAN'],
  },
  'waits for a label that comes later': {
    seen: [empty, holding(unlabelled), 3000, holding(film), 600],
    told: ['in LONG_MERIDIAN'],
  },
  'takes a disc without label in after the limit': {
    seen: [empty, holding(unlabelled), 29_000, holding(unlabelled), 1100],
    told: ['in '],
  },
  'keeps a disc whose label came after the limit': {
    seen: [empty, holding(unlabelled), 31_000, holding(film), 600, holding(film), 600],
    told: ['in '],
  },
  'does not wait for a label on a music CD': { seen: [holding(music), 600], told: ['in '] },
  'tells when a person takes the disc out': {
    seen: [holding(film), 600, empty],
    told: ['in LONG_MERIDIAN', 'out LONG_MERIDIAN by person'],
  },
  'tells of a disc that was put in by a person again': {
    seen: [holding(film), 600, empty, 2000, holding(film), 600],
    told: ['in LONG_MERIDIAN', 'out LONG_MERIDIAN by person', 'in LONG_MERIDIAN'],
  },
  'tells of an exchange that was not seen empty': {
    seen: [holding(film), 600, holding(show), 600],
    told: ['in LONG_MERIDIAN', 'out LONG_MERIDIAN by person', 'in HARBOUR_LIGHTS'],
  },
  'forgets a disc that was taken out before it was read': {
    seen: [loading, 4000, holding(unlabelled), 1000, empty, 60_000],
    told: [],
  },
  'keeps a disc whose drive does not answer for a while, or looks at it anew': {
    seen: [holding(film), 600, unknown, 60_000, loading, 5000, holding(film), 600],
    told: ['in LONG_MERIDIAN'],
  },
};

describe('an optical drive', () => {
  let some: SomeDrive;
  beforeEach(async () => {
    some = await SomeDrive.create();
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 0, 1) });
  });
  afterEach(async () => {
    mock.timers.reset();
    await some.remove();
  });

  async function live(seen: (ReturnType<typeof holding> | number)[]): Promise<void> {
    for (const step of seen) {
      if (typeof step === 'number') mock.timers.tick(step);
      else await some.see(step);
    }
    // Whatever a timer began is done when the same is seen again.
    const last = some.drive.sighting;
    if (last) await some.drive.seen(last);
  }

  for (const [name, { seen, told }] of Object.entries(stories))
    it(name, async () => {
      await live(seen);
      assert.deepEqual(some.told, told);
    });

  it('is loading until the disc can be read, and reports one that it cannot make out', async () => {
    await live([loading, 1000]);
    assert.deepEqual([some.drive.loading, some.drive.problem], [true, null]);
    await live([120_000]);
    assert.deepEqual([some.drive.loading, some.drive.problem?.code], [false, 'disc-unreadable']);
    await live([empty]);
    assert.equal(some.drive.problem, null);
  });

  it('reports a drive that does not say what is in it', async () => {
    await live([unknown, 121_000]);
    assert.equal(some.drive.problem?.code, 'drive-unavailable');
    await live([holding(film), 600]);
    assert.deepEqual([some.drive.problem, some.told], [null, ['in LONG_MERIDIAN']]);
  });

  it('lets a disc out and takes the next one at once', async () => {
    await live([holding(film), 600]);
    await some.drive.eject('/dev/sr0');
    await live([holding(show), 600]);
    assert.deepEqual(some.told, [
      'in LONG_MERIDIAN',
      'out LONG_MERIDIAN by eject',
      'in HARBOUR_LIGHTS',
    ]);
  });

  it('leaves a disc alone that it let out, when the tray closes by itself', async () => {
    await live([holding(film), 600]);
    await some.drive.eject('/dev/sr0');
    await live([90_000, holding(film), 600, holding(film), 60_000]);
    assert.deepEqual(some.told, ['in LONG_MERIDIAN', 'out LONG_MERIDIAN by eject']);
    assert.deepEqual([some.drive.leftAlone, some.drive.disc], ['LONG_MERIDIAN', null]);
  });

  it('leaves it alone over a restart, too', async () => {
    await live([holding(film), 600]);
    await some.drive.eject('/dev/sr0');
    await some.restart();
    await live([empty, 90_000, holding(film), 600]);
    assert.deepEqual(some.told, []);
  });

  const wishes: Record<string, () => Promise<void>> = {
    'a person opened the tray by its button': () => live([empty]),
    'it was ejected by a command': async () => some.drive.eject(),
    'another disc came in between': async () => {
      await live([holding(show), 600]);
      await live([empty]);
    },
  };
  for (const [name, wish] of Object.entries(wishes))
    it(`takes a disc that it left alone when ${name}`, async () => {
      await live([holding(film), 600]);
      await some.drive.eject('/dev/sr0');
      await live([90_000, holding(film), 600]);
      await wish();
      await live([holding(film), 600]);
      assert.equal(some.told.at(-1), 'in LONG_MERIDIAN');
    });

  it('takes a disc that it left alone when somebody asks it to look', async () => {
    await live([holding(film), 600]);
    await some.drive.eject('/dev/sr0');
    await live([90_000, holding(film), 600]);
    assert.equal(some.drive.leftAlone, 'LONG_MERIDIAN');
    await some.drive.look();
    await live([600]);
    assert.equal(some.told.at(-1), 'in LONG_MERIDIAN');
    assert.equal(some.drive.leftAlone, null);
  });

  it('takes a person at his word that a disc is in when the drive says nothing', async () => {
    await live([unknown]);
    await some.drive.look();
    assert.deepEqual(some.told, ['in ']);
  });

  it('keeps such a disc when the drive says more of it later', async () => {
    await live([unknown]);
    await some.drive.look();
    await live([holding(film), 600]);
    assert.deepEqual(some.told, ['in ']);
    await live([empty]);
    assert.equal(some.told.at(-1), 'out LONG_MERIDIAN by person');
  });

  it('finds nothing in an empty drive however often it is asked to look', async () => {
    await live([empty]);
    await some.drive.look();
    assert.deepEqual(some.told, []);
  });

  it('says that it is unplugged when it is asked to look', async () => {
    await assert.rejects(some.drive.look(), { code: 'drive-unavailable' });
  });

  it('takes a disc again that comes back long after it was let out', async () => {
    await live([holding(film), 600]);
    await some.drive.eject('/dev/sr0');
    await live([11 * 60_000, holding(film), 600]);
    assert.equal(some.told.at(-1), 'in LONG_MERIDIAN');
  });

  it('takes a disc again that came out by a command', async () => {
    await live([holding(film), 600]);
    await some.drive.eject();
    await live([2000, holding(film), 600]);
    assert.equal(some.told.filter((line) => line === 'in LONG_MERIDIAN').length, 2);
  });

  it('opens an empty drive on command, without looking whether something came out', async () => {
    await live([empty]);
    some.onEject = async () => undefined;
    await some.drive.eject();
    assert.deepEqual([some.ejects, some.told], [[false], []]);
  });

  it('does not throw out the next disc when it is asked for the last one again', async () => {
    await live([empty]);
    await some.drive.eject('/dev/sr0');
    assert.deepEqual(some.ejects, []);
  });

  it('says that it is ejecting while it does', async () => {
    await live([holding(film), 600]);
    const ended = some.drive.eject();
    assert.equal(some.drive.tray, 'ejecting');
    await ended;
    assert.equal(some.drive.tray, null);
  });

  it('tells of the disc that stayed in over a restart at once, and does not wait', async () => {
    await live([holding(film), 600]);
    await some.restart();
    await live([holding(film)]);
    assert.deepEqual(some.told, ['in LONG_MERIDIAN']);
  });

  it('tells of a disc that was taken out or exchanged while the service was down', async () => {
    await live([holding(film), 600]);
    await some.restart();
    await live([empty]);
    assert.deepEqual(some.told, ['out LONG_MERIDIAN by person']);
    await live([holding(film), 600]);
    await some.restart();
    await live([holding(show), 600]);
    assert.deepEqual(some.told, ['out LONG_MERIDIAN by person', 'in HARBOUR_LIGHTS']);
  });

  it('takes discs in and lets them out when its memory cannot be written, and says so', async () => {
    // A folder in its place fails like a full disk.
    await mkdir(some.memory);
    await live([holding(film), 600]);
    assert.equal(some.told.at(-1), 'in LONG_MERIDIAN');
    assert.match(some.forgetful?.message ?? '', /drive-main/);
    await rmdir(some.memory);
    await live([empty]);
    assert.deepEqual([some.told.at(-1), some.forgetful], ['out LONG_MERIDIAN by person', null]);
  });

  it('loses its disc with its plug, and says so', async () => {
    await live([holding(film), 600]);
    await some.drive.gone();
    assert.deepEqual(some.told.at(-1), 'out LONG_MERIDIAN by person');
    assert.deepEqual(
      [some.drive.available, some.drive.problem?.code],
      [false, 'drive-unavailable'],
    );
    await some.drive.seen(sighted(holding(film), { name: 'sr1', device: '/dev/sr1' }));
    mock.timers.tick(600);
    await some.drive.seen(sighted(holding(film), { name: 'sr1', device: '/dev/sr1' }));
    assert.equal(some.drive.disc?.source, '/dev/sr1');
  });

  it('asks the drive whether the disc is in when a read has failed, once for a crowd of failures', async () => {
    await live([holding(film), 600]);
    let looks = 0;
    some.onLook = () => {
      looks += 1;
      return sighted(holding(film));
    };
    mock.timers.tick(2000);
    assert.equal(await some.drive.isStillIn('/dev/sr0'), true);
    assert.equal(await some.drive.isStillIn('/dev/sr0'), true);
    assert.equal(looks, 1);
    mock.timers.tick(2000);
    some.onLook = () => sighted(empty);
    assert.equal(await some.drive.isStillIn('/dev/sr0'), false);
    assert.equal(some.told.at(-1), 'out LONG_MERIDIAN by person');
  });
});

describe('ejecting', () => {
  let some: SomeDrive;
  beforeEach(async () => {
    some = await SomeDrive.create();
    await some.see(holding(film));
    await new Promise((resolve) => setTimeout(resolve, 520));
    await some.see(holding(film));
    assert.deepEqual(some.told, ['in LONG_MERIDIAN']);
  });
  afterEach(() => some.remove());

  const stuck = new DiscflowError('eject-failed', '/dev/sr0 did not open: busy', { hint: 'Wait.' });

  it('unlocks the door and tries again while the drive is busy', async () => {
    some.onEject = async () => {
      if (some.ejects.length < 3) throw stuck;
      await some.see(empty);
    };
    await some.drive.eject('/dev/sr0');
    assert.deepEqual(some.ejects, [false, true, true]);
    assert.equal(some.told.at(-1), 'out LONG_MERIDIAN by eject');
  });

  it('does not throw out the next disc that was laid in as soon as the tray had opened', async () => {
    some.onEject = () => some.see(holding(show));
    await some.drive.eject('/dev/sr0');
    assert.deepEqual(some.ejects, [false]);
    assert.deepEqual(some.told, ['in LONG_MERIDIAN', 'out LONG_MERIDIAN by eject']);
    await new Promise((resolve) => setTimeout(resolve, 520));
    await some.see(holding(show));
    assert.equal(some.told.at(-1), 'in HARBOUR_LIGHTS');
  });

  it('believes the drive when the system says nothing', async () => {
    some.onEject = async () => undefined;
    some.onLook = () => sighted(open);
    await some.drive.eject('/dev/sr0');
    assert.deepEqual([some.ejects.length, some.drive.tray], [1, 'open']);
    assert.equal(some.told.at(-1), 'out LONG_MERIDIAN by eject');
  });

  it('gives up after five tries, keeps the disc, and names who holds it', async () => {
    some.onEject = async () => {
      throw stuck;
    };
    some.holders = [
      { kind: 'mount', path: '/media/anna/FILM' },
      { kind: 'process', pid: 4711, program: 'vlc' },
    ];
    await assert.rejects(some.drive.eject('/dev/sr0'), {
      code: 'eject-failed',
      message:
        'The disc in /dev/sr0 does not come out: it is mounted at /media/anna/FILM and it is used by vlc (process 4711)',
      hint: 'End vlc (process 4711), then eject again.',
    });
    assert.deepEqual([some.ejects.length, some.drive.disc?.label], [5, 'LONG_MERIDIAN']);
  });

  it('says what the program said when nobody is in the way', async () => {
    some.onEject = async () => {
      throw stuck;
    };
    await assert.rejects(some.drive.eject(), {
      message: 'The disc in /dev/sr0 does not come out: /dev/sr0 did not open: busy',
      hint: 'Wait.',
    });
  });

  it('fails when the drive says that it opened but the disc is still in', async () => {
    some.onEject = async () => undefined;
    await assert.rejects(some.drive.eject(), { message: /the drive was told to and did not$/ });
    assert.equal(some.ejects.length, 5);
  });

  it('ejects once for two who ask at the same time', async () => {
    await Promise.all([some.drive.eject('/dev/sr0'), some.drive.eject('/dev/sr0')]);
    assert.equal(some.ejects.length, 1);
  });
});

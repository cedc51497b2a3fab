import assert from 'node:assert/strict';
import { parseCimDrives } from '../../../../service/drives/optical/windows/cim.ts';
import { ejectScript } from '../../../../service/drives/optical/windows/eject-script.ts';
import { windowsDrives } from '../../../../service/drives/optical/windows/windows.ts';
import { type Answers, failed, recorded, recordedPrograms } from './recorded-programs.ts';

const { signal } = new AbortController();

const fiveDrives: Answers = { 'powershell.exe': recorded('cim-drives.json') };

function drives(answers: Answers) {
  const { run, asked } = recordedPrograms(answers);
  return { platform: windowsDrives({ run }), asked };
}

/** What PowerShell was given to run. */
function scriptOf(command: string | undefined): string {
  const encoded = / -EncodedCommand (\S+)$/.exec(command ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf16le');
}

describe('drives under Windows', () => {
  it('are told with what is in them', async () => {
    const sightings = await drives(fiveDrives).platform.list();
    const inside = sightings.map(({ name, content }) => {
      if (content.state !== 'loaded') return `${name} ${content.state}`;
      const { type, label, fileSystem, audioTracks } = content.media;
      return `${name} ${type}, ${label}, ${fileSystem}, ${audioTracks} tracks`;
    });
    assert.deepEqual(inside, [
      'D: unknown, SMALL_SHOW_S1_D1, udf, null tracks',
      'E: empty',
      'F: bluray, A_FILM, udf, null tracks',
      'G: cd, null, null, 12 tracks',
      'H: loading',
    ]);
    assert.equal(sightings[0]?.device, 'D:\\');
    assert.equal(sightings[0]?.hardware.serial, 'KLZ0E1A2B3C');
    assert.equal(sightings[1]?.hardware.serial, null);
    assert.equal(sightings[2]?.hardware.serial, 'KL2G1234567');
  });

  it('are asked by a script that no quoting can change', async () => {
    const { platform, asked } = drives(fiveDrives);
    await platform.list();
    assert.match(
      asked[0] ?? '',
      /^powershell\.exe -NoProfile -NonInteractive -EncodedCommand \S+$/,
    );
    assert.match(scriptOf(asked[0]), /Get-CimInstance Win32_CDROMDrive/);
    assert.match(scriptOf(asked[0]), /-LiteralPath \(\$_\.Drive \+ '\\'\)/);
  });

  it('let discs out as the Explorer does, with force as a player does', async () => {
    const { platform, asked } = drives(fiveDrives);
    const [drive] = await platform.list();
    assert.ok(drive);
    await platform.eject(drive, { force: false, signal });
    await platform.eject(drive, { force: true, signal });
    assert.match(scriptOf(asked[1]), /ParseName\('D:'\)\.InvokeVerb\('Eject'\)/);
    assert.match(scriptOf(asked[2]), /'open D: type cdaudio alias disc', 'set disc door open'/);
  });

  it('never put anything but a letter into a script', () => {
    for (const name of ["D:'); calc #", 'D', '', 'd:', 'D:\n'])
      assert.throws(() => ejectScript(name, { force: false }), /no drive letter/);
  });

  it('say in words when a disc does not come out', async () => {
    const [drive] = await drives(fiveDrives).platform.list();
    assert.ok(drive);
    const { platform } = drives({ 'powershell.exe': failed('MCI answered 263') });
    await assert.rejects(platform.eject(drive, { force: true, signal }), {
      code: 'eject-failed',
      message: 'Windows did not eject the disc in D:',
    });
  });

  it('are unknown while PowerShell does not answer, and gone when it does not name them', async () => {
    assert.deepEqual((await drives({}).platform.look('D:'))?.content, { state: 'unknown' });
    assert.equal(await drives(fiveDrives).platform.look('Z:'), null);
    assert.deepEqual(await drives({}).platform.list(), []);
  });

  it('are said to be missing PowerShell, and untried', async () => {
    const { platform } = drives({});
    assert.match(
      (await platform.missing())[0]?.message ?? '',
      /does not tell of its optical drives: powershell\.exe cannot be run/,
    );
    assert.match(platform.unproven ?? '', /not yet been tried on a real machine/);
  });

  it('take no drives for an answer, and refuse what is none', () => {
    assert.deepEqual(parseCimDrives('[]'), []);
    for (const text of ['', '{}', '[{"Drive":"D"}]']) assert.throws(() => parseCimDrives(text));
  });
});

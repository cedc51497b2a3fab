import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { discflow, scratch } from './discflow.ts';

describe('discflow doctor', () => {
  const folder = scratch();

  it('needs no configuration, writes none, and says what each thing is for', async () => {
    const { stdout } = await discflow(['doctor', '--data', folder.path('new')]);
    assert.match(stdout, /^No configuration yet: "discflow serve" writes .*discflow\.yaml\n/);
    assert.match(stdout, /^✔ Node\.js +v\d+\S+ +\/\S+\n {4}for everything$/m);
    assert.match(stdout, /^ {4}Install Mosquitto .*set mqtt\.url\.$/m);
    assert.doesNotMatch(stdout, /library|drive /);
    await assert.rejects(readdir(folder.path('new')), { code: 'ENOENT' });
  });

  it('ends with 1 when something is missing, and says how to get it', async () => {
    const nothing = { PATH: folder.path('empty') };
    const { code, stdout } = await discflow(['doctor', '--data', folder.path('new')], nothing);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^✗ mkvmerge\n {4}for .*\n {4}mkvmerge was not found\n {4}apt install mkv/m,
    );
    assert.match(stdout, /\n1 thing to mend first\.\n$/);
  });

  it('prints its checks as JSON', async () => {
    const data = folder.path('configured');
    await mkdir(data);
    await writeFile(`${data}/discflow.yaml`, 'station: attic\n');
    const { code, stdout } = await discflow(['doctor', '--json', '--data', data]);
    const checks: { name: string; status: string; howToGet: string | null }[] = JSON.parse(stdout);
    const library = checks.find(({ name }) => name === 'library movies');
    assert.equal(library?.status, 'missing');
    assert.ok(library?.howToGet);
    assert.equal(code, 1);
  });

  it('says in which line a configuration is wrong', async () => {
    const data = folder.path('wrong');
    await mkdir(data);
    await writeFile(`${data}/discflow.yaml`, 'station: main\nlibrarys: []\n');
    const { code, stderr } = await discflow(['doctor', '--data', data]);
    assert.equal(code, 1);
    assert.match(stderr, /^✗ The configuration .*discflow\.yaml is wrong: .*line 2.*librar/);
  });
});

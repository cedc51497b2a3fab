import assert from 'node:assert/strict';
import { discflow } from './discflow.ts';

const commands = [
  'run',
  'scan',
  'references',
  'serve',
  'doctor',
  'jobs',
  'review',
  'history',
  'cancel',
  'retry',
  'undo',
  'drives',
  'eject',
  'look',
];

describe('The help of discflow', () => {
  it('shows every command in its group, with examples and without colours in a pipe', async () => {
    const { stdout, code } = await discflow(['--help']);
    assert.equal(code, 0);
    for (const command of commands)
      assert.match(stdout, new RegExp(`^  ${command}\\b.* {2}\\w`, 'm'));
    assert.match(stdout, /^A disc, here and now:\n {2}run <source\.\.\.> {2,}take discs/m);
    assert.match(stdout, /^Examples:\n {2}discflow run disc\.iso --library ~\/Videos/m);
    assert.ok(!stdout.includes('\u001b'));
    assert.ok(stdout.split('\n').every((line) => line.length <= 80));
  });

  it('is shown by the word as well', async () => {
    assert.deepEqual(await discflow(['help', 'arm']), await discflow(['arm', '--help']));
  });

  it('tells the exit codes of run', async () => {
    const { stdout } = await discflow(['run', '--help']);
    assert.match(stdout, /0 everything arrived, 1 something did not, 2 a question is open, 130/);
  });

  const mistakes: { args: string[]; stderr: string; help: string }[] = [
    { args: ['hisory'], stderr: "✗ Unknown command 'hisory'\n(Did you mean history?)\n", help: '' },
    { args: ['run'], stderr: "✗ Missing required argument 'source'\n", help: 'run ' },
    {
      args: ['scan', 'a.iso', '--jsn'],
      stderr: "✗ Unknown option '--jsn'\n(Did you mean --json?)\n",
      help: 'scan ',
    },
  ];
  for (const { args, stderr, help } of mistakes)
    it(`says what is wrong with "discflow ${args.join(' ')}"`, async () => {
      const ending = await discflow(args);
      assert.deepEqual(ending, {
        code: 1,
        stdout: '',
        stderr: `${stderr}Try "discflow ${help}--help".\n`,
      });
    });
});

// npm test: everything that must pass, fast tiers first. One tier alone: npm run test:unit, test:flows, …
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { checkNode, fail, forTesting, installPackages, installTools, root } from './set-up.mjs';

const tiers = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'test:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'test:types'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'unit', command: ['npm', 'run', '--silent', 'test:unit'] },
  { name: 'service', command: ['npm', 'run', '--silent', 'test:service'] },
  { name: 'flows', command: ['npm', 'run', '--silent', 'test:flows'] },
  { name: 'drive', command: ['npm', 'run', '--silent', 'test:drive'] },
];

checkNode();
installPackages();
const missing = installTools(forTesting);
if (missing.length > 0)
  console.log(`Tests that need ${missing.join(', ')} are skipped: install them to run everything.`);

const total = { passing: 0, failing: 0, pending: 0 };
for (const { name, command } of tiers) {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const { status, counts } = await run(command);
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (status !== 0 && counts.failing === 0) total.failing += 1;
  console.log(
    `=== ${name} ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  if (status !== 0) break;
}
console.log(`\n${total.passing} passed, ${total.failing} failed, ${total.pending} skipped`);
if (total.failing > 0) fail('Something failed; see above.');

/** Runs one tier, shows its output and adds up what mocha says at the end. */
function run([command, ...args]) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const counts = { passing: 0, failing: 0, pending: 0 };
  let line = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const lines = (line + chunk).split('\n');
    line = lines.pop() ?? '';
    for (const text of lines) count(text, counts);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, counts })));
}

function count(text, counts) {
  const plain = stripVTControlCharacters(text);
  const [, number, what] = /^\s+(\d+) (passing|failing|pending)\b/.exec(plain) ?? [];
  if (what) counts[what] += Number(number);
}

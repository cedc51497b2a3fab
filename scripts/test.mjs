// npm test: everything that must pass, fast tiers first. One tier alone: npm run test:unit, test:flows, …
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { checkNode, fail, forTesting, installPackages, installTools, root } from './set-up.mjs';

const npm = (script, ...args) => ['npm', 'run', '--silent', script, ...args];
const commands = {
  lint: npm('test:lint'),
  types: npm('test:types'),
  build: npm('build'),
};
/** What fails only because the machine is busy with everything at once is tried a second time. */
const mocha = (tier) => npm(`test:${tier}`, '--', '--retries', '1');

/** One after the other; the lanes of a stage go on side by side. */
const stages = [
  [['lint', 'types', 'build']],
  // What MakeMKV's stand-in does is mostly waiting, as it is with the program itself.
  [
    ['unit', 'service', 'flows'],
    ['makemkv', 'match'],
  ],
  [['drive']],
];

checkNode();
installPackages();
const missing = installTools(forTesting);
if (missing.length > 0)
  console.log(`Tests that need ${missing.join(', ')} are skipped: install them to run everything.`);

const total = { passing: 0, failing: 0, pending: 0 };
for (const lanes of stages) {
  await Promise.all(lanes.map((tiers, index) => runLane(tiers, { later: index > 0 })));
  if (total.failing > 0) break;
}
console.log(`\n${total.passing} passed, ${total.failing} failed, ${total.pending} skipped`);
if (total.failing > 0) fail('Something failed; see above.');

/** The output of a lane that runs beside another is shown when its tier has ended. */
async function runLane(tiers, { later }) {
  for (const name of tiers) {
    const started = Date.now();
    if (!later) console.log(`\n=== ${name}`);
    const { status, counts, output } = await run(commands[name] ?? mocha(name), later);
    if (later) process.stdout.write(`\n=== ${name}\n${output}`);
    for (const key of Object.keys(total)) total[key] += counts[key];
    if (status !== 0 && counts.failing === 0) total.failing += 1;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`=== ${name} ${status === 0 ? 'ok' : 'FAILED'} in ${seconds} s`);
    if (status !== 0) break;
  }
}

/** Runs one tier, shows its output now or hands it over, and adds up what mocha says at the end. */
function run([command, ...args], later) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', later ? 'pipe' : 'inherit'],
  });
  const counts = { passing: 0, failing: 0, pending: 0 };
  let [line, output] = ['', ''];
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  child.stdout.on('data', (chunk) => {
    if (later) output += chunk;
    else process.stdout.write(chunk);
    const lines = (line + chunk).split('\n');
    line = lines.pop() ?? '';
    for (const text of lines) count(text, counts);
  });
  return new Promise((resolve) =>
    child.on('close', (status) => resolve({ status, counts, output })),
  );
}

function count(text, counts) {
  const plain = stripVTControlCharacters(text);
  const [, number, what] = /^\s+(\d+) (passing|failing|pending)\b/.exec(plain) ?? [];
  if (what) counts[what] += Number(number);
}

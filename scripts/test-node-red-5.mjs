// npm run test:node-red-5: the flow tests once more, on Node-RED 5 with Node.js 24. Arguments go to mocha (-g).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, fail, installPackages, root, run } from './set-up.mjs';

/** Beside other things that can be made again; a second run is quick. */
const folder = join(root, '.cache', 'node-red-5');
const installed = join(folder, 'node_modules', 'node-red');
const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
/** Those that can run on another Node-RED than the installed one. */
const tests = ['editor', 'examples', 'starter', 'survival'].map(
  (name) => `test/flows/${name}.test.ts`,
);

checkNode();
installPackages();
build();
const node = findNode24();
installNodeRed5();
const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const { stdout: nodeVersion } = spawnSync(node, ['--version'], { encoding: 'utf8' });
const on = `Node-RED ${version} with Node.js ${nodeVersion.trim()}`;

console.log(`=== flows on ${on}`);
const { status } = spawnSync(node, ['--import', 'tsx', mocha, ...tests, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, DISCFLOW_TEST_NODE_RED: join(installed, 'lib', 'red.js') },
});
if (status !== 0) fail(`Something failed on ${on}; see above.`);
console.log(`=== flows ok on ${on}`);

/** The path of Node.js 24: this one, or that of the npm package `node`. */
function findNode24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const print = ['-y', 'node@24', '-p', 'process.execPath'];
  const { status, stdout } = spawnSync('npx', print, { cwd: root, encoding: 'utf8' });
  if (status !== 0) fail('Node.js 24 could not be had from npm: is the registry reachable?');
  return stdout.trim().split('\n').at(-1);
}

function installNodeRed5() {
  mkdirSync(folder, { recursive: true });
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const command = ['install', '--prefix', folder, ...quiet, 'node-red@5'];
  run('npm', command, 'Node-RED 5 could not be had from npm: is the registry reachable?');
}

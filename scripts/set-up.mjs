// What a fresh machine needs before anything of ours can run; plain Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** command → Debian package */
export const forRipping = { ffmpeg: 'ffmpeg', mkvmerge: 'mkvtoolnix' };
export const forTesting = {
  ...forRipping,
  dvdauthor: 'dvdauthor',
  'espeak-ng': 'espeak-ng',
  genisoimage: 'genisoimage',
  lsdvd: 'lsdvd',
  bd_list_titles: 'libbluray-bin',
  mosquitto: 'mosquitto',
  chromium: 'chromium',
  tesseract: 'tesseract-ocr',
  pocketsphinx_continuous: 'pocketsphinx',
};
/** Packages that another one needs to be of use to us. */
const companions = {
  dvdauthor: ['fonts-dejavu-core'],
  pocketsphinx: ['pocketsphinx-en-us'],
};
export const forDrives = {
  ...forRipping,
  dvdauthor: 'dvdauthor',
  'espeak-ng': 'espeak-ng',
  genisoimage: 'genisoimage',
  'qemu-system-x86_64': 'qemu-system-x86',
  busybox: 'busybox-static',
};

/** Ends the program with one sentence. */
export function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Discflow needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

/** Installs the npm packages when they are missing or older than the lockfile. */
export function installPackages() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing npm packages …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail('The npm packages could not be installed; see the message above.');
}

/** Compiles into dist/ what is newer than the last build. */
export function build() {
  run(process.execPath, [join(root, 'scripts', 'build.mjs')], 'The build failed; see above.');
}

/**
 * Installs the Debian packages of missing commands when root or sudo allows it.
 * @returns {string[]} the packages that are still missing
 */
export function installTools(tools) {
  const packages = missingPackages(tools);
  if (packages.length === 0) return [];
  const apt = aptCommand();
  if (!apt) return packages;
  console.log(`Installing ${packages.join(', ')} from Debian …`);
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const [command, ...args] = apt;
  spawnSync(command, [...args, 'update', '-qq'], quiet);
  const offered = packages.flatMap((name) => [name, ...(companions[name] ?? [])]).filter(isOffered);
  spawnSync(
    command,
    [...args, 'install', '-y', '-qq', '--no-install-recommends', ...offered],
    quiet,
  );
  return missingPackages(tools);
}

export function run(command, args, failure) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(failure);
}

function missingPackages(tools) {
  return Object.entries(tools)
    .filter(([command]) => !isOnPath(command))
    .map(([, name]) => name);
}

function isOnPath(command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, command)));
}

function aptCommand() {
  if (!isOnPath('apt-get')) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  const sudo =
    isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return sudo ? ['sudo', '-n', 'apt-get'] : null;
}

/** One package that a release does not have would keep apt from installing the others. */
function isOffered(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

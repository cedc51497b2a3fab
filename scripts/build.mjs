/** Compiles one to one into dist/ and puts what Node-RED looks for beside each built node. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** The finished tree takes the old one's place at once: who runs from dist/ never sees half of it. */
const unfinished = `.cache/dist-${process.pid}`;
compile();
readdirSync('nodes')
  .filter((name) => existsSync(`nodes/${name}/${name}.html`))
  .forEach(complete);
// Node-RED's import menu offers what is in examples/ and nothing else.
cpSync('flows/starter.json', 'examples/00-starter.json');
rmSync('dist', { recursive: true, force: true });
renameSync(unfinished, 'dist');

function compile() {
  const tsc = ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.build.json'];
  const { status } = spawnSync(process.execPath, [...tsc, '--outDir', unfinished], {
    stdio: 'inherit',
  });
  if (status === 0) return;
  rmSync(unfinished, { recursive: true, force: true });
  process.exit(status ?? 1);
}

function complete(name) {
  const target = `${unfinished}/nodes/${name}`;
  cpSync(`nodes/${name}/${name}.html`, `${target}/${name}.html`);
  cpSync(`nodes/${name}/locales`, `${target}/locales`, { recursive: true });
  const icon = `discflow-${name}.svg`;
  if (existsSync(`icons/${icon}`)) cpSync(`icons/${icon}`, `${target}/icons/${icon}`);
  for (const language of readdirSync(`${target}/locales`))
    insertParts(`${target}/locales/${language}/${name}.html`);
}

/** The help of several nodes shows the same message: `{{job-message}}` stands for its one source. */
function insertParts(help) {
  const part = (_all, name) => readFileSync(`nodes/shared/${name}.md`, 'utf8').trimEnd();
  writeFileSync(help, readFileSync(help, 'utf8').replaceAll(/\{\{([a-z-]+)\}\}/g, part));
}

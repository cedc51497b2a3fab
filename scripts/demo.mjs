// npm run demo [-- --once] [-- --yes]: two sample discs go from the image folder to a library.
import { build, checkNode, fail, forRipping, installPackages, installTools } from './set-up.mjs';

checkNode();
installPackages();
const missing = installTools(forRipping);
if (missing.length > 0)
  fail(`Install what rips discs, then start again: sudo apt-get install ${missing.join(' ')}`);
build();

// Only now: on a fresh machine tsx was not there before.
const { register } = await import('tsx/esm/api');
register();
await import('./demo/main.ts');

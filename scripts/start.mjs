// npm start [-- --data DIR]: the service, and Node-RED with the starter flow.
import { build, checkNode, forRipping, installPackages, installTools } from './set-up.mjs';

checkNode();
installPackages();
const missing = installTools(forRipping);
if (missing.length > 0)
  console.log(`Discs cannot be ripped until you run: sudo apt-get install ${missing.join(' ')}`);
build();

// Only now: on a fresh machine tsx was not there before.
const { register } = await import('tsx/esm/api');
register();
await import('./start/main.ts');

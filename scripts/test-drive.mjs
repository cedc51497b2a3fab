// npm run test:drive: the built service in a virtual machine with optical drives. Arguments go to mocha (-g).
import { build, checkNode, forDrives, installPackages, installTools, run } from './set-up.mjs';

checkNode();
installPackages();
installTools(forDrives);
build();
const mocha = ['--import', 'tsx', 'node_modules/mocha/bin/mocha.js', 'test/drive/**/*.test.ts'];
run(process.execPath, [...mocha, ...process.argv.slice(2)], 'The drive tests failed; see above.');

// npm run soak -- --kills 200: kills the service over and over; exit code 0 only if nothing was ever wrong.
import { parseArgs } from 'node:util';
import { soak } from '../test/system/soak.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' } } });
const { kills, runs, faults } = await soak({ kills: Number(values.kills) }, console.log);
console.log(`${kills} kills in ${runs} runs of two discs: ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

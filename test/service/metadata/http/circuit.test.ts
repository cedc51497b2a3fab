import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCircuit } from '../../../../service/metadata/http/circuit.ts';
import { ProviderFailure } from '../../../../service/metadata/http/provider-failure.ts';

/** What each letter does: f fails, s succeeds, o fails for another reason, w waits until half open. */
const stories: [string, string, string][] = [
  ['stays closed for four failures in a row', 'ffffsffffs', 'FFFFSFFFFS'],
  ['opens after five', 'fffffs', 'FFFFFB'],
  ['lets one try after a while, and closes', 'fffffwsss', 'FFFFFwSSS'],
  ['opens again when that one fails', 'fffffwfs', 'FFFFFwFB'],
  ['opens again when the second one fails', 'fffffwsfs', 'FFFFFwSFB'],
  ['tolerates failures again after the second success', 'fffffwssffffs', 'FFFFFwSSFFFFS'],
  ['does not count what is not the fault of the provider', 'ooooooos', 'OOOOOOOS'],
];

describe('The circuit of a provider', () => {
  for (const [name, does, sees] of stories)
    it(name, async () => {
      const circuit = await createCircuit({ halfOpenAfter: 20 });
      let seen = '';
      for (const step of does) {
        if (step === 'w') {
          await sleep(25);
          seen += 'w';
          continue;
        }
        const work = async () => {
          if (step === 'f') throw new ProviderFailure('down', true);
          if (step === 'o') throw new RangeError();
          return 'S';
        };
        seen += await circuit.execute(work).catch(letterOf);
      }
      assert.equal(seen, sees);
    });
});

function letterOf(error: unknown): string {
  if (error instanceof ProviderFailure) return 'F';
  return error instanceof RangeError ? 'O' : 'B';
}

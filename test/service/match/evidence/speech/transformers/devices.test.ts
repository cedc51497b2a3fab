import assert from 'node:assert/strict';
import {
  attemptsFor,
  type Device,
  type Dtype,
  type WeightForm,
} from '../../../../../../service/match/evidence/speech/transformers/devices.ts';

describe('What a speech model is tried on', () => {
  const cases: [string, Device, Dtype, WeightForm[], string[]][] = [
    ['linux', 'auto', 'auto', ['fp32', 'q8'], ['cuda fp32', 'cpu q8']],
    ['linux', 'auto', 'auto', ['fp32', 'fp16', 'q8'], ['cuda fp16', 'cpu q8']],
    ['win32', 'auto', 'auto', ['q8'], ['dml q8', 'cpu q8']],
    ['darwin', 'auto', 'auto', ['fp16'], ['coreml fp16', 'cpu fp16']],
    ['freebsd', 'auto', 'auto', ['q4'], ['cpu q4']],
    ['linux', 'cpu', 'auto', ['fp32', 'int8'], ['cpu int8']],
    ['linux', 'cuda', 'auto', ['fp32'], ['cuda fp32']],
    ['linux', 'auto', 'q4', ['fp32', 'q4'], ['cuda q4', 'cpu q4']],
    ['linux', 'auto', 'q4', ['fp32'], []],
    ['linux', 'auto', 'auto', [], []],
  ];
  for (const [platform, device, dtype, there, attempts] of cases)
    it(`${device}, ${dtype} with ${there.join(' and ') || 'nothing'} on ${platform}`, () =>
      assert.deepEqual(
        attemptsFor({ device, dtype }, there, platform).map((one) => `${one.device} ${one.dtype}`),
        attempts,
      ));
});

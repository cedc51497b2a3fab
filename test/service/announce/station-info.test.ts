import assert from 'node:assert/strict';
import { stationInfo } from '../../../service/announce/station-info.ts';
import { readConfig } from '../../../service/config/read-config.ts';
import { resolveConfig } from '../../../service/config/resolve.ts';
import { StationInfo } from '../../../service/contract/station.ts';

const key = '0123456789abcdef0123456789abcdef';

describe('what a station says of itself', () => {
  async function info() {
    const text = `metadata: {tmdb: {key: ${key}}}`;
    const config = await resolveConfig(readConfig({ file: 'f', text, env: {} }), '/data');
    return stationInfo({ config, drives: [], tools: { isThere: async () => true } });
  }

  it('names whose data it uses, in the words that they ask for', async () => {
    const { attributions } = StationInfo.parse(await info());
    assert.deepEqual(
      attributions.map(({ name }) => name),
      ['TMDB', 'TheDiscDB'],
    );
    assert.match(attributions[0]?.text ?? '', /not endorsed, certified, or otherwise approved/);
  });

  it('keeps its keys to itself', async () => {
    assert.ok(!JSON.stringify(await info()).includes(key));
  });

  it('is understood by clients that know of an older station', async () => {
    const { attributions: _, ...older } = await info();
    assert.deepEqual(StationInfo.parse(older).attributions, []);
  });
});

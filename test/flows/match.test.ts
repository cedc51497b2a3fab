import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Title } from '../../service/contract/title.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { show } from '../system/sample-discs.ts';
import { closeStations, startStation, type TestStation } from '../system/test-station.ts';
import { type NodeRed, startNodeRed } from './runtime.ts';
import { flowsFor } from './starter-for.ts';

const references = fileURLToPath(new URL('../../examples/discs/references', import.meta.url));
const Sent = z.object({ topic: z.string(), title: Title.optional() });

describe('the example with a match node, on a real disc', function () {
  this.timeout(90_000);
  let broker: TestBroker;
  let station: TestStation;
  let nodeRed: NodeRed;
  const sent: { port: number; msg: z.infer<typeof Sent> }[] = [];
  const statuses: string[] = [];

  before(async () => {
    broker = await startAedes();
    station = await startStation({ broker, references: { folders: [references] } });
    const here = { base: 'discflow', station: station.name };
    const flows = flowsFor('examples/04-match.json', broker.url).map((node) =>
      'type' in node && node.type === 'discflow-station' ? { ...node, ...here } : node,
    );
    nodeRed = await startNodeRed({ flows });
    nodeRed.events.on('message', ({ node, port, msg }) => {
      if (node === 'ex04-n') sent.push({ port, msg: Sent.parse(msg) });
    });
    nodeRed.events.on('status', ({ node, status }) => {
      if (node === 'ex04-n') statuses.push(status.text ?? '');
    });
    await station.insert(show);
    await station.ended(show);
    await station.until('the disc to be sent on', () => sent.some(({ port }) => port === 0));
  });
  after(async () => {
    await nodeRed?.remove();
    await closeStations();
    await broker?.stop();
  });

  it('sends every title with what it is and why, and then the disc', () => {
    const told = sent.map(({ port, msg: { topic, title } }) => {
      const { kind, episodes } = title?.match ?? {};
      return [port, topic, ...(title ? [title.id, kind, ...(episodes ?? [])] : [])].join(' ');
    });
    assert.deepEqual(told, [
      '1 match/title t02 episode 1',
      '1 match/title t03 episode 2',
      '1 match/title t04 episode 3',
      '1 match/title t05 extra',
      '0 match/done',
    ]);
    const [reason] = sent[0]?.msg.title?.match?.evidence ?? [];
    assert.match(reason?.says ?? '', /subtitle times agree/);
  });

  it('shows which title is being measured, and at the end that all are matched', () => {
    const shown = statuses.join('\n');
    assert.match(shown, /matching t\d+ [1-4]\/[1-4]$/m);
    assert.match(statuses.at(-1) ?? '', /^matched \d\d:\d\d$/);
  });
});

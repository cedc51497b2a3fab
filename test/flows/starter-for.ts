import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Flows = z.array(z.looseObject({ id: z.string(), type: z.string() }));

/** A flow of ours with the broker and the base topic of a test, as a user would set them. */
export function flowsFor(path: string, broker: string): object[] {
  return Flows.parse(JSON.parse(readFileSync(path, 'utf8'))).map((node) =>
    node.type === 'discflow-station' ? { ...node, broker, base: 'test/discflow' } : node,
  );
}

export function starterFor(broker: string): object[] {
  return flowsFor('flows/starter.json', broker);
}

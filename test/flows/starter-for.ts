import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Flows = z.array(z.looseObject({ id: z.string(), type: z.string() }));

/** The starter flow with the broker and the base topic of a test, as a user would set them. */
export function starterFor(broker: string): object[] {
  return Flows.parse(JSON.parse(readFileSync('flows/starter.json', 'utf8'))).map((node) =>
    node.type === 'discflow-station' ? { ...node, broker, base: 'test/discflow' } : node,
  );
}

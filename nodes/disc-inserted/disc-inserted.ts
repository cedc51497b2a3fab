import type { NodeAPI } from 'node-red';
import { z } from 'zod';
import { Id } from '../../service/contract/values.ts';
import { defineNode } from '../shared/define-node.ts';
import { decideFlow } from './decide-flow.ts';
import { tellOnly } from './tell-only.ts';

const Config = z.object({
  decides: z.boolean().default(true),
  drive: z.union([z.literal(''), Id]).default(''),
});

export default function discInserted(RED: NodeAPI): void {
  defineNode(RED, 'discflow-disc-inserted', {
    config: Config,
    start: (context) => {
      const { decides, drive } = context.config;
      const wanted = (id: string) => drive === '' || drive === id;
      if (decides) decideFlow(context, wanted);
      else tellOnly(context, wanted);
      return null;
    },
  });
}

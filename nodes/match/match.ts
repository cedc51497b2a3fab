import type { NodeAPI } from 'node-red';
import { z } from 'zod';
import { defineNode } from '../shared/define-node.ts';
import { takeSteps } from '../shared/step-input.ts';

export default function match(RED: NodeAPI): void {
  defineNode(RED, 'discflow-match', {
    config: z.object({ each: z.boolean().default(false) }),
    start: (context) =>
      takeSteps(context, {
        step: 'match',
        outcomes: ['done', 'title', 'failed'],
        ask: { each: context.config.each },
      }),
  });
}

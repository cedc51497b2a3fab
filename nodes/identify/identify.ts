import type { NodeAPI } from 'node-red';
import { z } from 'zod';
import { defineNode } from '../shared/define-node.ts';
import { takeSteps } from '../shared/step-input.ts';

export default function identify(RED: NodeAPI): void {
  defineNode(RED, 'discflow-identify', {
    config: z.object({}),
    start: (context) =>
      takeSteps(context, { step: 'identify', outcomes: ['sure', 'unsure', 'failed'] }),
  });
}

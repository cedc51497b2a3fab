import type { NodeAPI } from 'node-red';
import { z } from 'zod';
import { Id } from '../../service/contract/values.ts';
import { defineNode } from '../shared/define-node.ts';
import { takeSteps } from '../shared/step-input.ts';

export default function organize(RED: NodeAPI): void {
  defineNode(RED, 'discflow-organize', {
    config: z.object({ library: z.union([z.literal(''), Id]).default('') }),
    start: (context) => {
      const { library } = context.config;
      return takeSteps(context, {
        step: 'organize',
        outcomes: ['done', 'failed'],
        ...(library === '' ? {} : { ask: { set: { library } } }),
      });
    },
  });
}

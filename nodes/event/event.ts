import type { NodeAPI, NodeMessage } from 'node-red';
import { z } from 'zod';
import { EventType, type JobEvent } from '../../service/contract/event.ts';
import { Id } from '../../service/contract/values.ts';
import { defineNode } from '../shared/define-node.ts';

/** The editor stores the chosen types as one text: "job-created,job-state"; empty means all. */
const Types = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((type) => type !== ''))
  .pipe(z.array(EventType));

const Config = z.object({
  types: Types,
  drive: z.union([z.literal(''), Id]).default(''),
  replays: z.boolean().default(true),
});

export default function event(RED: NodeAPI): void {
  defineNode(RED, 'discflow-event', {
    config: Config,
    start: ({ config, link, signal, status, emit }) => {
      const unwatch = link.watch({
        event: (event) => {
          if (config.types.length > 0 && !config.types.includes(event.event_type)) return;
          if (config.drive !== '' && config.drive !== event.drive) return;
          if (event.replayed && !config.replays) return;
          emit([messageOf(event)]);
          status.last('event');
        },
      });
      signal.addEventListener('abort', unwatch, { once: true });
      return null;
    },
  });
}

/** `review` names the question, so that a reply to this message answers no other one. */
function messageOf(event: JobEvent): NodeMessage {
  const { job, question, event_type } = event;
  const review = question === undefined ? {} : { review: question };
  return { job, ...review, topic: `event/${event_type}`, payload: event };
}

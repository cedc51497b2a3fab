import { operations } from '../../../service/contract/request.ts';
import type { Handlers } from '../../../service/mqtt/handlers.ts';

const unused = async (): Promise<never> => {
  throw new Error('this test does not use the operation');
};

/** A whole table of handlers from the ones a test is about. */
export function handlersThat(some: Partial<Handlers>): Handlers {
  const none = Object.fromEntries(Object.keys(operations).map((op) => [op, unused]));
  return { ...none, ...some } as Handlers;
}

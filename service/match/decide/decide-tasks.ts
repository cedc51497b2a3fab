import { decideDisc } from './decide-disc.ts';
import type { DecideInput } from './decide-input.ts';
import type { DiscDecision } from './title-decision.ts';

export interface DecideTask {
  readonly input: DecideInput;
}

export function decide({ input }: DecideTask): DiscDecision {
  return decideDisc(input);
}

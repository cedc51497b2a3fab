import { bandEnergies } from './energies.ts';
import { voiceFeatures } from './features.ts';

export interface EnergiesTask {
  readonly samples: Int16Array;
}

export interface FeaturesTask {
  readonly energies: Float32Array;
}

export function energies({ samples }: EnergiesTask): Float32Array {
  return bandEnergies(samples);
}

export function features(task: FeaturesTask): Float32Array {
  return voiceFeatures(task.energies);
}

import { type Stoppable, throwIfStopped } from '../threads.ts';
import { alignTitle } from './align-title.ts';
import type { Alignment, TimedCue } from './alignment.ts';
import { findInside, type Inside } from './inside.ts';
import { type PreparedReferences, prepareReferences, type VectorKind } from './references.ts';
import type { TitleReading } from './title-vector.ts';

export interface PrepareTask {
  readonly references: readonly (readonly TimedCue[])[];
  readonly kind: VectorKind;
  readonly length: number;
}

export interface AlignTask {
  readonly title: TitleReading;
  readonly references: PreparedReferences;
  readonly likely: readonly number[];
  readonly otherwise: readonly number[];
  readonly maxOffset: number;
}

export interface InsideTask {
  readonly title: TitleReading;
  readonly references: readonly (readonly TimedCue[])[];
  readonly speeds: readonly number[];
}

export function prepare({ references, kind, length }: PrepareTask): PreparedReferences {
  return prepareReferences(references, kind, length);
}

export function align(task: AlignTask & Stoppable): Alignment[] {
  return alignTitle({ ...task, goOn: () => throwIfStopped(task) });
}

export function inside(task: InsideTask & Stoppable): Inside[] {
  return findInside({ ...task, goOn: () => throwIfStopped(task) });
}

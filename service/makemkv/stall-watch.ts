import type { Limits } from './limits.ts';
import { codes } from './messages.ts';
import type { RobotRecord } from './robot-record.ts';

/** Progress of an analysis that writes nothing counts from one percent on. */
const ANALYSIS_STEP = 65536 / 100;

/** `quiet`: nothing has moved for so long that somebody should know; `stalled`: too long. */
export type Liveliness = 'working' | 'quiet' | 'stalled';

export interface StallWatch {
  take(record: RobotRecord): void;
  /** Long work was announced. */
  extend(): void;
  /** @param written bytes of output so far */
  look(written: number): Liveliness;
  /** True while titles or files are being saved. */
  readonly saving: boolean;
}

/**
 * Tells a run that works from one that hangs: while a disc is opened by its lines and the time in all, while it is
 * saved by what it writes.
 */
export function createStallWatch(limits: Limits, now: () => number = Date.now): StallWatch {
  const begun = now();
  let lastLine = begun;
  let isLong = false;
  let saving = false;
  let analysing = false;
  let mark = { at: begun, written: 0, analysed: 0 };

  return {
    take(record) {
      lastLine = now();
      if (record.type === 'operation')
        saving = record.code === codes.phaseSavingTitles || record.code === codes.phaseCopyingFiles;
      if (record.type === 'operation' || record.type === 'current') {
        analysing = record.type === 'current' && record.code === codes.phaseAnalysingSegments;
        mark = { ...mark, at: lastLine, analysed: 0 };
      }
      if (
        record.type === 'progress' &&
        analysing &&
        record.current - mark.analysed >= ANALYSIS_STEP
      )
        mark = { ...mark, at: lastLine, analysed: record.current };
    },
    extend() {
      isLong = true;
    },
    look(written) {
      const at = now();
      if (written - mark.written >= limits.leastGrowth) mark = { ...mark, at, written };
      if (saving) {
        if (at - mark.at > limits.stall) return 'stalled';
        return at - mark.at > limits.quiet ? 'quiet' : 'working';
      }
      const silence = isLong ? limits.longOpen : limits.silence;
      const open = isLong ? limits.longOpen : limits.open;
      return at - lastLine > silence || at - begun > open ? 'stalled' : 'working';
    },
    get saving() {
      return saving;
    },
  };
}

import { askOnTerminal } from '../../service/cli/ask.ts';
import type { Paint } from '../../service/cli/paint.ts';
import type { ProgressView } from '../../service/cli/progress-view.ts';
import { questionInWords } from '../../service/cli/question-words.ts';
import type { Answer, Question } from '../../service/contract/question.ts';

interface Options {
  /** Takes the defaults. */
  yes: boolean;
  editor: string;
  view: ProgressView;
  paint: Paint;
  signal: AbortSignal;
}

/** Who answers in this terminal: the person, the defaults, or (without a terminal) nobody. */
export function createAsker({ yes, editor, view, paint, signal }: Options) {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;
  if (yes || !isTerminal)
    return async (question: Question): Promise<Answer | null> => {
      view.say(questionInWords(question, paint));
      view.say(yes ? '  --yes takes ›' : `  To be answered in the flow: ${editor}`);
      return yes ? { accept: true } : null;
    };
  return async (question: Question, withdrawn: AbortSignal): Promise<Answer | null> => {
    view.hold();
    try {
      const said = await askOnTerminal(question, {
        paint,
        signal: AbortSignal.any([withdrawn, signal]),
      });
      if (withdrawn.aborted) view.say('  Answered in the flow.');
      else if (said === null && !signal.aborted) view.say(`  Then answer in the flow: ${editor}`);
      return said;
    } finally {
      view.goOn();
    }
  };
}

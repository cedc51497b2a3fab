import { StationLink } from '../../nodes/shared/link.ts';
import { paintFor } from '../../service/cli/paint.ts';
import { problemInWords } from '../../service/cli/problem-words.ts';
import type { ProgressView } from '../../service/cli/progress-view.ts';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Answer, Question } from '../../service/contract/question.ts';
import { createAsker } from './asker.ts';
import type { DemoStation } from './demo-station.ts';
import { createJobStory } from './job-story.ts';
import { createQuestions } from './questions.ts';

interface Options {
  station: DemoStation;
  view: ProgressView;
  /** Takes the default of every question. */
  yes: boolean;
  signal: AbortSignal;
}

/** Somebody at a terminal who follows a station over MQTT, like any other client, and answers its questions. */
export class Audience {
  readonly #options: Options;
  readonly #link: StationLink;
  readonly #ended = new Map<string, JobSnapshot>();
  #look: () => void = () => undefined;

  constructor(options: Options) {
    const { config, brokerUrl } = options.station;
    this.#options = options;
    this.#link = new StationLink({
      broker: { url: brokerUrl, protocol: '4', tls: {} },
      base: config.mqtt.base,
      station: config.station,
      log: { info: () => undefined, warn: options.view.say },
    });
  }

  start(): void {
    const { view, signal } = this.#options;
    const paint = paintFor(process.stdout);
    const story = createJobStory({ view, paint });
    const ask = createQuestions({
      ask: createAsker({ ...this.#options, paint, editor: this.#options.station.editor }),
      answer: (question, answer) => this.#answer(question, answer),
      failed: (error) => {
        if (!signal.aborted) view.say(problemInWords(error, paint));
      },
    });
    this.#link.watch({ event: story.event, drive: story.drive, job: story.job });
    this.#link.watch({ job: ask });
    this.#link.watch({ job: (job) => this.#note(job) });
    this.#link.start();
  }

  async stop(): Promise<void> {
    await this.#link.stop();
  }

  /** Resolves with the jobs when so many have ended. */
  untilEnded(count: number): Promise<JobSnapshot[]> {
    return new Promise((resolve) => {
      this.#look = () => this.#ended.size >= count && resolve([...this.#ended.values()]);
      this.#look();
    });
  }

  #note(job: JobSnapshot): void {
    if (job.endedAt === null) this.#ended.delete(job.id);
    else this.#ended.set(job.id, job);
    this.#look();
  }

  async #answer({ id: review, rev }: Question, answer: Answer): Promise<void> {
    const { signal } = this.#options;
    await this.#link.request('review/answer', { review, rev, answer, by: 'terminal' }, { signal });
  }
}

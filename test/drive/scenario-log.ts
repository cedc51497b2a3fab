import { JobEvent } from '../../service/contract/event.ts';
import { DriveState } from '../../service/contract/station.ts';
import type { Observer } from '../system/station.ts';
import type { Machine, UdevEvent } from './machine/machine.ts';

interface Entry {
  /** Our clock, in milliseconds. */
  readonly at: number;
  readonly who: 'hand' | 'udev' | 'mqtt';
  readonly words: string;
}

/** What hands, the kernel and the service did in one scenario, in the order of time. */
export interface ScenarioLog {
  /** Writes down what a person does now. */
  hand(words: string): void;
  /** Writes down what the station says from now on. */
  follow(observer: Observer): void;
  /** Prints the scenario and begins the next one. */
  print(scenario: string): Promise<void>;
  /** Prints how long it took from udev's first word of a disc with its label to ours. */
  printDelays(): void;
}

export function startLog(machine: Machine, ahead: number): ScenarioLog {
  let entries: Entry[] = [];
  const delays: number[] = [];
  const shown = new Map<string, string>();
  const add = (who: Entry['who'], words: string, at = Date.now()) =>
    entries.push({ at, who, words });

  return {
    hand: (words) => add('hand', words),
    follow({ client, topics }) {
      client.on('message', (topic, payload) => {
        const level = topic.slice(topics.root.length + 1);
        const [, drive = '', what] = /^drive\/([\w-]+)\/(state|event)$/.exec(level) ?? [];
        // A drive that is gone for good takes back what it said with an empty message.
        if (what === undefined || payload.length === 0) return;
        const said: unknown = JSON.parse(payload.toString());
        const words = what === 'event' ? eventWords(said) : stateWords(said);
        if (what === 'state' && shown.get(drive) === words) return;
        if (what === 'state') shown.set(drive, words);
        add('mqtt', `${drive.padEnd(5)} ${words}`);
      });
    },
    async print(scenario) {
      for (const { at, properties } of await machine.udevEvents())
        add('udev', udevWords(properties), at - ahead);
      console.log(`\n    ${scenario}`);
      const lines = entries.toSorted((a, b) => a.at - b.at);
      delays.push(...delaysIn(lines));
      const start = lines[0]?.at ?? 0;
      for (const { at, who, words } of lines)
        console.log(`    ${seconds(at - start)}  ${who}  ${words}`);
      entries = [];
    },
    printDelays() {
      const sorted = delays.toSorted((a, b) => a - b);
      const list = sorted.map((delay) => `${(delay / 1000).toFixed(2)} s`).join(', ');
      console.log(
        `\n    From udev's word of a disc to the job's first event, debounce included: ${list}`,
      );
    },
  };
}

/** A job's first event belongs to the disc that was laid in last before it. */
function delaysIn(lines: readonly Entry[]): number[] {
  return lines.flatMap(({ words, at }, index) => {
    if (!words.includes('job-created')) return [];
    const before = lines.slice(0, index);
    const laid = before.findLast((entry) => entry.who === 'hand')?.at ?? 0;
    const told = before.find((entry) => entry.at >= laid && / disc [A-Z]/.test(entry.words));
    return told ? [at - told.at] : [];
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2).padStart(7)} s`;
}

function udevWords(properties: UdevEvent['properties']): string {
  const { ACTION, DEVNAME = '', ID_CDROM_MEDIA, ID_FS_LABEL, DISK_EJECT_REQUEST } = properties;
  const media =
    ID_CDROM_MEDIA === undefined ? 'no disc' : `disc ${ID_FS_LABEL ?? '(no label yet)'}`;
  const what = DISK_EJECT_REQUEST === undefined ? media : 'the button was pressed';
  return `${DEVNAME.replace('/dev/', '').padEnd(5)} ${ACTION}: ${what}`;
}

function eventWords(said: unknown): string {
  const { seq, event_type, from, to, title, step, code } = JobEvent.parse(said);
  const subject = [event_type, step, title === undefined ? undefined : `title ${title}`];
  const change = from === null ? to : `${from} → ${to}`;
  const reason = code === undefined ? '' : ` (${code})`;
  return `#${seq} ${subject.filter((word) => word !== undefined).join(' ')}: ${change}${reason}`;
}

function stateWords(said: unknown): string {
  const { state, disc, problem } = DriveState.parse(said);
  const trouble = problem === null ? '' : `: ${problem.message}`;
  return `is ${state}${disc === null ? '' : `, ${disc}`}${trouble}`;
}

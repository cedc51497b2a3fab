import type { DiscScan, ScannedTitle } from '../../service/scan/record.ts';
import type { CommandLine } from './command-line.ts';
import { durationText } from './figures.ts';
import type { Robot } from './robot.ts';

/** Seconds, when neither the command line nor the settings say otherwise. */
const DEFAULT_MINIMUM = 120;

export interface ListedTitle {
  /** Counts the kept titles from 0: it moves when the minimum length does. */
  readonly index: number;
  readonly title: ScannedTitle;
}

/** The titles that are offered; says of the others why they are not. */
export function listTitles(
  scan: DiscScan,
  { minLength }: CommandLine,
  settings: ReadonlyMap<string, string>,
  robot: Robot,
): ListedTitle[] {
  const minimum = minLength ?? Number(settings.get('dvd_MinimumTitleLength') ?? DEFAULT_MINIMUM);
  const titles: ScannedTitle[] = scan.titles;
  const long = titles.filter((title) => isLongEnough(title, minimum, robot));
  const added = long.filter((title, index) => !isRepeated(title, long.slice(0, index), robot));
  return added.map((title, index) => {
    if ('playlist' in title) robot.message(3307, sourceFile(title), index);
    return { index, title };
  });
}

function isLongEnough(title: ScannedTitle, minimum: number, robot: Robot): boolean {
  const seconds = Math.floor(title.duration);
  if (seconds >= minimum) {
    if ('cells' in title)
      robot.message(3028, title.number, title.cells.length, durationText(seconds));
    return true;
  }
  const name = 'playlist' in title ? sourceFile(title) : title.number;
  robot.message(3025, name, seconds, minimum);
  return false;
}

function isRepeated(title: ScannedTitle, before: readonly ScannedTitle[], robot: Robot): boolean {
  const key = playedKey(title);
  const first = before.find((other) => playedKey(other) === key);
  if (!first) return false;
  if ('titleSet' in title)
    robot.message(3027, title.titleSet, tag(first.number), tag(title.number));
  else if ('playlist' in title && 'playlist' in first)
    robot.message(3309, sourceFile(title), sourceFile(first));
  return true;
}

function playedKey(title: ScannedTitle): string {
  if ('cells' in title) return `${title.titleSet} ${title.cells.map(({ key }) => key).join()}`;
  if ('items' in title) return title.items.map((item) => [item.clip, item.in, item.out]).join();
  return String(title.number);
}

function tag(number: number): string {
  return `#${String(number).padStart(2, '0')}`;
}

/** The Blu-ray file that a title comes from. */
export function sourceFile({ number, ...title }: ScannedTitle): string {
  const playlist = 'playlist' in title ? title.playlist : null;
  if (playlist !== null) return `${playlist}.mpls`;
  return `${String(number - 100_000).padStart(5, '0')}.m2ts`;
}

import type { DiscScan, ScannedTitle } from '../../service/scan/record.ts';
import type { Scenario } from './scenario.ts';
import type { ListedTitle } from './titles.ts';

/** What the template `app_DefaultOutputFileName` can hold, as far as this stand-in knows it. */
const TOKEN = /\{([-+_:]*)([a-zA-Z]+\d*)(?::\w+)?\}/g;

interface Naming {
  scan: DiscScan;
  settings: ReadonlyMap<string, string>;
  scenario: Scenario;
}

/** What the program calls a title's group: letter of the title set, number inside it. DVD only. */
export function groupOf(title: ScannedTitle): string | null {
  if (!('titleSet' in title)) return null;
  return `${String.fromCharCode(64 + Math.min(title.titleSet, 26))}${title.numberInSet}`;
}

/** The name under which a title is saved: without a number in the template it is that of all. */
export function outputName({ index, title }: ListedTitle, { scan, settings, scenario }: Naming) {
  if (scenario.names === 'equal') return 'title.mkv';
  const name = scan.name ?? scan.label;
  const start = groupOf(title) ?? name;
  const number = scenario.names === 'gaps' ? 1 + 2 * index : index;
  const template = settings.get('app_DefaultOutputFileName');
  if (!template) return `${safe(start)}_t${two(number)}.mkv`;
  const values: Record<string, string> = {
    NAME1: name,
    NAME2: name,
    CMNT2: start,
    t: `t${two(number)}`,
  };
  const filled = template.replace(TOKEN, (_, mark: string, token: string) => {
    const value = values[token] ?? '';
    return value === '' ? '' : `${mark.replace(/[:+]/g, '')}${value}`;
  });
  return `${safe(filled)}.mkv`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function safe(text: string): string {
  return text.replace(/[\\/:*?"<>|]/g, '_');
}

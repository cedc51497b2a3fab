import type { Robot } from './robot.ts';
import type { Scenario } from './scenario.ts';
import { changeSetting, readSettings } from './settings.ts';

const KEY = /^[A-Z]-\S{8,}$/;
const TRIAL_DAYS = 30;

/** What may be done: everything, what costs nothing, or nothing. */
export type Permission = 'all' | 'free' | 'none' | 'too-old';

interface Licence {
  readonly permission: Permission;
  /** Says what a disc of this kind brings up; true when it may be opened. */
  mayOpen(kind: 'dvd' | 'bluray'): boolean;
}

/** Looks at the key and takes one that is over out of the settings, as the real program does. */
export async function checkLicence(scenario: Scenario, robot: Robot): Promise<Licence> {
  const permission = await permissionOf(scenario, robot);
  return { permission, mayOpen: (kind) => mayOpen(kind, permission, scenario, robot) };
}

async function permissionOf({ licence, program }: Scenario, robot: Robot): Promise<Permission> {
  const key = (await readSettings()).get('app_Key') || undefined;
  if (program.tooOld) return 'too-old';
  if (key !== undefined && licence.tooNewKeys.includes(key)) return 'too-old';
  if (key !== undefined && licence.expiredKeys.includes(key)) {
    robot.message(5073);
    await changeSetting('app_Key', null);
  } else if (key !== undefined) {
    if (licence.goodKeys?.includes(key) ?? KEY.test(key)) return 'all';
    robot.message(5020);
  }
  if (licence.trial === 'running') return 'all';
  return licence.dvdIsFree && licence.trial === 'over' ? 'free' : 'none';
}

function mayOpen(
  kind: 'dvd' | 'bluray',
  permission: Permission,
  { licence }: Scenario,
  robot: Robot,
): boolean {
  if (permission === 'all') return true;
  if (licence.trial === 'not-started') robot.message(5056);
  else if (permission === 'free' && kind === 'dvd') {
    robot.message(5052, licence.daysLeft);
    return true;
  } else robot.message(5055);
  return false;
}

/** In the trial every opened disc brings up how long it lasts. */
export async function tellOfTrial({ licence }: Scenario, robot: Robot): Promise<void> {
  const hasKey = (await readSettings()).get('app_Key');
  if (!hasKey && licence.trial === 'running') robot.message(5050, licence.daysLeft, TRIAL_DAYS);
}

import type { RunContext } from './run-context.ts';
import { changeSetting } from './settings.ts';

const KEY = /^[A-Z]-\S{8,}$/;

/** `reg KEY`: plain words, whatever the output mode. */
export async function register({ line, scenario }: RunContext): Promise<number> {
  const [key = ''] = line.parameters;
  if (!(scenario.licence.goodKeys?.includes(key) ?? KEY.test(key))) {
    console.log('The key was not accepted.');
    return 1;
  }
  await changeSetting('app_Key', key);
  console.log('The key was saved.');
  return 0;
}

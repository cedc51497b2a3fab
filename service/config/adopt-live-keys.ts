import { isDeepStrictEqual } from 'node:util';
import { type ConfigKey, configKeys } from './keys.ts';
import type { Config } from './resolve.ts';

interface Adopted {
  /** Keys whose new value is in use now. */
  readonly adopted: string[];
  /** Keys that differ and keep their old value until the next start. */
  readonly needRestart: string[];
}

/** Changes the configuration of a running service, in place, where a new value needs no restart. */
export function adoptLiveKeys(running: Config, loaded: Config): Adopted {
  const result: Adopted = { adopted: [], needRestart: [] };
  for (const key of configKeys) adopt(key, running, loaded, result);
  return result;
}

function adopt(key: ConfigKey, running: object, loaded: object, result: Adopted): void {
  const before: unknown = Reflect.get(running, key.name);
  const after: unknown = Reflect.get(loaded, key.name);
  if (isDeepStrictEqual(before, after)) return;
  if (!key.list && before instanceof Object && after instanceof Object) {
    for (const child of key.children) adopt(child, before, after, result);
    return;
  }
  if (key.note.live) Reflect.set(running, key.name, after);
  (key.note.live ? result.adopted : result.needRestart).push(key.path.join('.'));
}

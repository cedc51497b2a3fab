import type { z } from 'zod';
import { toProblem } from '../errors.ts';
import { parseTemplate } from '../organize/naming/template.ts';

interface Checked {
  mqtt: {
    url?: string | undefined;
    embedded?: boolean | undefined;
    host: string;
    username?: string | undefined;
    password?: string | undefined;
    password_file?: string | undefined;
  };
  metadata: {
    tmdb: { key?: string | undefined; key_file?: string | undefined; url: string };
    thediscdb: { url: string };
  };
  references: {
    opensubtitles: {
      api_key?: string | undefined;
      api_key_file?: string | undefined;
      password?: string | undefined;
      password_file?: string | undefined;
      url: string;
    };
  };
  speech: {
    engine: string;
    url?: string | undefined;
    api_key?: string | undefined;
    api_key_file?: string | undefined;
    hub: string;
  };
  drives: readonly {
    id: string;
    folder?: string | undefined;
    serial?: string | undefined;
    port?: string | undefined;
    device?: string | undefined;
  }[];
  libraries: readonly {
    id: string;
    kind: string;
    root: string;
    template?: string | undefined;
    default?: boolean | undefined;
  }[];
}

interface Contradiction {
  path: PropertyKey[];
  message: string;
}

/** What an entry of `drives` says of where discs come from; one of them. */
const DRIVE_PLACES = ['folder', 'serial', 'port', 'device'] as const;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What no single key can know: keys that exclude each other, and what must be unique. */
export function crossCheck(config: Checked, context: z.RefinementCtx): void {
  const found = [
    ...brokerChoice(config.mqtt),
    ...login(config.mqtt),
    ...providers(config.metadata),
    ...openSubtitles(config.references.opensubtitles),
    ...speech(config.speech),
    ...repeated(config.drives, 'drives', 'id'),
    ...placesOf(config.drives),
    ...DRIVE_PLACES.flatMap((place) => [...repeated(config.drives, 'drives', place)]),
    ...repeated(config.libraries, 'libraries', 'id'),
    ...repeated(config.libraries, 'libraries', 'root'),
    ...secondDefaults(config.libraries),
    ...unreadableTemplates(config.libraries),
  ];
  for (const { path, message } of found) context.addIssue({ code: 'custom', path, message });
}

function* brokerChoice({ url, embedded }: Checked['mqtt']): Generator<Contradiction> {
  const path = ['mqtt', 'embedded'];
  if (embedded === true && url !== undefined)
    yield { path, message: 'is true although mqtt.url names a broker: keep one of the two' };
  if (embedded === false && url === undefined)
    yield { path, message: 'is false, so mqtt.url must name a broker' };
}

function* login(mqtt: Checked['mqtt']): Generator<Contradiction> {
  if (mqtt.url !== undefined && hasLogin(mqtt.url))
    yield {
      path: ['mqtt', 'url'],
      message: 'holds a login: move it to mqtt.username and mqtt.password, addresses get logged',
    };
  const password = mqtt.password ?? mqtt.password_file;
  if (mqtt.password !== undefined && mqtt.password_file !== undefined)
    yield { path: ['mqtt', 'password_file'], message: 'is set beside mqtt.password: keep one' };
  const open = mqtt.url === undefined && !LOOPBACK.has(mqtt.host);
  if (open && (mqtt.username === undefined || password === undefined))
    yield {
      path: ['mqtt', 'host'],
      message: `lets other machines in (${mqtt.host}), so mqtt.username and mqtt.password must be set`,
    };
}

function* providers({ tmdb, thediscdb }: Checked['metadata']): Generator<Contradiction> {
  if (tmdb.key !== undefined && tmdb.key_file !== undefined)
    yield {
      path: ['metadata', 'tmdb', 'key_file'],
      message: 'is set beside metadata.tmdb.key: keep one',
    };
  for (const [name, { url }] of Object.entries({ tmdb, thediscdb }))
    if (hasLogin(url) || new URL(url).search !== '')
      yield {
        path: ['metadata', name, 'url'],
        message: 'holds a login or a key: addresses get logged',
      };
}

function* openSubtitles(given: Checked['references']['opensubtitles']): Generator<Contradiction> {
  const at = (key: string) => ['references', 'opensubtitles', key];
  if (given.api_key !== undefined && given.api_key_file !== undefined)
    yield {
      path: at('api_key_file'),
      message: 'is set beside references.opensubtitles.api_key: keep one',
    };
  if (given.password !== undefined && given.password_file !== undefined)
    yield {
      path: at('password_file'),
      message: 'is set beside references.opensubtitles.password: keep one',
    };
  if (hasLogin(given.url) || new URL(given.url).search !== '')
    yield { path: at('url'), message: 'holds a login or a key: addresses get logged' };
}

function* speech({ engine, url, hub, ...keys }: Checked['speech']): Generator<Contradiction> {
  if (url === undefined && (engine === 'openai' || engine === 'whisper-asr'))
    yield { path: ['speech', 'url'], message: `must be set for the engine ${engine}` };
  if (keys.api_key !== undefined && keys.api_key_file !== undefined)
    yield { path: ['speech', 'api_key_file'], message: 'is set beside speech.api_key: keep one' };
  for (const [name, address] of Object.entries({ url, hub }))
    if (address !== undefined && (hasLogin(address) || new URL(address).search !== ''))
      yield { path: ['speech', name], message: 'holds a login or a key: addresses get logged' };
}

function hasLogin(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

function* repeated<Key extends string>(
  entries: readonly { readonly [key in Key]?: string | undefined }[],
  list: string,
  key: Key,
): Generator<Contradiction> {
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const value = entry[key];
    if (value === undefined) continue;
    if (seen.has(value))
      yield { path: [list, index, key], message: `is the same as in another entry: ${value}` };
    seen.add(value);
  }
}

function* placesOf(drives: Checked['drives']): Generator<Contradiction> {
  for (const [index, drive] of drives.entries()) {
    const given = DRIVE_PLACES.filter((place) => drive[place] !== undefined);
    if (given.length === 1) continue;
    const choice = 'a folder of images, or the serial, port or device of an optical drive';
    const message =
      given.length === 0
        ? `needs ${choice}`
        : `has ${given.join(' and ')}: keep one of them (${choice})`;
    yield { path: ['drives', index], message };
  }
}

function* secondDefaults(libraries: Checked['libraries']): Generator<Contradiction> {
  const kinds = new Set<string>();
  for (const [index, { kind, default: isDefault }] of libraries.entries()) {
    if (!isDefault) continue;
    if (kinds.has(kind))
      yield {
        path: ['libraries', index, 'default'],
        message: `is the second default for the kind ${kind}`,
      };
    kinds.add(kind);
  }
}

/** Said at the start, not hours later when the first disc is filed. */
function* unreadableTemplates(libraries: Checked['libraries']): Generator<Contradiction> {
  for (const [index, { template }] of libraries.entries()) {
    const problem = template === undefined ? null : problemOf(template);
    if (problem) yield { path: ['libraries', index, 'template'], message: problem };
  }
}

function problemOf(template: string): string | null {
  try {
    parseTemplate(template);
    return null;
  } catch (error) {
    const { message, hint } = toProblem(error);
    return `cannot be used: ${message}. ${hint}`;
  }
}

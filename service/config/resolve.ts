import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DiscflowError } from '../errors.ts';
import type { ConfigFile } from './schema.ts';

type FileMqtt = ConfigFile['mqtt'];
type FileDrive = ConfigFile['drives'][number];
type FileMetadata = ConfigFile['metadata'];
type FileReferences = ConfigFile['references'];
type FileSpeech = ConfigFile['speech'];
type FileLibrary = ConfigFile['libraries'][number];

export interface MqttConfig extends Omit<FileMqtt, 'password_file'> {
  embedded: boolean;
}
export interface MetadataConfig extends Omit<FileMetadata, 'tmdb'> {
  tmdb: Omit<FileMetadata['tmdb'], 'key_file'>;
}
export interface ReferencesConfig extends Omit<FileReferences, 'opensubtitles'> {
  opensubtitles: Omit<FileReferences['opensubtitles'], 'api_key_file' | 'password_file'>;
}
/** A folder of images. */
export interface DriveConfig extends Pick<FileDrive, 'id' | 'settle_seconds' | 'eject'> {
  name: string;
  folder: string;
}
/** An optical drive that has an id of its own. */
export interface OpticalDriveConfig extends Pick<FileDrive, 'id' | 'serial' | 'port' | 'device'> {
  /** Null: as the drive calls itself. */
  name: string | null;
}
export interface LibraryConfig extends FileLibrary {
  default: boolean;
}

export interface SpeechConfig extends Omit<FileSpeech, 'api_key_file' | 'models'> {
  models: string;
}

/** The configuration as the service uses it: paths absolute, secrets read, what depends on others settled. */
export interface Config
  extends Omit<ConfigFile, 'mqtt' | 'metadata' | 'references' | 'speech' | 'drives' | 'libraries'> {
  /** The data folder. */
  data: string;
  mqtt: MqttConfig;
  metadata: MetadataConfig;
  references: ReferencesConfig;
  speech: SpeechConfig;
  drives: DriveConfig[];
  opticalDrives: OpticalDriveConfig[];
  libraries: LibraryConfig[];
}

/** Throws `config-invalid` when a file with a secret cannot be read. */
export async function resolveConfig(file: ConfigFile, data: string): Promise<Config> {
  const path = (given: string) => resolve(data, fromHome(given));
  return {
    ...file,
    data,
    staging: path(file.staging),
    state: path(file.state),
    mqtt: await resolveMqtt(file.mqtt, path),
    makemkv: {
      ...file.makemkv,
      key_file: file.makemkv.key_file && path(file.makemkv.key_file),
    },
    metadata: await resolveMetadata(file.metadata, path),
    references: await resolveReferences(file.references, path),
    speech: await resolveSpeech(file, path),
    drives: file.drives.flatMap(({ id, name = id, folder, settle_seconds, eject }) =>
      folder === undefined ? [] : [{ id, name, folder: path(folder), settle_seconds, eject }],
    ),
    opticalDrives: file.drives
      .filter(({ folder }) => folder === undefined)
      .map(({ id, name = null, serial, port, device }) => ({ id, name, serial, port, device })),
    libraries: withDefaults(file.libraries).map((library) => ({
      ...library,
      root: path(library.root),
    })),
  };
}

async function resolveMqtt(mqtt: FileMqtt, path: (given: string) => string): Promise<MqttConfig> {
  const { password_file, password, tls, ...rest } = mqtt;
  return {
    ...rest,
    embedded: mqtt.embedded ?? mqtt.url === undefined,
    password:
      password_file === undefined
        ? password
        : await secretOf('mqtt.password_file', path(password_file)),
    tls: {
      verify: tls.verify,
      ca: tls.ca && path(tls.ca),
      cert: tls.cert && path(tls.cert),
      key: tls.key && path(tls.key),
    },
  };
}

async function resolveMetadata(
  metadata: FileMetadata,
  path: (given: string) => string,
): Promise<MetadataConfig> {
  const { key_file, key, ...tmdb } = metadata.tmdb;
  const read =
    key_file === undefined ? key : await secretOf('metadata.tmdb.key_file', path(key_file));
  return { ...metadata, tmdb: { ...tmdb, key: read } };
}

async function resolveReferences(
  { folders, opensubtitles, ...references }: FileReferences,
  path: (given: string) => string,
): Promise<ReferencesConfig> {
  const { api_key_file, api_key, password_file, password, ...rest } = opensubtitles;
  const secret = (name: string, file: string | undefined, given: string | undefined) =>
    file === undefined ? given : secretOf(`references.opensubtitles.${name}`, path(file));
  return {
    ...references,
    folders: folders.map(path),
    opensubtitles: {
      ...rest,
      api_key: await secret('api_key_file', api_key_file, api_key),
      password: await secret('password_file', password_file, password),
    },
  };
}

async function resolveSpeech(
  { speech, state }: ConfigFile,
  path: (given: string) => string,
): Promise<SpeechConfig> {
  const { api_key, api_key_file, models, ...rest } = speech;
  const key =
    api_key_file === undefined
      ? api_key
      : await secretOf('speech.api_key_file', path(api_key_file));
  return {
    ...rest,
    api_key: key,
    models: models === undefined ? join(path(state), 'models') : path(models),
  };
}

/** The last line break of a secret file belongs to the editor that wrote it, not to the secret. */
async function secretOf(key: string, file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new DiscflowError('config-invalid', `${key}: ${file} cannot be read`, {
      hint: 'Check the path, and that the user of the service may read the file.',
      cause,
    });
  }
}

/** The first library of a kind is its default when none says so. */
function withDefaults(libraries: readonly FileLibrary[]): LibraryConfig[] {
  return libraries.map((library) => {
    const sameKind = libraries.filter(({ kind }) => kind === library.kind);
    const chosen = sameKind.find((other) => other.default) ?? sameKind[0];
    return { ...library, default: library === chosen };
  });
}

function fromHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

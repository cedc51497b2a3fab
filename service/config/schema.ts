import { z } from 'zod';
import { Id } from '../contract/values.ts';
import { crossCheck } from './cross-check.ts';
import { Metadata } from './metadata-schema.ts';
import { Mqtt } from './mqtt-schema.ts';
import { noted } from './note.ts';
import { References } from './references-schema.ts';
import { Speech } from './speech-schema.ts';

const Path = z.string().min(1).max(4096);

const Drive = z.strictObject({
  id: noted(Id, {
    title: 'Id',
    description: 'Name of the drive in topics: letters, digits, "-" and "_". Never change it.',
  }),
  name: noted(z.string().min(1).max(100).optional(), {
    title: 'Name',
    description: 'Name for people; without it the id.',
  }),
  folder: noted(Path.optional(), {
    title: 'Folder',
    description:
      'Every .iso or .img file and every folder with VIDEO_TS or BDMV in it is a disc. ' +
      'Nothing in it is ever deleted.',
  }),
  serial: noted(z.string().min(1).max(200).optional(), {
    title: 'Serial number',
    description:
      'Instead of a folder: the optical drive with this number, wherever it is plugged in; ' +
      '"discflow drives" shows it. Only to give it an id and a name of your own.',
  }),
  port: noted(z.string().min(1).max(500).optional(), {
    title: 'Port',
    description:
      'Instead of a folder: the optical drive at this port ("discflow drives" shows it), for ' +
      'drives whose serial numbers are equal.',
  }),
  device: noted(Path.optional(), {
    title: 'Device',
    description:
      'Instead of a folder: the optical drive with this path, best one below /dev/disk/by-id or ' +
      'by-path; the number in /dev/sr0 changes.',
  }),
  settle_seconds: noted(z.number().min(0.1).max(3600).default(2), {
    title: 'Settling time',
    description: 'An image counts as a disc when it has not grown for so many seconds.',
  }),
  eject: noted(z.enum(['auto', 'done-folder', 'remember']).default('auto'), {
    title: 'Eject',
    description:
      'done-folder moves an ejected image into done/ in the same folder, remember leaves it in ' +
      'place and only remembers it; auto moves it, unless the folder is read-only.',
  }),
});

const Library = z.strictObject({
  id: noted(Id, {
    title: 'Id',
    description: 'Name of the library in flows and topics: letters, digits, "-" and "_".',
  }),
  kind: noted(z.enum(['movie', 'tv', 'extras']), {
    title: 'Kind',
    description: 'What belongs here; extras: discs that hold nothing else.',
  }),
  root: noted(Path, {
    title: 'Root',
    description:
      'Folder of the library, set up once. It is not created again when it is missing: a disk ' +
      'that is not mounted must not be filled beside its mount point.',
  }),
  preset: noted(z.enum(['jellyfin', 'plex', 'kodi']).optional(), {
    title: 'Preset',
    description: 'Names for this media server; without it names that all three read.',
  }),
  template: noted(z.string().min(1).max(500).optional(), {
    title: 'Template',
    description: 'Your own naming instead of a preset: "{title} ({year})/{title} ({year}).mkv".',
  }),
  default: noted(z.boolean().optional(), {
    title: 'Default',
    description: 'The library of its kind when a flow chooses none; without it the first of them.',
  }),
});

const Policies = z.strictObject({
  identity: noted(z.enum(['ask', 'accept']).default('ask'), {
    title: 'Doubtful identity',
    description: 'A title known from the label alone: ask a person, or accept it.',
  }),
  episode_order: noted(z.enum(['ask', 'accept']).default('ask'), {
    title: 'Episode order',
    description: 'Episodes known from their order on the disc alone: ask a person, or accept it.',
  }),
  extras: noted(z.enum(['keep', 'skip']).default('keep'), {
    title: 'Extras',
    description: 'Rip extras of a minute and more, or skip them.',
  }),
  existing: noted(z.enum(['keep-both', 'skip', 'replace']).default('keep-both'), {
    title: 'Existing file',
    description:
      'When the library has a file of that name: keep both, skip the new one, or replace the old ' +
      'one (it moves to the recycle folder).',
  }),
  duplicate_disc: noted(z.enum(['skip', 'ask', 'again']).default('skip'), {
    title: 'Known disc',
    description: 'A disc that was ripped completely before: skip it, ask, or rip it again.',
  }),
  owned: noted(z.enum(['ask', 'skip', 'better', 'rip']).default('ask'), {
    title: 'Owned already',
    description:
      'A disc whose film, or whose every episode, another disc or somebody has put into a library: ' +
      'ask, skip it, rip it if it is better (a finer picture, another cut), or rip it. What only ' +
      'looks like it is asked.',
  }),
  answer_seconds: noted(z.number().min(0).max(86_400).default(120), {
    title: 'Time for an answer',
    description:
      'Seconds that a disc stays in its drive for an answer without which it is not ripped. Then ' +
      'it is let out, and read in whatever drive it comes back.',
  }),
  claim_seconds: noted(z.number().min(0).max(3600).default(5), {
    title: 'Time for flows',
    description: 'Seconds in which a flow may claim a new disc; then the service handles it alone.',
  }),
  claim_wait: noted(z.boolean().default(false), {
    title: 'Wait for flows',
    description: 'Never handle a disc alone: wait until a flow claims it.',
  }),
  eject: noted(z.boolean().default(true), {
    title: 'Eject',
    description: 'Let the disc out when everything wanted has been read.',
  }),
});

const Optical = z.strictObject({
  discover: noted(z.boolean().default(true), {
    title: 'Discover',
    description: 'Use every optical drive that is plugged in, also when drives does not name it.',
  }),
  debounce_seconds: noted(z.number().min(0).max(60).default(0.5), {
    title: 'Debounce',
    description:
      'A disc whose kind and label are known counts when the drive has told nothing new for so ' +
      'long. One insertion gives several messages; later ones that say the same are one disc anyway.',
  }),
  label_seconds: noted(z.number().min(1).max(600).default(30), {
    title: 'Time for the label',
    description: 'How long a disc without a readable label is waited for before it is looked at.',
  }),
  readable_seconds: noted(z.number().min(5).max(3600).default(120), {
    title: 'Time to become readable',
    description: 'A disc that the drive cannot make out in this time is reported as unreadable.',
  }),
});

const History = z.strictObject({
  days: noted(z.int().min(1).max(36_500).default(365), {
    title: 'Days',
    description: 'How long ended jobs are kept.',
  }),
});

const Tools = z.strictObject({
  mkvmerge: noted(Path.optional(), {
    title: 'mkvmerge',
    description: 'Path of the program, when it is not on the PATH.',
    example: '/usr/bin/mkvmerge',
  }),
  makemkvcon: noted(Path.optional(), {
    title: 'makemkvcon',
    description: 'Path of the program, when it is not on the PATH.',
    example: '/usr/bin/makemkvcon',
  }),
  ffmpeg: noted(Path.optional(), {
    title: 'ffmpeg',
    description: 'Path of the program, when it is not on the PATH.',
    example: '/usr/bin/ffmpeg',
  }),
});

const MakeMkv = z.strictObject({
  enabled: noted(z.boolean().default(true), {
    title: 'Use MakeMKV',
    description: 'false: encrypted discs are announced and let out, although MakeMKV is installed.',
  }),
  mode: noted(z.enum(['mkv', 'backup']).default('mkv'), {
    title: 'Way of reading',
    description:
      'mkv lets MakeMKV save the titles; backup lets it copy the whole disc in a drive first, which needs the space of ' +
      'two discs. Blu-ray discs whose titles MakeMKV does not find are copied in any case.',
  }),
  min_length: noted(z.int().min(0).max(7200).default(10), {
    title: 'Shortest title',
    description:
      'Seconds; of a disc whose structure only MakeMKV can read, shorter titles are left out.',
  }),
  key_file: noted(Path.optional(), {
    title: 'Key file',
    description:
      'Holds the key of MakeMKV: a secret of Docker, systemd or the like. A new content is taken ' +
      'over while the service runs. Without it: "discflow key".',
    example: '/run/secrets/makemkv_key',
  }),
});

const Log = z.strictObject({
  level: noted(z.enum(['debug', 'info', 'warn', 'error']).default('info'), {
    title: 'Level',
    description: 'How much is logged.',
  }),
  format: noted(z.enum(['auto', 'pretty', 'json']).default('auto'), {
    title: 'Format',
    description: 'Lines for people or for programs; auto is pretty on a terminal, else json.',
  }),
});

/** The configuration file: validation, its first version on disk and its documentation come from here. */
export const ConfigFile = z
  .strictObject({
    version: noted(z.literal(1, 'expected 1; a newer Discflow wrote this file').default(1), {
      title: 'Version',
      description: 'Version of this file; leave it as it is.',
    }),
    station: noted(Id.default('main'), {
      title: 'Station',
      description: 'Name of this service; every service on one broker needs another.',
    }),
    staging: noted(Path.default('staging'), {
      title: 'Staging folder',
      description:
        'Where titles are ripped to. Best on the disk of the library: titles then arrive by renaming.',
    }),
    state: noted(Path.default('state'), {
      title: 'State folder',
      description: 'Where jobs and their history are kept. It belongs on a local disk.',
    }),
    mqtt: noted(Mqtt.prefault({}), {
      title: 'MQTT',
      description: 'How flows, Home Assistant and dashboards reach this service.',
    }),
    drives: noted(
      z
        .array(Drive)
        .max(100)
        .prefault([{ id: 'images', folder: 'discs' }]),
      {
        title: 'Drives',
        description:
          'Where discs come from. A folder of images is a drive that changes its discs by itself; ' +
          'optical drives are found without an entry.',
      },
    ),
    optical: noted(Optical.prefault({}), {
      title: 'Optical drives',
      description: 'How drives with a tray are watched.',
    }),
    libraries: noted(
      z
        .array(Library)
        .max(100)
        .prefault([
          { id: 'movies', kind: 'movie', root: 'library/Movies' },
          { id: 'tv', kind: 'tv', root: 'library/TV' },
        ]),
      { title: 'Libraries', description: 'Where finished files go.' },
    ),
    metadata: noted(Metadata.prefault({}), {
      title: 'Metadata',
      description: 'Where titles, episodes and age ratings come from.',
    }),
    references: noted(References.prefault({}), {
      title: 'References',
      description: 'Subtitles of known episodes, by which the episodes of a disc are told apart.',
    }),
    speech: noted(Speech.prefault({}), {
      title: 'Speech',
      description:
        'How a few snippets of a title are understood when nothing else tells its episode.',
    }),
    policies: noted(Policies.prefault({}), {
      title: 'Policies',
      description: 'What happens when there is a choice.',
    }),
    history: noted(History.prefault({}), {
      title: 'History',
      description: 'What is remembered of ended jobs.',
    }),
    tools: noted(Tools.prefault({}), {
      title: 'Tools',
      description: 'External programs; "discflow doctor" shows what was found.',
    }),
    makemkv: noted(MakeMkv.prefault({}), {
      title: 'MakeMKV',
      description: 'Reads encrypted discs, when it is installed.',
    }),
    log: noted(Log.prefault({}), {
      title: 'Log',
      description: 'What the service says on its standard error.',
    }),
  })
  .superRefine(crossCheck);
export type ConfigFile = z.output<typeof ConfigFile>;

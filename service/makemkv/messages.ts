import type { ProblemCode } from '../contract/problem.ts';

/**
 * What is done about a message. `note`: kept with the run and shown; `cause`: the reason, if the run fails later;
 * `attention`: a person has to do something, the run goes on; `fail-title` and `fail-job`: not to be saved by going
 * on; `stop`: the program is stopped at once; `result`: how it ended; `long`: what follows may take long.
 */
export type MessageAction =
  | 'ignore'
  | 'log'
  | 'note'
  | 'cause'
  | 'attention'
  | 'fail-title'
  | 'fail-job'
  | 'stop'
  | 'result'
  | 'long';

export type MessageArea =
  | 'general'
  | 'reading'
  | 'DVD'
  | 'Blu-ray'
  | 'streams'
  | 'result'
  | 'licence'
  | 'question';

export interface MessageKind {
  readonly area: MessageArea;
  readonly action: MessageAction;
  /** For people, in our own words; %1, %2 … are the params of the message. */
  readonly says: string;
  /** What a failure by this message is called, and what to do about it. */
  readonly problem?: { readonly code: ProblemCode; readonly hint: string };
}

/** Codes that the program's logic asks for by name. */
export const codes = {
  started: 1005,
  freeText: 1011,
  readError: 2003,
  readErrorSummary: 2023,
  sourceCorrupt: 4004,
  longScan: [3024, 3042, 3326],
  skippedShort: 3025,
  fakeTitle: [3026, 3039],
  skippedBroken: [3013, 3014, 3015, 3016, 3017, 5002],
  duplicateDvdTitle: 3027,
  duplicatePlaylist: 3309,
  emptyTrack: 4001,
  titleFailed: 5003,
  decodingFailed: 5043,
  savedSomeEvent: 5004,
  savedEvent: 5005,
  notOpened: 5010,
  opened: 5011,
  saving: 5014,
  saved: 5036,
  savedSome: 5037,
  hashFailed: 5076,
  backupDone: [5070, 5081],
  backupDamaged: [5079, 5082],
  backupFailed: [5069, 5080],
  newerVersion: 5075,
  trialDays: 5050,
  phaseSavingTitles: 5024,
  phaseCopyingFiles: 5047,
  phaseSavingOne: 5017,
  phaseAnalysingSegments: 5057,
} as const;

/** Boxes with a yes and a no: nobody can answer them, so the program would wait for ever. */
const questionFlags: ReadonlySet<number> = new Set([776, 1288, 1544]);
/** Other bits say where a text may be shown, or that there is an address in it. */
const BOX_BITS = 0xf0c;

/** True for a message that waits for an answer. */
export function isQuestion({ flags }: { flags: number }): boolean {
  return questionFlags.has(flags & BOX_BITS);
}

/** What we know of a code; undefined for a new one. */
export function messageKind(code: number): MessageKind | undefined {
  return kinds.get(code);
}

/** Every code that is known, in order. */
export function messageCodes(): number[] {
  return [...kinds.keys()].sort((a, b) => a - b);
}

const tryElsewhere = 'Clean the disc and retry, or try it in another drive.';
const unreadable = { code: 'disc-unreadable', hint: tryElsewhere } as const;
const readError = { code: 'read-error', hint: tryElsewhere } as const;
const rights = {
  code: 'drive-unavailable',
  hint: 'Close other programs that use the drive (a player, a mount), and let the service read its sr and sg devices: group "cdrom", in a container both devices.',
} as const;
const staging = {
  code: 'staging-unavailable',
  hint: 'Check that the disk of the staging folder is mounted, has space and can be written. The disc is fine.',
} as const;
const fresh = {
  code: 'tool-failed',
  hint: 'This is a fault in Discflow; please report it with the log.',
} as const;
const program = {
  code: 'tool-failed',
  hint: 'Start it again with retry; if it stays, update MakeMKV.',
} as const;
const protection = {
  code: 'protection-unsupported',
  hint: 'Update MakeMKV and retry. For new discs its makers need some days: keep the disc and retry then.',
} as const;
const key = {
  code: 'makemkv-key',
  hint: 'Enter a key with "discflow key": a bought one, or the current beta key from forum.makemkv.com (topic 1053). The disc may stay in; the rip goes on by itself then.',
} as const;
const outdated = {
  code: 'makemkv-outdated',
  hint: 'Update MakeMKV from https://www.makemkv.com, or enter a bought key with "discflow key". The disc may stay in; the rip goes on by itself then.',
} as const;
const region = {
  code: 'region-locked',
  hint: 'Set the region of the drive to that of the disc (program "regionset"; possible only a few times in its life), or use a drive without a region.',
} as const;
const unsuited = {
  code: 'drive-unsuited',
  hint: 'Put the disc into a drive that MakeMKV calls LibreDrive; its forum lists them. What is missing is read there.',
} as const;
const question = {
  code: 'makemkv-question',
  hint: 'Discflow cannot answer for you, so it stopped the program. Mend what it asks about, then retry.',
} as const;

type Row = readonly [
  codes: number | readonly number[],
  area: MessageArea,
  action: MessageAction,
  says: string,
  problem?: MessageKind['problem'],
];

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * Codes and their meaning from makemkv-oss 1.17.4 and real output; a fact page of the project says where each was
 * seen. Whatever people read about MakeMKV's failures comes from here.
 */
const rows: readonly Row[] = [
  [[1001, 1002, 1003], 'general', 'ignore', 'Debug output of MakeMKV.'],
  [1004, 'general', 'log', 'A debug log is being written.'],
  [1005, 'general', 'log', '%1 was started.'],
  [
    1007,
    'general',
    'fail-job',
    "MakeMKV's data folder cannot be used.",
    {
      code: 'tool-failed',
      hint: 'Let the user of the service write to the state folder.',
    },
  ],
  [[1008, 1009], 'general', 'log', 'The conversion profile was not used: %1.'],
  [1010, 'general', 'cause', 'MakeMKV met an internal error.', program],
  [[1011, 1012], 'general', 'log', '%1'],
  [
    2001,
    'general',
    'cause',
    'The file system of the disc is not recognised.',
    {
      code: 'disc-unreadable',
      hint: 'It is no video disc, or it cannot be read. Clean it and retry, or try another drive.',
    },
  ],
  [[2006, 2007], 'general', 'attention', 'MakeMKV was not given the drive.', rights],
  [[2010, 2012, 2013, 2014, 2015, 2017], 'general', 'log', 'How the drive was opened: %1.'],
  [
    2016,
    'general',
    'attention',
    'MakeMKV has no full access to the drive.',
    {
      code: 'drive-unavailable',
      hint: 'Let the service write to the device, put its user into the group "cdrom", or give it the capability CAP_SYS_RAWIO.',
    },
  ],
  [
    [2020, 2021],
    'general',
    'note',
    'The system tells a wrong size of the disc, so it is read slowly.',
  ],
  [
    2024,
    'general',
    'fail-job',
    'MakeMKV does not know this device.',
    {
      code: 'drive-unavailable',
      hint: 'Check that the drive is still connected, and in a container that its sg device is passed in.',
    },
  ],
  [5009, 'general', 'fail-job', 'MakeMKV could not start.', program],
  [[5018, 5019], 'general', 'ignore', 'MakeMKV looks at the drives.'],
  [
    5042,
    'general',
    'attention',
    'MakeMKV finds no usable optical drive.',
    {
      code: 'drive-unavailable',
      hint: 'Check the cable and the rights of the sr and sg devices; in a container pass both in.',
    },
  ],
  [5074, 'general', 'log', 'MakeMKV looks for updates by itself.'],
  [5075, 'general', 'note', 'There is a newer MakeMKV: %1.'],
  [[5093, 5101], 'general', 'ignore', 'News of MakeMKV.'],

  [
    [2003, 2004, ...span(2301, 2303)],
    'reading',
    'note',
    'Reading failed in %2 at byte %3: %1',
    readError,
  ],
  [2008, 'reading', 'note', 'The staging disk is slower than the drive.'],
  [2009, 'reading', 'note', 'The file table of the disc is damaged.', unreadable],
  [2011, 'reading', 'note', 'There is too little memory for the read cache.'],
  [
    [2018, 2019, 2022],
    'reading',
    'stop',
    'MakeMKV cannot write to the staging folder: %1',
    staging,
  ],
  [2023, 'reading', 'note', 'The disc has read errors (%1, %2).', readError],
  [
    [...span(2200, 2205), ...span(2207, 2210), 2300, 2304, 2400, 2401],
    'reading',
    'cause',
    'Reading the disc failed.',
    readError,
  ],
  [2206, 'reading', 'cause', 'The disc could not be decrypted.', protection],
  [2402, 'reading', 'cause', 'The drive refused to unlock the disc.', unsuited],
  [[2211, 2404], 'reading', 'fail-title', 'The check sum of a stream is wrong.', readError],
  [[4003, 4004], 'reading', 'log', 'A damaged spot at %2 was worked around.'],

  [
    [3000, 3001],
    'DVD',
    'cause',
    'The structure of the DVD is damaged or made to confuse.',
    unreadable,
  ],
  [
    [...span(3002, 3005), ...span(3008, 3012)],
    'DVD',
    'log',
    'The tables of the DVD contradict each other.',
  ],
  [3006, 'DVD', 'log', 'The source is a folder.'],
  [3007, 'DVD', 'log', 'The disc is read directly.'],
  [
    [...span(3013, 3017), 5002],
    'DVD',
    'note',
    'Title %1 was left out: its tables are broken.',
    unreadable,
  ],
  [
    [...span(3018, 3023), 3033, ...span(3035, 3038), 3043],
    'DVD',
    'note',
    'Title %1 has an unusual structure; sound and picture may be apart.',
  ],
  [3024, 'DVD', 'long', 'The DVD is made in a complex way; looking at it takes longer.'],
  [3025, 'DVD', 'log', 'Title %1 is too short (%2 s; the limit is %3 s).'],
  [[3026, 3039], 'DVD', 'note', 'Title %1 tells a wrong length and was taken for a fake.'],
  [3027, 'DVD', 'note', 'Title %3 is the same as title %2.'],
  [3028, 'DVD', 'log', 'Title %1 was found.'],
  [[3029, 3030, 3034], 'DVD', 'log', 'An empty or repeated track was left out.'],
  [3031, 'DVD', 'fail-job', 'The region of the disc is another than that of the drive.', region],
  [
    3032,
    'DVD',
    'attention',
    'The region of the disc is another than that of the drive; MakeMKV tries to get around it.',
    region,
  ],
  [[3040, 3041], 'DVD', 'log', 'An angle of title %1 was looked at.'],
  [
    3042,
    'DVD',
    'long',
    'The tables of the DVD are lost; everything on it is looked at, which takes long.',
  ],

  [[3220, 3221], 'Blu-ray', 'note', 'The source has tracks of an unknown type.'],
  [[3300, 3302, 4001, 4002], 'Blu-ray', 'log', 'An empty clip or track was left out.'],
  [
    3301,
    'Blu-ray',
    'fail-job',
    'The disc has a kind of protection that MakeMKV cannot remove.',
    protection,
  ],
  [
    3303,
    'Blu-ray',
    'fail-job',
    'The key of this disc is not known to MakeMKV yet.',
    {
      code: 'disc-keys-missing',
      hint: 'Update MakeMKV, and let it reach the Internet. For a new disc wait some days, then retry.',
    },
  ],
  [[3304, 3305, 3307, 3308, 3344], 'Blu-ray', 'log', 'The disc was looked at: %1'],
  [
    3306,
    'Blu-ray',
    'fail-job',
    'The drive has locked MakeMKV out (its certificate is revoked).',
    unsuited,
  ],
  [3309, 'Blu-ray', 'note', '%1 plays the same as %2.'],
  [
    [3310, 3341, 3347],
    'Blu-ray',
    'note',
    'The disc has a newer protection than MakeMKV knows.',
    protection,
  ],
  [
    [3311, 3312, ...span(3318, 3321), 3323, 3325, 3327, 3329],
    'Blu-ray',
    'cause',
    'The BD+ protection of the disc could not be removed.',
    protection,
  ],
  [
    [...span(3313, 3317), 3322, 3324, 3328, ...span(3330, 3333)],
    'Blu-ray',
    'log',
    'The BD+ protection is being removed.',
  ],
  [3326, 'Blu-ray', 'long', 'Removing the BD+ protection takes some minutes.'],
  [
    [3334, 3335, 3336, 3342],
    'Blu-ray',
    'note',
    'Another program for decryption is or was at work on this disc.',
  ],
  [3338, 'Blu-ray', 'log', 'MakeMKV fetches %1 from the Internet.'],
  [3339, 'Blu-ray', 'note', 'MakeMKV could not fetch its data from the Internet.'],
  [
    [3340, 3343],
    'Blu-ray',
    'cause',
    'The drive encrypts what it sends, with an unknown key.',
    unsuited,
  ],
  [
    3345,
    'Blu-ray',
    'attention',
    'The disc needs Java to tell its real titles from decoys, and there is none.',
    {
      code: 'tool-failed',
      hint: 'Install a Java runtime: apt install default-jre-headless.',
    },
  ],
  [3346, 'Blu-ray', 'fail-job', 'This drive cannot read UHD discs.', unsuited],
  [[5083, 5084, 5085], 'Blu-ray', 'log', 'The table of check sums: %1'],

  [
    [...span(4007, 4009), ...span(4047, 4051)],
    'streams',
    'note',
    'Sound and picture are apart at some place.',
  ],
  [[...span(4020, 4028), 4046, 4055], 'streams', 'log', 'Sound was mended at the edge of a clip.'],
  [[...span(4040, 4045), 4062], 'streams', 'note', 'MakeMKV misses a program or library: %1'],
  [[4052, 4053], 'streams', 'note', 'The sound changes its format inside a track.'],
  [[4054, 4060, 4061], 'streams', 'note', 'A sound track could not be converted.'],

  [[5000, 5007, 5016], 'result', 'fail-job', 'MakeMKV cannot use the staging folder.', staging],
  [5006, 'result', 'fail-job', 'MakeMKV cannot open the disc or its image.', unreadable],
  [5003, 'result', 'fail-title', 'Title %1 could not be saved.', readError],
  [[5004, 5005, 5036, 5037], 'result', 'result', '%1 titles were saved.'],
  [5008, 'result', 'fail-job', 'The disc has no title that can be read.', unreadable],
  [5010, 'result', 'fail-job', 'MakeMKV could not open the disc.', unreadable],
  [5011, 'result', 'result', 'The disc was opened.'],
  [5012, 'result', 'fail-job', 'No title was chosen.', fresh],
  [[5014, 5015], 'result', 'log', '%1 titles are to be saved.'],
  [5043, 'result', 'fail-title', 'Title %1 could not be decoded.', readError],
  [5068, 'result', 'fail-job', 'The folder holds a copy already.', fresh],
  [[5069, 5080], 'result', 'fail-job', 'Copying the disc failed.', readError],
  [[5070, 5081], 'result', 'result', 'The disc was copied.'],
  [5072, 'result', 'log', 'The disc is being copied.'],
  [
    [5076, 5077],
    'result',
    'fail-title',
    'The check sum of %1 is wrong: the disc is damaged there.',
    readError,
  ],
  [5078, 'result', 'note', 'Check sums: %1'],
  [
    [5079, 5082],
    'result',
    'attention',
    'The disc was copied, but some files are damaged (%1).',
    readError,
  ],
  [5094, 'result', 'note', 'A file was left out: %1'],

  [[5020, 5022], 'licence', 'attention', 'The stored key of MakeMKV is not valid.', key],
  [5021, 'licence', 'fail-job', 'This MakeMKV is too old, or needs a key.', outdated],
  [[5050, 5054], 'licence', 'note', "MakeMKV's trial: %1 of %2 days are left.", key],
  [
    [5051, 5052],
    'licence',
    'attention',
    "MakeMKV's trial is over: only what is free still works.",
    key,
  ],
  [[5053, 5058], 'licence', 'attention', "MakeMKV's trial has not been started.", key],
  [5055, 'licence', 'fail-job', "MakeMKV's trial is over.", key],
  [5056, 'licence', 'fail-job', "MakeMKV's trial has not been started.", key],
  [5073, 'licence', 'attention', 'The beta key of MakeMKV has run out and was removed.', key],
  [5095, 'licence', 'attention', 'This kind of key does not fit.', key],

  [5001, 'question', 'stop', 'MakeMKV asks whether to overwrite a file.', question],
  [5013, 'question', 'stop', 'MakeMKV asks whether to create the folder.', question],
  [
    5038,
    'question',
    'stop',
    'MakeMKV may need %1 MB, and %2 MB are free.',
    {
      code: 'staging-full',
      hint: 'Free space on the disk of the staging folder; the rip goes on by itself then.',
    },
  ],
  [
    [5039, 5071],
    'question',
    'stop',
    'A file may become larger than the file system of staging allows.',
    {
      code: 'staging-unavailable',
      hint: 'Put the staging folder on a disk that is not formatted as FAT32.',
    },
  ],
  [[5040, 5041], 'question', 'stop', 'MakeMKV takes the staging folder for a disc.', question],
];

const kinds: ReadonlyMap<number, MessageKind> = new Map(
  rows.flatMap(([listed, area, action, says, problem]) =>
    [listed]
      .flat()
      .map((code): [number, MessageKind] => [
        code,
        { area, action, says, ...(problem && { problem }) },
      ]),
  ),
);

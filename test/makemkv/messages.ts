interface Message {
  /** Kind of dialog and marks, as in captures of the real program; see `service/makemkv`. */
  readonly flags: number;
  /** In our own words: only the code and the order of the parameters are the real program's. */
  readonly format: string;
}

const say = (format: string, flags = 0): Message => ({ flags, format });

const EVENT = 128;
const BOX = 260;
const ERROR_BOX = 516;
const QUESTION = 776;
const HAS_ADDRESS = 131072;

/** Flags of 5020, 5052, 5055, 5056, 5073 are made up: no capture of them is public. */
export const messages = {
  1005: say('%1 is running'),
  1011: say('%1'),
  2003: say("Reading '%2' at '%3' gave '%1'"),
  2016: say("No full access to drive '%1'"),
  2018: say("Writing '%2' at '%3' gave '%1'"),
  2019: say("Creating '%2' gave '%1'"),
  2023: say('%1 errors of the kind %2 occurred, see %3', HAS_ADDRESS),
  3007: say('The disc is read directly'),
  3025: say('Title %1 is %2 seconds long, the minimum is %3, it is left out'),
  3027: say('Title %3 of set %1 repeats title %2 and is left out'),
  3028: say('Title %1 joined: %2 cells, %3'),
  3032: say('Region %1 of the drive is not region %2 of the disc, trying to get around it'),
  3303: say('The volume key of this disc is not known'),
  3307: say('%1 joined as title %2'),
  3309: say('%1 repeats %2 and is left out'),
  3338: say('Fetching %1 into %2'),
  3346: say('This disc needs a drive with LibreDrive'),
  5001: say('%1 exists. Replace it?', QUESTION),
  5003: say('Title %1 could not be saved as %2'),
  5004: say('%1 saved, %2 failed', EVENT),
  5005: say('%1 saved', EVENT),
  5008: say('No title can be opened'),
  5010: say('The disc could not be opened'),
  5011: say('The disc was opened'),
  5012: say('There is nothing to save'),
  5013: say('Create the folder %1?', QUESTION),
  5014: say('%1 titles go to %2', HAS_ADDRESS),
  5016: say('%1 is not a folder to write to'),
  5020: say('The stored key is not valid', BOX),
  5021: say('This version is too old: get the newest at %1, or register', HAS_ADDRESS + BOX),
  5036: say('All copied: %1 saved', BOX),
  5037: say('Copied: %1 saved, %2 failed', ERROR_BOX),
  5038: say('%1 megabytes may be needed, %2 are free. Go on?', QUESTION),
  5042: say('No drive that can be used was found'),
  5050: say('Day %1 of %2 of the trial is left'),
  5052: say('The trial is over; what is free goes on working', HAS_ADDRESS + BOX),
  5055: say('The trial is over; this disc needs a key', HAS_ADDRESS + ERROR_BOX),
  5056: say('The trial has not been started', HAS_ADDRESS + ERROR_BOX),
  5068: say('%1 holds a backup already', ERROR_BOX),
  5069: say('The backup failed', EVENT),
  5070: say('The backup is done', EVENT),
  5072: say('The disc is copied to "%1"', HAS_ADDRESS),
  5073: say('The temporary key is over and was taken out', HAS_ADDRESS + BOX),
  5075: say('Version %1 is out: %2', 16908288),
  5085: say('The table of check sums is there'),
  5080: say('The backup failed.', ERROR_BOX),
  5081: say('The backup is done.', BOX),
} satisfies Record<number, Message>;

export type MessageCode = keyof typeof messages;

/** Names of phases, by the message code that PRGT and PRGC carry. */
export const phases = {
  5018: 'Looking for drives',
  3100: 'Opening a DVD',
  3101: 'Opening the files of a DVD',
  3102: 'Title sets',
  3120: 'Contents',
  3103: 'Titles',
  3104: 'Decrypting',
  3404: 'Opening a Blu-ray disc',
  3400: 'Clips',
  3401: 'Playlists',
  3402: 'Decrypting',
  3406: 'BD+',
  5024: 'Saving titles',
  5057: 'Looking at segments',
  5017: 'Saving a title',
  5047: 'Copying files',
  5048: 'Looking at files',
  5046: 'Copying a file',
} satisfies Record<number, string>;

export type PhaseCode = keyof typeof phases;

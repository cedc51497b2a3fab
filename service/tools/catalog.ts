export interface ToolKind {
  /** What does not work without it, as the end of "needed for". */
  needed: string;
  get: string;
  /** Environment variables that may name it, first one first. */
  environment: readonly string[];
  version: readonly string[];
  /** Where its answer has the version. */
  pattern: RegExp;
  /** Exit codes of that call beside 0. */
  accept?: readonly number[];
  /** Where it is when it is not on the PATH. */
  places?: readonly string[];
  /** An npm package that brings it and whose default export is its path. */
  npm?: string;
}

export const toolNames = [
  'mkvmerge',
  'makemkvcon',
  'ffmpeg',
  'ffprobe',
  'tesseract',
  'pocketsphinx_continuous',
  'eject',
  'udevadm',
  'cdrom_id',
  'blkid',
  'sg_prevent',
  'sg_start',
  'setpriv',
] as const;
export type ToolName = (typeof toolNames)[number];

/** Every external program, for the search and for `doctor`. */
export const toolCatalog: Record<ToolName, ToolKind> = {
  mkvmerge: {
    needed: 'making MKV files from discs, exactly and with all chapters, subtitles and languages',
    get: 'apt install mkvtoolnix, brew install mkvtoolnix, or https://mkvtoolnix.download',
    environment: ['MKVMERGE_PATH'],
    version: ['--version'],
    pattern: /^mkvmerge v(\S+)/,
  },
  makemkvcon: {
    needed: 'reading encrypted discs',
    get: 'https://www.makemkv.com/download/ (Linux: the forum has the steps; it needs a key, see "discflow key --help")',
    environment: ['MAKEMKVCON_PATH'],
    // There is no option for it. Without a disc no drive is touched, and it ends at once.
    version: ['-r', '--noscan', 'info', 'file:/no/disc/here'],
    pattern: /"MakeMKV v(\d[\w.]*)/,
    // The version is said before it finds out that it is too old or has no key.
    accept: [0, 1, 253],
  },
  ffmpeg: {
    needed: 'review pictures, speech snippets, and simple titles when there is no mkvmerge',
    get: 'apt install ffmpeg, brew install ffmpeg, or npm install ffmpeg-static',
    environment: ['FFMPEG_PATH', 'FFMPEG_BIN'],
    version: ['-version'],
    pattern: /^ffmpeg version (\S+)/,
    npm: 'ffmpeg-static',
  },
  ffprobe: {
    needed: 'checking files that were made without mkvmerge',
    get: 'comes with ffmpeg: apt install ffmpeg, brew install ffmpeg',
    environment: ['FFPROBE_PATH'],
    version: ['-version'],
    pattern: /^ffprobe version (\S+)/,
  },
  tesseract: {
    needed: 'reading subtitles that are pictures, when their times do not tell the episode',
    get: 'apt install tesseract-ocr, brew install tesseract, or https://tesseract-ocr.github.io',
    environment: ['TESSERACT_PATH'],
    version: ['--version'],
    pattern: /^tesseract v?(\S+)/,
  },
  pocketsphinx_continuous: {
    needed: 'understanding a little English speech where no better engine is installed',
    get: 'apt install pocketsphinx pocketsphinx-en-us (Debian 12, Ubuntu 22.04)',
    environment: ['POCKETSPHINX_PATH'],
    // There is no option for it; without any it says how it is used and ends with 1.
    version: [],
    pattern: /^pocketsphinx (\S+)/,
    accept: [0, 1],
  },
  eject: {
    needed: 'opening the tray of a real drive (Linux)',
    get: 'apt install eject',
    environment: [],
    version: ['--version'],
    pattern: /^eject.*?v?(\d\S*)/,
  },
  udevadm: {
    needed: 'seeing at once that a disc was put into a drive (Linux; else drives are looked at)',
    get: 'apt install udev; a container looks at its drives by itself',
    environment: [],
    version: ['--version'],
    pattern: /^(\d+)/,
  },
  cdrom_id: {
    needed: 'asking a drive what is in it when the system does not say (Linux)',
    get: 'comes with udev: apt install udev',
    environment: [],
    // It has no other option that ends well.
    version: ['--help'],
    pattern: /^version (\S+)/,
    places: ['/usr/lib/udev/cdrom_id', '/lib/udev/cdrom_id'],
  },
  blkid: {
    needed: 'reading the label of a disc when the system does not say (Linux)',
    get: 'comes with util-linux: apt install util-linux',
    environment: [],
    version: ['--version'],
    pattern: /^blkid from util-linux (\S+)/,
    places: ['/usr/sbin/blkid', '/sbin/blkid'],
  },
  sg_prevent: {
    needed: 'unlocking a tray that does not open (Linux)',
    get: 'apt install sg3-utils',
    environment: [],
    version: ['--version'],
    pattern: /version:? (\S+)/,
  },
  sg_start: {
    needed: 'opening a tray that does not open otherwise (Linux)',
    get: 'apt install sg3-utils',
    environment: [],
    version: ['--version'],
    pattern: /version:? (\S+)/i,
  },
  setpriv: {
    needed: 'ending tools with the service even when it is killed (Linux; else at the next start)',
    get: 'comes with util-linux: apt install util-linux',
    environment: [],
    version: ['--version'],
    pattern: /^setpriv from util-linux (\S+)/,
  },
};

import type { Problem } from '../../../contract/problem.ts';

const WHERE =
  'A key is free at https://www.opensubtitles.com/consumers; put it into references.opensubtitles.api_key or a file named by api_key_file.';

export const missingKey: Problem = {
  code: 'references-key-missing',
  message: 'OpenSubtitles is not asked for subtitles: it wants a key, and there is none',
  hint: `${WHERE} To go without it, set references.opensubtitles.enabled to false.`,
};

export const refusedKey: Problem = {
  code: 'references-key-refused',
  message: 'OpenSubtitles gives no subtitles: it does not accept the key',
  hint: `Check that the key is complete and still listed there. ${WHERE} Then start Discflow again.`,
};

export const refusedLogin: Problem = {
  code: 'references-key-refused',
  message: 'OpenSubtitles gives no subtitles: it does not accept user name and password',
  hint:
    'Set references.opensubtitles.username (not the e-mail address) and password as at https://www.opensubtitles.com, ' +
    'or leave both out: then it gives five files a day. Then start Discflow again.',
};

export function unavailable(message: string): Problem {
  const hint = 'Work goes on without it. "discflow doctor" shows whether it can be reached.';
  return { code: 'references-unavailable', message, hint };
}

/** `resetAt` in milliseconds since 1970. */
export function usedQuota(resetAt: number): Problem {
  const until = new Date(resetAt).toISOString().slice(0, 16).replace('T', ' ');
  return {
    code: 'references-unavailable',
    message: `OpenSubtitles: the day's quota of downloads is used until ${until} UTC`,
    hint: 'What is still missing is fetched after that. An account has more than none, a VIP account 1,000 a day.',
  };
}

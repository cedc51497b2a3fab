import { z } from 'zod';
import { BaseUrl } from './base-url.ts';
import { noted } from './note.ts';

const Path = z.string().min(1).max(4096);
const Language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/, 'expected a language like en, de or pt-BR');
const Text = z.string().min(1).max(200);

const OpenSubtitles = z.strictObject({
  enabled: noted(z.boolean().default(true), {
    title: 'Use OpenSubtitles',
    description:
      'It is asked only with a key; false goes without it, and without a word about a missing key.',
  }),
  api_key: noted(
    z
      .string()
      .regex(/^[\w-]{16,200}$/, 'expected the key as opensubtitles.com shows it')
      .optional(),
    {
      title: 'Key',
      description:
        'Your API key, free at https://www.opensubtitles.com/consumers. A file of its own ' +
        '(api_key_file) is the better place.',
      example: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
      secret: true,
    },
  ),
  api_key_file: noted(Path.optional(), {
    title: 'Key file',
    description: 'File that holds the key, as Docker and systemd hand over secrets.',
    example: '/run/secrets/opensubtitles-key',
  }),
  username: noted(Text.optional(), {
    title: 'User name',
    description:
      'Your account there, not its e-mail address. It gives more files a day than none: 20 instead of 5.',
    example: 'mara',
  }),
  password: noted(Text.optional(), {
    title: 'Password',
    description: 'Password of that account. A file of its own (password_file) is the better place.',
    example: 'a long password',
    secret: true,
  }),
  password_file: noted(Path.optional(), {
    title: 'Password file',
    description: 'File that holds the password, as Docker and systemd hand over secrets.',
    example: '/run/secrets/opensubtitles-password',
  }),
  url: noted(BaseUrl.default('https://api.opensubtitles.com/api/v1'), {
    title: 'Address',
    description: 'Only for a mirror or a proxy of your own.',
  }),
});

export const References = z.strictObject({
  folders: noted(z.array(Path).max(20).default([]), {
    title: 'Folders',
    description:
      'Where you keep subtitles of series: Show/Season 01/Show - S01E02.en.srt, in zip archives, too.',
  }),
  languages: noted(z.array(Language).max(20).default([]), {
    title: 'Languages',
    description:
      'Languages of subtitles, the preferred first: en, de, pt-BR. Without one those of the disc count.',
  }),
  per_episode: noted(z.int().min(1).max(10).default(2), {
    title: 'References per episode',
    description: 'How many are wanted of each episode; one in ten is wrong.',
  }),
  opensubtitles: noted(OpenSubtitles.prefault({}), {
    title: 'OpenSubtitles',
    description: 'OpenSubtitles.com has subtitles of most series; each file is fetched once.',
  }),
});

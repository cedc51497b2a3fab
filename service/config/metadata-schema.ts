import { z } from 'zod';
import { BaseUrl } from './base-url.ts';
import { noted } from './note.ts';

const Path = z.string().min(1).max(4096);
const Language = z.string().max(35).refine(isLanguage, 'must be a language like en, de or pt-BR');

const Tmdb = z.strictObject({
  enabled: noted(z.boolean().default(true), {
    title: 'Use TMDB',
    description: 'false goes without it, and without a word about a missing key.',
  }),
  key: noted(
    z
      .string()
      .regex(/^[\w.~+/=-]{16,1000}$/, 'expected the key as themoviedb.org shows it')
      .optional(),
    {
      title: 'Key',
      description:
        'Your "API key" or "read access token", free at https://www.themoviedb.org/settings/api. ' +
        'A file of its own (key_file) is the better place.',
      example: '0123456789abcdef0123456789abcdef',
      secret: true,
    },
  ),
  key_file: noted(Path.optional(), {
    title: 'Key file',
    description: 'File that holds the key, as Docker and systemd hand over secrets.',
    example: '/run/secrets/tmdb-key',
  }),
  url: noted(BaseUrl.default('https://api.themoviedb.org/3'), {
    title: 'Address',
    description: 'Only for a mirror or a proxy of your own.',
  }),
});

const TheDiscDb = z.strictObject({
  enabled: noted(z.boolean().default(true), {
    title: 'Use TheDiscDB',
    description:
      'Ask whether somebody has described this very disc. What is sent are checksums that every ' +
      'copy of the disc has; false sends nothing.',
  }),
  url: noted(BaseUrl.default('https://thediscdb.com'), {
    title: 'Address',
    description: 'Only for a mirror or a proxy of your own.',
  }),
});

export const Metadata = z.strictObject({
  language: noted(Language.default('en'), {
    title: 'Language',
    description: 'Language of titles and genres, as a BCP 47 tag: en, de, pt-BR.',
  }),
  country: noted(
    z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected two capitals like US')
      .default('US'),
    {
      title: 'Country',
      description: 'Whose age ratings count, as ISO 3166-1: US, DE, GB.',
    },
  ),
  titles: noted(z.enum(['localized', 'original', 'english']).default('localized'), {
    title: 'Title form',
    description: 'How works are named: in the language above, in their own, or in English.',
  }),
  // TMDB's terms let its answers be kept for six months at most.
  cache_days: noted(z.int().min(0).max(180).default(30), {
    title: 'Cache',
    description: 'Days for which answers are kept, so that they are not asked for again.',
  }),
  tmdb: noted(Tmdb.prefault({}), {
    title: 'TMDB',
    description: 'The Movie Database knows films, series and their episodes.',
  }),
  thediscdb: noted(TheDiscDb.prefault({}), {
    title: 'TheDiscDB',
    description: 'A catalogue of discs by people who own them.',
  }),
});

function isLanguage(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(-|$)/.test(tag) && Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

import type { Arming } from '../contract/arming.ts';
import { IdentityKind, type IdentityStatement } from '../contract/identity.ts';
import { DiscflowError } from '../errors.ts';
import { parseTyped } from '../identify/label.ts';
import { nameOf } from '../review/statement.ts';
import { paintFor } from './paint.ts';
import { withService } from './service-client.ts';
import { readSettings } from './settings.ts';
import { durationOf } from './since.ts';
import { printable } from './words.ts';

interface ArmOptions {
  data?: string;
  json?: boolean;
  kind?: string;
  tmdb?: string;
  library?: string;
  for?: string;
  add?: boolean;
  loaded?: boolean;
  clear?: boolean;
}

/** Says what the next disc of a drive is. @returns the exit code */
export async function armDrive(
  drive: string,
  words: readonly string[],
  options: ArmOptions,
): Promise<number> {
  const { data, json, library, add, loaded, clear } = options;
  const identity = clear ? null : statementOf(words.join(' '), options);
  const expires = options.for === undefined ? undefined : expiryOf(options.for);
  const { config } = await readSettings(data);
  const { armed } = await withService(config, ({ request }) =>
    request('drive/arm', {
      drive,
      identity,
      ...(library !== undefined && { library }),
      ...(expires !== undefined && { expires }),
      ...(add && { add }),
      ...(loaded && { loaded }),
    }),
  );
  if (json) process.stdout.write(`${JSON.stringify(armed)}\n`);
  process.stderr.write(`${outcomeInWords(drive, armed, options)}\n`);
  return 0;
}

function statementOf(text: string, { kind, tmdb, library }: ArmOptions): IdentityStatement {
  const { title, year, season, disc, edition, bonus } = parseTyped(text);
  const said: IdentityStatement = {
    ...(season !== null && { kind: 'tv' as const, season }),
    ...(bonus && { kind: 'extras' as const }),
    ...(kind !== undefined && { kind: kindOf(kind) }),
    ...(title !== null && { title }),
    ...(year !== null && { year }),
    ...(disc !== null && { disc }),
    ...(edition !== null && { edition }),
    ...(tmdb !== undefined && { tmdb: numberOf(tmdb) }),
  };
  if (Object.keys(said).length > 0 || library !== undefined) return said;
  throw new DiscflowError('bad-request', 'That says nothing about the next disc', {
    hint: 'For instance: discflow arm images "Long Meridian (2019)", or --clear to forget what was said. "discflow drives" shows it.',
  });
}

function kindOf(text: string) {
  const kind = IdentityKind.safeParse(text);
  if (kind.success) return kind.data;
  throw new DiscflowError('bad-request', `"${text}" is no kind of disc`, {
    hint: `Kinds are ${IdentityKind.options.join(', ')}.`,
  });
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new DiscflowError('bad-request', `"${text}" is no TMDB number`, {
    hint: 'It is in the address of the page: themoviedb.org/movie/603 has 603.',
  });
}

function expiryOf(text: string): string {
  return new Date(Date.now() + durationOf(text)).toISOString();
}

function outcomeInWords(drive: string, armed: readonly Arming[], { loaded, clear }: ArmOptions) {
  const mark = paintFor(process.stderr)('green', '✔');
  if (clear) return `${mark} Nothing is said of the next disc of drive ${drive} any more`;
  if (loaded) return `${mark} The disc in drive ${drive} is what you said`;
  const lines = armed.map(({ identity, library, expires }, index) => {
    const what = identity.title || identity.tmdb ? nameOf(identity) : 'whatever it is';
    const where = library === null ? '' : `, for library ${library}`;
    const until = expires === null ? '' : `, until ${new Date(expires).toLocaleString('sv-SE')}`;
    return `  ${index + 1}. ${printable(what)}${where}${until}`;
  });
  return [`${mark} The next discs of drive ${drive}:`, ...lines].join('\n');
}

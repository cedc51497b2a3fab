import { createHash } from 'node:crypto';
import { readCues } from '../cues/read-cues.ts';
import { decodeText } from '../decode-text.ts';
import { LARGEST_SUBTITLE } from '../files/limits.ts';
import { nameOfLanguage } from '../language.ts';
import type { Cue, Reference, RejectedReference, RejectionCode } from '../reference.ts';
import type { ReferenceFile } from '../sources/reference-source.ts';
import { detectLanguage, mayBeLanguage } from './detect-language.ts';

export type CheckedFile =
  | { readonly state: 'fit'; readonly reference: Reference; readonly note: string | null }
  | { readonly state: 'rejected'; readonly rejected: RejectedReference };

type Named = Omit<ReferenceFile, 'read'>;
interface Verdict {
  readonly code: RejectionCode;
  readonly says: string;
}

/** Fewer cues carry no pattern of times that could not be met by chance. */
const LEAST_CUES = 40;
/** Seconds of an episode for which 40 are wanted; of a shorter one fewer by its share. */
const WHOLE_LENGTH = 600;
const LEAST_CUES_AT_ALL = 8;
/** The last line of an episode stands before its credits. */
const SHORTEST_SHARE = 0.6;
/** Discs run longer than the database says, by recaps and credits, but not by another episode. */
const LONGEST_SHARE = 1.6;
const LONGEST_MORE = 180;

/**
 * Whether a file's bytes are subtitles of what its name says. `runtime` is that of all its episodes in seconds,
 * where it is known.
 */
export async function checkFile(
  file: Named,
  bytes: Uint8Array,
  runtime: number | null,
): Promise<CheckedFile> {
  const id = createHash('sha256').update(bytes).digest('hex');
  const reject = (verdict: Verdict): CheckedFile => ({
    state: 'rejected',
    rejected: rejected(file, id, verdict),
  });
  const byName = verdictOnName(file);
  if (byName) return reject(byName);
  if (bytes.length > LARGEST_SUBTITLE)
    return reject({ code: 'unreadable', says: 'It is larger than subtitles are' });
  const { text, encoding } = await decodeText(bytes, file.language);
  const { format, cues } = readCues(text);
  const verdict =
    format === null || cues.length === 0
      ? verdictOnText(text, format !== null)
      : verdictOnCues(cues, runtime);
  if (verdict) return reject(verdict);
  const spoken = detectLanguage(cues);
  const differs =
    file.language !== null && spoken !== null && !mayBeLanguage(file.language, spoken);
  const language = differs ? spoken : (file.language ?? spoken);
  const { season, episodes, name, source, origin } = file;
  return {
    state: 'fit',
    reference: { id, season, episodes, name, language, source, origin, cues },
    note: differs
      ? `${origin} says ${nameOfLanguage(file.language ?? '')} in its name, but it is ${nameOfLanguage(spoken)} (${encoding})`
      : null,
  };
}

/** A file that was not even read, or not taken. */
export function rejected(file: Named, id: string, { code, says }: Verdict): RejectedReference {
  const { season, episodes, name, language, source, origin } = file;
  return { id, season, episodes, name, language, source, origin, code, says };
}

/** What its name says of it is against a file, so that it need not be read. */
export function verdictOnName({
  otherShow,
  forced,
}: Pick<Named, 'otherShow' | 'forced'>): Verdict | null {
  if (otherShow !== null)
    return { code: 'other-show', says: `Its name says another show: ${otherShow}` };
  if (forced)
    return {
      code: 'forced-only',
      says: 'By its name it holds only what is said in another language',
    };
  return null;
}

function verdictOnText(text: string, hasFormat: boolean): Verdict {
  if (text.trim() === '') return { code: 'empty', says: 'It is empty' };
  if (/^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 2000)))
    return { code: 'html', says: 'It is a web page, not subtitles: the download went wrong' };
  if (hasFormat) return { code: 'empty', says: 'It has no subtitles in it' };
  const controls = text.slice(0, 20_000).match(/[^\P{Cc}\t\r\n]|\ufffd/gu)?.length ?? 0;
  if (controls > 20)
    return { code: 'unreadable', says: 'It is not text, or in an encoding that is not known' };
  return { code: 'unknown-format', says: 'It is neither SRT nor WebVTT nor ASS' };
}

function verdictOnCues(cues: readonly Cue[], runtime: number | null): Verdict | null {
  const last = cues.at(-1)?.start ?? 0;
  const span = last - (cues[0]?.start ?? 0);
  const length = runtime ?? span;
  const wanted = Math.max(LEAST_CUES_AT_ALL, LEAST_CUES * Math.min(1, length / WHOLE_LENGTH));
  if (cues.length < wanted) {
    const isForced = span > length / 2 && length > WHOLE_LENGTH / 2;
    const count = cues.length === 1 ? '1 subtitle' : `${cues.length} subtitles`;
    return isForced
      ? {
          code: 'forced-only',
          says: `It has only ${count}: signs or what is said in another language`,
        }
      : { code: 'too-few-cues', says: `It has only ${count}` };
  }
  if (runtime === null) return null;
  const minutes = (seconds: number) => `${Math.round(seconds / 60)} minutes`;
  if (last < runtime * SHORTEST_SHARE)
    return {
      code: 'too-short',
      says: `It ends after ${minutes(last)} of an episode of ${minutes(runtime)}: a part is missing`,
    };
  if (span > runtime * LONGEST_SHARE + LONGEST_MORE)
    return {
      code: 'too-long',
      says: `It goes on for ${minutes(span)}, an episode for ${minutes(runtime)}: it is of something else`,
    };
  return null;
}

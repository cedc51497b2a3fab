import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Identity } from '../../../service/contract/identity.ts';
import { Candidate, Question } from '../../../service/contract/question.ts';
import type { DescribedDisc } from '../../../service/identify/evidence/described-disc.ts';
import { fitKnownDisc } from '../../../service/identify/evidence/fit-known-disc.ts';
import type { LookedUp } from '../../../service/identify/evidence/looked-up.ts';
import { namesOfDisc } from '../../../service/identify/names.ts';
import { readIdentity } from '../../../service/identify/reading.ts';
import { rankWorks } from '../../../service/metadata/rank/rank-works.ts';
import { RestDisc } from '../../../service/metadata/thediscdb/answers.ts';
import { readRestDisc } from '../../../service/metadata/thediscdb/read-disc.ts';
import { FilmDetails } from '../../../service/metadata/tmdb/answers.ts';
import { readFilm } from '../../../service/metadata/tmdb/read-works.ts';
import type { Film } from '../../../service/metadata/works.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom('A'.repeat(1000), '\u{1f468}'.repeat(300), '\ud83d'.repeat(200), 'LONGMERIDIAN'),
);
const figure = fc.oneof(
  fc.integer({ min: -5, max: 3000 }),
  fc.constantFrom(1e300, -1e300, 0.5, 9999),
);
const hostile = fc.record({
  label: text,
  name: text,
  file: text,
  said: text,
  a: figure,
  b: figure,
});
type Hostile = Record<'label' | 'name' | 'file' | 'said', string> & Record<'a' | 'b', number>;

function filmOf({ said, name, a, b }: Hostile): Film[] {
  const { data } = FilmDetails.safeParse({
    id: 1,
    title: said,
    original_title: name,
    original_language: said.slice(0, 5),
    release_date: `${a}-01-01`,
    runtime: b,
    vote_count: a,
    popularity: b,
    genres: [{ id: 1, name: said }],
  });
  return data ? [readFilm(data, 'en', 'US')] : [];
}

function entryOf({ said, name, a, b }: Hostile, [work]: Film[]): DescribedDisc[] {
  const item = {
    title: said,
    type: a > b ? 'Episode' : 'MainMovie',
    season: `${b}`,
    episode: `${a}`,
  };
  const { data } = RestDisc.safeParse({
    media: { title: said, year: a, type: 'Movie', external_ids: { tmdb: `${a}` } },
    release: { slug: name, title: said },
    disc: { index: b, name: said },
    titles: [{ source_file: '01', duration: '1:30:00', item }],
  });
  const scanned = [{ number: 1, duration: 5400, bytes: 1e9, relation: null }];
  const fitting = data ? fitKnownDisc(readRestDisc(data), scanned) : null;
  return fitting ? [{ ...fitting, work: work ?? null, isWorkMissing: !work }] : [];
}

describe('what hostile discs and catalogues say', () => {
  it('makes an identity and a question that a job can keep, or none', () => {
    const property = fc.property(hostile, fc.boolean(), (made, isDescribed) => {
      const { label, name, file, said, a, b } = made;
      const works = filmOf(made);
      const source = `/images/${file.replaceAll('/', '')}.iso`;
      const rankings = namesOfDisc({ label, name }, source).flatMap((one) => {
        const clues = { title: one.title ?? '', year: a, season: one.season, runtimes: [b * 60] };
        return one.title === null ? [] : [{ name: one, ranking: rankWorks(clues, works) }];
      });
      const described = isDescribed ? entryOf(made, works) : [];
      const lookedUp: LookedUp = { stated: null, described, rankings, remarks: [said] };
      const { identity, candidates, text } = readIdentity({
        ...{ label, name, source, lookedUp, stated: {}, createdAt: '2026-01-01T00:00:00Z' },
        kinds: [{ kind: 'movie', probability: 0.9, says: 'so it looks', against: null }],
      });
      Identity.parse({ ...identity, decidedBy: 'evidence' });
      for (const candidate of candidates) Candidate.parse(candidate);
      Question.shape.text.parse(text);
      assert.ok(candidates.length <= 5);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

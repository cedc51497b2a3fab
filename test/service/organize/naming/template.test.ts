import assert from 'node:assert/strict';
import { type NameFacts, renderNames } from '../../../../service/organize/naming/render.ts';
import { parseTemplate } from '../../../../service/organize/naming/template.ts';

const facts: NameFacts = {
  title: 'The Office',
  year: 2005,
  season: 2,
  episode: 3,
  lastEpisode: null,
  episodeTitle: 'Office Olympics',
  edition: '',
  tmdb: 2316,
  disc: 1,
  number: 4,
  label: 'OFFICE_S2D1',
};

function render(template: string, changed: Partial<NameFacts> = {}): string {
  return renderNames(parseTemplate(template), { ...facts, ...changed }, undefined).join('/');
}

const rendered: [string, Partial<NameFacts>, string][] = [
  ['{show} ({year})/S{season:00}', {}, 'The Office (2005)/S02'],
  ['{show} ({year})/x', { year: null }, 'The Office/x'],
  ['{show}{ (year)}', { year: null }, 'The Office'],
  ['{show}{ - episodeTitle}', { episodeTitle: '' }, 'The Office'],
  ['E{episode:000}{-E{lastEpisode:000}}', { lastEpisode: 4 }, 'E003-E004'],
  ['E{episode:000}{-E{lastEpisode:000}}', {}, 'E003'],
  ['{show} {{tmdb-{tmdb}}}', {}, 'The Office {tmdb-2316}'],
  ['{title}{ {edition}}', { edition: 'Extended' }, 'The Office Extended'],
  ['{show:6}', {}, 'The O…'],
  ['{Series Title} ({Release Year}) {{tmdb-{TmdbId}}}', {}, 'The Office (2005) {tmdb-2316}'],
  ['{firstLetter}/{titleThe}', {}, 'O/Office, The'],
  ['{title} ({year}).mkv', {}, 'The Office (2005)'],
  ['{label}/{title}', { label: '../..' }, 'Unknown/The Office'],
];

const refused: [string, RegExp][] = [
  ['{shoe}', /\{shoe\} is not a token/],
  ['{title', /"\{" has no partner/],
  ['title}', /"\}" has no partner/],
  ['{season:30}', /has a format that "season" does not take/],
  ['{title:00}', /has a format that "title" does not take/],
  ['../{title}', /"\." and "\.\." are not names/],
  ['/{title}', /is empty/],
  ['', /is empty/],
  ['a/a/a/a/a/a/a/a/{title}', /too many folders/],
];

describe('A naming template', () => {
  for (const [template, changed, expected] of rendered)
    it(`${template} gives ${expected}`, () => {
      assert.equal(render(template, changed), expected);
    });

  for (const [template, message] of refused)
    it(`${JSON.stringify(template)} is refused with words: ${message.source}`, () => {
      assert.throws(() => parseTemplate(template), { code: 'config-invalid', message });
    });

  it('shortens the episode title first and never numbers or ids', () => {
    const long = { title: '鬼'.repeat(60), episodeTitle: '滅'.repeat(200) };
    const [name = ''] = render(
      '{show} {{tmdb-{tmdb}}} S{season:00}E{episode:00} - {episodeTitle}',
      long,
    ).split('/');
    assert.ok(name.startsWith(`${long.title} {tmdb-2316} S02E03 - 滅`), name);
    assert.ok(Buffer.byteLength(name) <= 215);
  });

  it('shortens the title when that is not enough', () => {
    const name = render('{show} S{season:00}E{episode:00}', { title: 'é'.repeat(300) });
    assert.match(name, /^é+… S02E03$/);
  });
});

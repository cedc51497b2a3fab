import type { Candidate } from '../contract/question.ts';
import type { Title } from '../contract/title.ts';
import type { JobDocument } from '../jobs/document.ts';
import { askQuestion } from '../review/questions.ts';
import { hiddenTitles } from './structure/analysis.ts';
import type { Structure } from './structure/structure.ts';
import { titleId } from './titles.ts';

/** As many as a question can name. */
const MOST_TITLES = 99;

/**
 * Asks which title is the film when a disc hides it among playlists of the same length and size: the one question
 * before ripping, because reading them all would take days. Asks nothing when a title was chosen already.
 */
export function askTitles(draft: JobDocument, structure: Structure): void {
  const hidden = hiddenTitles(structure).map(titleId);
  const decoys = draft.titles.filter(({ role }) => role === 'decoy');
  const isChosen = draft.titles.some(
    ({ number, wanted }) => wanted && structure.works.decoys.includes(number),
  );
  const [first, ...others] = hidden.flatMap((id) => decoys.find((title) => title.id === id) ?? []);
  if (!first || isChosen) return;
  const candidates = [first, ...others].map((title) => candidateOf(title, decoys.length));
  askQuestion(
    draft,
    {
      kind: 'titles',
      text: `Which title of this disc is the film? It is hidden among ${decoys.length} that look alike.`,
      titles: decoys.slice(0, MOST_TITLES).map(({ id }) => id),
      candidates,
      default: first.id,
    },
    new Date().toISOString(),
  );
}

function candidateOf({ id, number, audio, subtitles }: Title, decoys: number): Candidate {
  const says =
    `One of ${decoys} titles that play the same in another order, ` +
    `with ${audio.length} soundtracks and ${subtitles.length} subtitle tracks`;
  return {
    id,
    label: `Title ${number}`,
    titles: [id],
    evidence: [{ source: 'structure', says, weight: 1 / decoys }],
  };
}

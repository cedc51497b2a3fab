import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Question } from '../../service/contract/question.ts';
import type { Title } from '../../service/contract/title.ts';
import { mapPath, type PathMap } from './path-map.ts';

/** `msg.payload` of the nodes: the job as it stands, without what only the nodes need. */
export type Payload = Omit<JobSnapshot, 'handoffs'>;

const LIMIT_BYTES = 64 * 1024;

/** What is left out first when a job is too large for a message, dearest last. */
const reductions: ((payload: Payload) => Payload)[] = [
  (payload) => ({ ...payload, titles: payload.titles.map(withoutEvidence) }),
  (payload) => ({ ...payload, questions: payload.questions.map(withoutCandidateEvidence) }),
  (payload) => ({ ...payload, titles: payload.titles.map(withoutTracks) }),
  (payload) => ({ ...payload, titles: payload.titles.filter(({ wanted }) => wanted) }),
  (payload) => ({ ...payload, questions: payload.questions.filter(({ answered }) => !answered) }),
  (payload) => ({ ...payload, titles: payload.titles.slice(0, 100), questions: [] }),
];

/** The payload for one job: paths as Node-RED sees them, at most 64 KB as JSON. */
export function payloadOf(job: JobSnapshot, map: PathMap): Payload {
  const { handoffs: _ours, ...rest } = job;
  const titles = rest.titles.map((title) => mapTitle(title, map));
  const owned = mapOwned(rest.owned, map);
  let payload: Payload = { ...rest, disc: mapDisc(rest.disc, map), owned, titles };
  for (const reduce of reductions) {
    if (Buffer.byteLength(JSON.stringify(payload)) <= LIMIT_BYTES) break;
    payload = reduce(payload);
  }
  return payload;
}

function mapDisc(disc: Payload['disc'], map: PathMap): Payload['disc'] {
  return { ...disc, source: mapPath(map, disc.source) };
}

function mapOwned(owned: Payload['owned'], map: PathMap): Payload['owned'] {
  if (owned === null) return null;
  const files = owned.files.map((file) => ({ ...file, path: mapPath(map, file.path) }));
  return { ...owned, files };
}

/** The title with its files as Node-RED sees them. */
export function mapTitle(title: Title, map: PathMap): Title {
  const { file, filed } = title;
  return {
    ...title,
    file: file === null ? null : mapPath(map, file),
    filed: filed === null ? null : { ...filed, path: mapPath(map, filed.path) },
  };
}

function withoutEvidence(title: Title): Title {
  return { ...title, match: title.match === null ? null : { ...title.match, evidence: [] } };
}

function withoutCandidateEvidence(question: Question): Question {
  const candidates = question.candidates.map((candidate) => ({ ...candidate, evidence: [] }));
  return { ...question, candidates };
}

function withoutTracks(title: Title): Title {
  return { ...title, audio: [], subtitles: [], related: [] };
}

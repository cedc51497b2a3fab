import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type JobSnapshot, stepNames } from '../../../service/contract/job.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import { showFiles } from '../../system/sample-discs.ts';
import { filesIn } from '../../system/told.ts';
import type { Logged } from './journal.ts';
import type { Scene } from './scene.ts';

/** The natural line of the starter flow: each node with the results it may send on. */
const line = {
  'starter-inserted': ['insert/inserted'],
  'starter-identify': ['identify/sure', 'identify/unsure'],
  'starter-rip': ['rip/done'],
  'starter-match': ['match/done'],
  'starter-review': ['review/answered'],
  'starter-organize': ['organize/done'],
} as const;
export const lineNodes = Object.keys(line);
/** What only a failure or a technical fault reaches. */
const alarms = ['starter-failed', 'starter-catch'];
const CONNECTION_WARNING = /no connection to/;
const LOG_ERROR = 20;
const ARRIVAL_LIMIT_MS = 45_000;

/**
 * Waits until the disc has arrived and every result was delivered, and says so of everything that must be so
 * whatever happened on the way.
 */
export async function assertArrived(scene: Scene): Promise<JobDocument> {
  const { station, nodeRed } = scene;
  const hasEnded = ({ endedAt }: JobSnapshot) => endedAt !== null;
  const { id } = await station.jobWhere('ended', hasEnded, ARRIVAL_LIMIT_MS);
  const isTold = () => nodeRed.journal.sentBy('starter-organize').length > 0;
  await station.until('the last message', isTold);
  const job = await untilArchived(scene, id);
  assert.equal(job.state, 'completed');
  assert.equal(job.outcome, 'complete');
  assert.deepEqual(await filesIn(station.library), showFiles);
  assertEachStepOnce(job);
  assertEveryResultSent(scene, id);
  await assertNoFault(scene);
  return job;
}

/** A job is archived when every event is published and every result acknowledged. */
async function untilArchived({ station }: Scene, id: string): Promise<JobDocument> {
  const store = new JobStore(join(station.data, 'state'));
  return await station.until('the job archived', () => store.readArchived(id));
}

/** The job's own record: every transition of the station, since it is the only job. */
function assertEachStepOnce({ attempt, timeline }: JobDocument): void {
  assert.equal(attempt, 1);
  assert.deepEqual(
    timeline.map(({ seq }) => seq),
    timeline.map((_, index) => index + 1),
  );
  const steps = timeline.filter(({ event_type }) => event_type.startsWith('step-'));
  assert.deepEqual(
    steps.map(({ event_type, step, to }) => `${event_type}: ${step} ${to}`),
    stepNames.flatMap((step) => [`step-started: ${step} running`, `step-ended: ${step} done`]),
  );
}

function assertEveryResultSent({ station, nodeRed: { journal } }: Scene, job: string): void {
  for (const [node, results] of Object.entries(line)) {
    const sent = journal.sentBy(node);
    assert.ok(sent.length > 0, `${node} sent nothing`);
    for (const msg of sent) {
      assert.equal(msg.job, job);
      assert.ok(
        results.some((result) => result === msg.topic),
        `${node} sent ${msg.topic}`,
      );
    }
  }
  for (const { files = [] } of journal.sentBy('starter-organize')) {
    const names = files.map((file) => file.split('/').at(-1));
    assert.deepEqual(names.sort(), showFiles);
    assert.ok(files.every((file) => file.startsWith(station.library)));
  }
}

async function assertNoFault({ station, nodeRed }: Scene): Promise<void> {
  const { journal } = nodeRed;
  for (const node of alarms) assert.deepEqual(journal.sentBy(node), []);
  const wrong = journal.of('status').filter(({ text }) => /^(error|failed)/.test(text ?? ''));
  assert.deepEqual(wrong, []);
  assert.deepEqual(journal.of('log').filter(isTrouble), []);
  assert.doesNotMatch(await nodeRed.said(), /uncaught|unhandled/i);
  assert.deepEqual(station.observer.faults, []);
  assert.doesNotMatch(station.service.said(), /"level":50/);
}

/** Node-RED's own warnings are about its settings. */
function isTrouble({ level, node, text }: Logged): boolean {
  return level <= LOG_ERROR || (node !== undefined && !CONNECTION_WARNING.test(text));
}

import type { JobSnapshot } from '../contract/job.ts';
import { jobStates } from '../contract/job.ts';
import { newestFirst } from '../jobs/newest-first.ts';
import { hasEnded } from '../jobs/states.ts';
import type { ServiceClient } from './service-client.ts';

const openStates = jobStates.filter((state) => !hasEnded({ state }));

/** The jobs of the running service that have not ended, oldest first. */
export async function openJobs({
  request,
}: Pick<ServiceClient, 'request'>): Promise<JobSnapshot[]> {
  const { jobs } = await request('job/list', { states: openStates });
  const answers = await Promise.all(jobs.map(({ id }) => request('job/get', { job: id })));
  return answers.map(({ job }) => job).sort((a, b) => newestFirst(b, a));
}

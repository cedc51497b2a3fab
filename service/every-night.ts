import { createRequire } from 'node:module';
import { type Job, scheduleJob } from 'node-schedule';

/** The copy that node-schedule reckons with; an import would give another one. */
const { Settings }: { Settings: { defaultLocale: string } } = createRequire(import.meta.url)(
  'luxon',
);

/**
 * Does something every night, by the local time. Nobody reads the dates that are reckoned with for that: the system's
 * language, which they would be written in, brings 7 MiB of locale data into memory.
 */
export function everyNight(at: { hour: number; minute: number }, work: () => void): Job {
  Settings.defaultLocale = 'en';
  return scheduleJob(at, work);
}

import { join } from 'node:path';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { newJob } from '../../../service/jobs/new-job.ts';
import type { Progress, StepResult } from '../../../service/jobs/step.ts';
import { createRipStep, type RipStepOptions } from '../../../service/rip/rip-step.ts';
import { scanDvd } from '../../../service/scan/dvd/scan-dvd.ts';
import type { Medium } from '../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import type { DiscScan, DvdScan, ScannedTitle } from '../../../service/scan/record.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import { createToolFinder } from '../../../service/tools/find.ts';
import { createToolRunner } from '../../../service/tools/run.ts';

const run = createToolRunner();
export const tools = { run, find: createToolFinder({ run }).find };

/** The record of a disc, read as the service does. */
export async function scanOf(source: string): Promise<DvdScan> {
  const medium = await openMedium(source);
  try {
    return await scanDvd(medium);
  } finally {
    await medium.close();
  }
}

/** A job for a scanned disc with these titles wanted. */
export function jobFor(scan: DiscScan, wanted: readonly number[]): JobDocument {
  const { label, fingerprint, globalId, bytes, source } = scan;
  const disc = { kind: scan.kind, label, fingerprint, globalId, bytes, source };
  const scanned: readonly ScannedTitle[] = scan.titles;
  const titles = scanned.map((title) => ({
    id: `t${String(title.number).padStart(2, '0')}`,
    number: title.number,
    role: 'unknown' as const,
    wanted: wanted.includes(title.number),
    state: 'pending' as const,
    duration: title.duration,
    bytes: title.bytes,
    chapters: title.chapters.length,
    angles: title.angles,
    video: title.video,
    audio: title.audio.map(({ streamId, ...track }) => track),
    subtitles: title.subtitles.map(({ streamId, ...track }) => track),
    related: [],
    file: null,
    match: null,
    filed: null,
    error: null,
  }));
  return { ...newJob({ station: 'test', drive: 'images', disc, claim: null }), titles };
}

interface RipOptions extends Partial<Omit<RipStepOptions, 'stagingRoot' | 'openMedium'>> {
  job: JobDocument;
  staging: string;
  /** Puts a faulty drive before the disc. */
  wrap?: (medium: Medium) => Medium;
  stop?: AbortController;
  onChange?: (job: JobDocument) => void;
}

export interface Ripped {
  result: StepResult;
  job: JobDocument;
  /** "t01 pending>ripping", in order. */
  transitions: string[];
  progress: Progress[];
  folder: string;
}

/** Runs the rip step on a job, with real files and programs. */
export async function ripDisc(options: RipOptions): Promise<Ripped> {
  const { staging, wrap = (medium) => medium, stop = new AbortController(), onChange } = options;
  let { job } = options;
  const transitions: string[] = [];
  const progress: Progress[] = [];
  const step = createRipStep({
    openMedium: async (source, signal) => wrap(await openMedium(source, signal)),
    scanDisc: options.scanDisc ?? scanDisc,
    tools: options.tools ?? tools,
    ...(options.freeSpace && { freeSpace: options.freeSpace }),
    makemkv: options.makemkv,
    report: options.report,
    stagingRoot: staging,
  });
  const result = await step({
    job: () => job,
    signal: stop.signal,
    progress: (now) => progress.push(now),
    async update(change) {
      const draft = structuredClone(job);
      change(draft);
      for (const [index, { id, state }] of draft.titles.entries())
        if (state !== job.titles[index]?.state)
          transitions.push(`${id} ${job.titles[index]?.state}>${state}`);
      job = draft;
      onChange?.(job);
      return job;
    },
  });
  return { result, job, transitions, progress, folder: join(staging, job.id) };
}

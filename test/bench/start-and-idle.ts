import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import mqtt from 'mqtt';
import { ulid } from 'ulid';
import { newJob } from '../../service/jobs/new-job.ts';
import * as outcomes from '../../service/jobs/outcomes.ts';
import { startAedes } from '../brokers.ts';
import { startService } from '../system/service-process.ts';
import { median, type Row, timed } from './statistics.ts';

const ARCHIVED = 10_000;
const IDLE_SECONDS = 30;
/** What the service imports from others; bare Node with the same libraries loaded is the floor. */
const libraries = [
  'mqtt',
  'aedes',
  'lowdb',
  'execa',
  'node-schedule',
  'zod',
  'yaml',
  'commander',
  'ulid',
  'pino',
];

/** (c) From start to `online` with 10,000 archived jobs, over bare Node with the same libraries. */
export async function startToOnline(runs: number): Promise<Row> {
  const data = await mkdtemp(join(tmpdir(), 'discflow-bench-'));
  const broker = await startAedes();
  const client = await mqtt.connectAsync(broker.url);
  try {
    await archive(join(data, 'state'));
    const ours: number[] = [];
    const bare: number[] = [];
    const imports = libraries.map((name) => `import('${name}')`).join(',');
    for (let run = 0; run < runs; run++) {
      const code = `Promise.all([${imports}]).then(() => process.exit())`;
      bare.push(await timed(() => execa(process.execPath, ['-e', code])));
      ours.push(await timeToOnline(client, broker.url, data, `run-${run}`));
    }
    const over = median(ours) - median(bare);
    return {
      what: 'start to online with 10,000 archived jobs',
      ours: `${Math.round(median(ours))} ms`,
      against: `${Math.round(median(bare))} ms bare Node with the libraries`,
      ratio: null,
      goal: '<= 1000 ms more',
      reached: over <= 1000,
      details: { 'over bare Node ms': Math.round(over) },
    };
  } finally {
    await client.endAsync();
    await broker.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function timeToOnline(client: mqtt.MqttClient, url: string, data: string, station: string) {
  await client.subscribeAsync(`discflow/${station}/status`);
  const online = new Promise((resolve) => client.once('message', resolve));
  const start = performance.now();
  const service = startService(data, { DISCFLOW_MQTT_URL: url, DISCFLOW_STATION: station });
  await online;
  const took = performance.now() - start;
  await service.stop();
  return took;
}

async function archive(state: string): Promise<void> {
  const at = Date.now() - 3_600_000;
  const disc = {
    kind: 'dvd' as const,
    label: 'OLD',
    fingerprint: null,
    globalId: null,
    bytes: 1,
    source: '/old.iso',
  };
  const folder = join(state, 'archive', new Date(at).toISOString().slice(0, 7));
  await mkdir(folder, { recursive: true });
  const job = newJob({ station: 'bench', drive: 'images', disc, claim: null });
  outcomes.finish(job, 'nothing');
  for (let index = 0; index < ARCHIVED; index++) {
    const id = ulid(at + index);
    await writeFile(join(folder, `${id}.json`), JSON.stringify({ ...job, id }));
  }
}

/** (d) Memory and processor time of a service that has nothing to do, embedded broker included. */
export async function idle(): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'discflow-bench-'));
  const service = startService(data, { DISCFLOW_MQTT_PORT: '0' });
  try {
    await service.ready();
    await sleep(5000);
    const before = await cpuSeconds(service.pid);
    await sleep(IDLE_SECONDS * 1000);
    const share = (100 * ((await cpuSeconds(service.pid)) - before)) / IDLE_SECONDS;
    const mebibytes = (await memoryKilobytes(service.pid, 'VmRSS')) / 1024;
    return [
      {
        what: 'idle memory',
        ours: `${mebibytes.toFixed(1)} MiB`,
        against: '',
        ratio: null,
        goal: '<= 90 MiB',
        reached: mebibytes <= 90,
      },
      {
        what: 'idle processor time',
        ours: `${share.toFixed(2)} %`,
        against: '',
        ratio: null,
        goal: '<= 0.5 %',
        reached: share <= 0.5,
      },
    ];
  } finally {
    await service.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** A figure of /proc/<pid>/status (proc(5)), in KiB. */
export async function memoryKilobytes(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]);
}

/** utime and stime of /proc/<pid>/stat (proc(5)), in ticks of 10 ms. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

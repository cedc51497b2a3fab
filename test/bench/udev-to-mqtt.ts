import { DriveState } from '../../service/contract/station.ts';
import { dvdMedia, files } from '../service/drives/optical/fake-system.ts';
import { startOpticalStation } from '../system/optical-station.ts';
import { until } from '../system/until.ts';
import { quantile, type Row } from './statistics.ts';

const SAMPLES = 20;
const DEBOUNCE_MS = 200;
const GOAL_MS = 50;

/** (h) From the event that udev prints to the drive's message with the disc, beyond the debounce. */
export async function udevToMqtt(): Promise<Row> {
  const station = await startOpticalStation(1, {
    optical: { debounce_seconds: DEBOUNCE_MS / 1000 },
    // Jobs of these discs end at once; what then happens to the tray is not measured.
    policies: { eject: false },
  });
  try {
    const delays: number[] = [];
    await until('the drive is announced', () => station.state(0)?.state === 'empty');
    for (let sample = 0; sample < SAMPLES; sample++) {
      const label = `DISC_${sample}`;
      const said = messageWith(station, label);
      const began = performance.now();
      await station.system.tell(0, { ...dvdMedia, ...files(label, `uuid-${sample}`) });
      delays.push((await said) - began - DEBOUNCE_MS);
      await station.takeOut(0);
      await until('it is out', () => station.state(0)?.disc === null);
    }
    const [middle, slow] = [quantile(delays, 0.5), quantile(delays, 0.9)];
    return {
      what: `udev's event to our MQTT message, beyond the debounce (${SAMPLES} discs, p90)`,
      ours: `${slow.toFixed(1)} ms, median ${middle.toFixed(1)} ms`,
      against: '',
      ratio: null,
      goal: `<= ${GOAL_MS} ms`,
      reached: slow <= GOAL_MS,
    };
  } finally {
    await station.stop();
  }
}

/** When the drive's state came that names the disc. */
function messageWith(
  { observer }: Awaited<ReturnType<typeof startOpticalStation>>,
  label: string,
): Promise<number> {
  return new Promise((resolve) => {
    const look = (topic: string, payload: Buffer) => {
      if (!/\/drive\/[\w-]+\/state$/.test(topic)) return;
      if (DriveState.parse(JSON.parse(payload.toString())).disc !== label) return;
      observer.client.off('message', look);
      resolve(performance.now());
    };
    observer.client.on('message', look);
  });
}

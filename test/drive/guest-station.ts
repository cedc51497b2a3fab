import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Observer, observe } from '../system/station.ts';
import type { Machine } from './machine/machine.ts';

/** The port of the embedded broker in the guest; QEMU forwards it. */
export const BROKER_PORT = 1883;

const STATION = 'guest';
const LOGIN = { username: 'test', password: 'virtual drive' };
/** In the guest's memory, on a file system of its own. */
const DATA = '/tmp/discflow';
/** Our tree as the guest sees it, wherever it is: its own /tmp would hide ours. */
const TREE = join('/host', fileURLToPath(new URL('../..', import.meta.url)));
const CLI = `'${process.execPath}' '${TREE}dist/service/main.js' --data ${DATA}`;
const READY_SECONDS = 180;

/** The built service in the guest, and somebody here who looks on. */
export interface GuestStation {
  readonly observer: Observer;
  /** Runs the command line in the guest and gives what it said. */
  discflow(args: string): Promise<string>;
  /** Everything that the service said so far. */
  said(): Promise<string>;
  /** Names of the files in the libraries. */
  libraryFiles(): Promise<string[]>;
  start(): Promise<void>;
  /** Ends the service in good order; who looks on stays. */
  stop(): Promise<void>;
}

/** Sets the station up with these drives and starts it. It asks nothing and waits for no flow. */
export async function startGuestStation(machine: Machine, drives: object[]): Promise<GuestStation> {
  const config = {
    station: STATION,
    mqtt: { host: '0.0.0.0', port: BROKER_PORT, ...LOGIN },
    drives,
    // There is no network in the guest.
    metadata: { tmdb: { enabled: false }, thediscdb: { enabled: false } },
    policies: { claim_seconds: 0, identity: 'accept', episode_order: 'accept' },
  };
  const start = async () => {
    await machine.run(`${CLI} serve >>${DATA}/said 2>&1 & echo $! >${DATA}/pid`);
    await machine.run(
      `while [ $SECONDS -lt ${READY_SECONDS} ]; do
         grep -q 'Discflow is ready' ${DATA}/said && exit 0
         kill -0 $(cat ${DATA}/pid) || break
         sleep 0.2
       done
       cat ${DATA}/said; exit 1`,
    );
  };
  await machine.run(
    `mkdir -p ${DATA}/library/Movies ${DATA}/library/TV; cd ${DATA}; umask 077; cat >discflow.yaml <<'END'\n${JSON.stringify(config)}\nEND`,
  );
  await start();
  const observer = await observe(`mqtt://127.0.0.1:${machine.port}`, 'discflow', STATION, LOGIN);
  return {
    observer,
    start,
    discflow: (args) => machine.run(`${CLI} ${args} 2>&1`),
    said: () => machine.run(`cat ${DATA}/said`),
    async libraryFiles() {
      const found = await machine.run(`cd ${DATA}/library && find . -name '*.mkv' -printf '%f\\n'`);
      return found
        .split('\n')
        .filter((name) => name !== '')
        .sort();
    },
    stop: async () => {
      await machine.run(
        `kill $(cat ${DATA}/pid); while kill -0 $(cat ${DATA}/pid) 2>/dev/null; do sleep 0.1; done; : >${DATA}/said`,
      );
    },
  };
}

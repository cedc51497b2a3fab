import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** One line from QEMU: its greeting, an event, or the answer to the oldest open command. */
const Line = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({ event: z.string() }),
  z.object({ error: z.object({ desc: z.string() }) }),
  z.object({ return: z.unknown() }),
]);

type Settle = (answer: { value: unknown } | { error: Error }) => void;

/** QEMU's control protocol, as far as the drives need it: https://www.qemu.org/docs/master/interop/qmp-spec.html */
export class Qmp {
  readonly #socket: Socket;
  readonly #open: Settle[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    createInterface({ input: socket }).on('line', (line) => this.#take(line));
    socket.on('close', () => {
      for (const settle of this.#open.splice(0)) settle({ error: new Error('QEMU has ended') });
    });
  }

  static async connect(path: string): Promise<Qmp> {
    const socket = connect(path);
    await once(socket, 'connect');
    const qmp = new Qmp(socket);
    await qmp.command('qmp_capabilities');
    return qmp;
  }

  /** Throws QEMU's own words when it refuses. */
  command(execute: string, args: object = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#open.push((answer) =>
        'error' in answer ? reject(answer.error) : resolve(answer.value),
      );
      this.#socket.write(`${JSON.stringify({ execute, arguments: args })}\n`);
    });
  }

  #take(text: string): void {
    const line = Line.parse(JSON.parse(text));
    if ('QMP' in line || 'event' in line) return;
    const settle = this.#open.shift();
    if ('error' in line) settle?.({ error: new Error(`QEMU: ${line.error.desc}`) });
    else settle?.({ value: line.return });
  }
}

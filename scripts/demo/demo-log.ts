import pino, { type Logger } from 'pino';
import { z } from 'zod';

const Entry = z.object({ msg: z.string().catch(''), hint: z.string().optional() });

/** Everything the service says goes to a file; what it warns of is also said aloud. */
export function createDemoLog(file: string, say: (line: string) => void): Logger {
  const aloud = {
    write(text: string) {
      const { msg, hint } = Entry.parse(JSON.parse(text));
      say([msg, hint].filter(Boolean).join('\n  '));
    },
  };
  const streams = [
    { level: 'info', stream: pino.destination({ dest: file, mkdir: true }) },
    { level: 'warn', stream: aloud },
  ] as const;
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([...streams]),
  );
}

import { mkdir } from 'node:fs/promises';
import { startApp } from '../app.ts';
import { loadConfig } from '../config/load-config.ts';
import { setUpLibrary } from '../organize/marker.ts';
import { createLog } from './log.ts';

/** Runs the service until it is told to stop. Throws a `DiscflowError` for what a person has to mend first. */
export async function serve(data: string | undefined): Promise<void> {
  const { config, file, created, warnings } = await loadConfig({ data, env: process.env });
  const log = createLog(config.log);
  for (const warning of warnings) log.warn(warning);
  if (created) {
    log.info({ file }, 'this is the first start: a commented configuration was written');
    for (const library of config.libraries) {
      await mkdir(library.root, { recursive: true });
      await setUpLibrary(library);
    }
  }
  const app = await startApp({ config, log });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  log.info('stopping');
  await app.stop();
}

import { once } from 'node:events';
import { startApp } from '../app.ts';
import { loadConfig } from '../config/load-config.ts';
import { setUpFirstLibraries } from '../organize/set-up-libraries.ts';
import { catchInterrupts } from './interrupts.ts';
import { createLog } from './log.ts';

/** Runs the service until it is told to stop. Throws a `DiscflowError` for what a person has to mend first. */
export async function serve({ data }: { data?: string | undefined }): Promise<void> {
  const { config, file, created, warnings } = await loadConfig({ data, env: process.env });
  const log = createLog(config.log);
  for (const warning of warnings) log.warn(warning);
  if (created) {
    log.info({ file }, 'this is the first start: a commented configuration was written');
    await setUpFirstLibraries(config.libraries);
  }
  const { signal } = catchInterrupts();
  const app = await startApp({ config, log });
  log.info({ broker: app.brokerUrl }, 'connect Node-RED to this broker');
  for (const { id, folder } of config.drives)
    log.info({ drive: id, folder }, 'discs go into this folder');
  if (!signal.aborted) await once(signal, 'abort');
  log.info('stopping');
  await app.stop();
}

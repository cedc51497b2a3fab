import { putKeyIntoSettings } from './key-store.ts';
import { updateSettings } from './settings-file.ts';

/** Two drives may begin at once, and write one file. */
const writing = new Map<string, Promise<void>>();

/**
 * The settings that we depend on, and the key. All tracks are kept; names have the title's index in them, so that
 * they differ; nothing is fetched that nobody asked for.
 */
export function prepareSettings(home: string): Promise<void> {
  const before = writing.get(home) ?? Promise.resolve();
  const written = before.catch(() => undefined).then(() => write(home));
  writing.set(home, written);
  return written;
}

async function write(home: string): Promise<void> {
  await updateSettings(home, {
    app_DefaultOutputFileName: 'title{_t:N2}',
    app_DefaultSelectionString: '+sel:all',
    app_UpdateEnable: '0',
  });
  await putKeyIntoSettings(home);
}

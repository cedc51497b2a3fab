import { updateSettings } from './settings-file.ts';

/**
 * The settings that we depend on. All tracks are kept (what a person does not want is left out later); names have the
 * title's index in them, so that they differ; nothing is fetched that nobody asked for.
 */
export function prepareSettings(home: string): Promise<void> {
  return updateSettings(home, {
    app_DefaultOutputFileName: 'title{_t:N2}',
    app_DefaultSelectionString: '+sel:all',
    app_UpdateEnable: '0',
  });
}

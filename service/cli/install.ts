import { DiscflowError } from '../errors.ts';
import { installPackage, optionalPackages } from '../tools/install-packages.ts';
import { packagesFolder } from '../tools/npm-package.ts';
import { createToolRunner } from '../tools/run.ts';
import { catchInterrupts } from './interrupts.ts';
import { paintFor } from './paint.ts';
import { readSettings } from './settings.ts';

const next: Readonly<Record<keyof typeof optionalPackages, string>> = {
  speech: 'It needs a model, too: "discflow models" lists some.',
  ffmpeg: '"discflow doctor" shows which ffmpeg is used.',
};

/** Puts an optional package into the state folder of the service, where it is found at its next use. */
export async function installOptional(what: string, { data }: { data?: string }): Promise<number> {
  if (what !== 'speech' && what !== 'ffmpeg')
    throw new DiscflowError('bad-request', `There is nothing called "${what}" to install`, {
      hint: 'It is speech or ffmpeg.',
    });
  const { config } = await readSettings(data);
  const { name, version } = optionalPackages[what];
  const folder = packagesFolder(config);
  process.stderr.write(`Installing ${name} ${version} into ${folder} …\n`);
  const { signal } = catchInterrupts();
  const found = await installPackage(optionalPackages[what], {
    run: createToolRunner(),
    folder,
    signal,
  });
  const words = `${name} ${found.version} is there. ${next[what]}`;
  process.stderr.write(`${paintFor(process.stderr)('green', '✔')} ${words}\n`);
  return 0;
}

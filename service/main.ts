#!/usr/bin/env node
import { Command } from 'commander';
import { loadConfig } from './config/load-config.ts';
import { version } from './version.ts';

const program = new Command('discflow')
  .description('Put a disc in; it arrives in your library, named, matched and announced.')
  .version(version)
  .option(
    '--data <dir>',
    'folder with configuration and state (default: ~/discflow, or DISCFLOW_DATA)',
  )
  .showHelpAfterError('Try "discflow --help".')
  .addHelpText(
    'after',
    `
Examples:
  discflow run disc.iso --library ~/Videos        one disc, now, without a service
  discflow serve                                  the service, with drives and MQTT
  discflow scan disc.iso                          what is on this disc?
  discflow jobs                                   what is going on?
  discflow doctor                                 is everything there?`,
  );

program
  .command('serve')
  .description('run the service: watch the drives, work, and say every step on MQTT')
  .action(async () => {
    const { serve } = await import('./cli/serve.ts');
    await serve(program.opts().data);
  });

program
  .command('run')
  .description('take discs (images, VIDEO_TS folders, devices) to the library and end')
  .argument('<source...>', 'ISO images, VIDEO_TS folders or devices')
  .option('--library <dir>', 'existing folder to file into, instead of the configured libraries')
  .option('--yes', 'take the default answer of every question')
  .option('--json', 'print the final job of each source as one line of JSON')
  .action(async (sources: string[], options) => {
    const { runSources } = await import('./cli/run.ts');
    const { config } = await loadConfig({ data: program.opts().data, env: process.env });
    process.exitCode = await runSources(sources, config, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  const { problemInWords } = await import('./cli/words.ts');
  process.stderr.write(`${problemInWords(error)}\n`);
  process.exitCode = 1;
}

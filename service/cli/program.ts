import { Command } from 'commander';
import { version } from '../version.ts';
import { closing, dressHelp, groups } from './help.ts';

/** All commands. The code of one is only loaded when it runs, so that help and completion are quick. */
export function createProgram(): Command {
  const program = new Command('discflow')
    .description('Put a disc in; it arrives in your library, named, matched and announced.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option('--data <dir>', 'folder of configuration, jobs and staging (~/discflow, DISCFLOW_DATA)')
    .showHelpAfterError('Try "discflow --help".')
    .showSuggestionAfterError()
    .exitOverride();
  dressHelp(program);
  addDiscCommands(program);
  addServiceCommands(program);
  addJobCommands(program);
  for (const command of program.commands)
    command.showHelpAfterError(`Try "discflow ${command.name()} --help".`);
  return closing(program, [
    'Examples:',
    '  discflow run disc.iso --library ~/Videos    this disc, now, without a service',
    '  discflow scan disc.iso                      what is on it?',
    '  discflow serve                              watch the drives from now on',
    '  discflow review                             answer what it asks',
    '  discflow doctor                             is everything there?',
    '',
    'More on a command: discflow run --help',
  ]);
}

function addDiscCommands(program: Command): void {
  program.commandsGroup(groups.now);
  const run = program
    .command('run')
    .summary('take discs to the library and end')
    .description('Takes discs to the library and ends: no service, no broker, no Node-RED.')
    .argument('<source...>', 'ISO images, folders with VIDEO_TS or BDMV, or devices')
    .option('--library <dir>', 'existing folder for the files, instead of the configured libraries')
    .option(
      '--references <dir>',
      'subtitles of known episodes: Show/Season 01/Show - S01E02 - Title.srt',
    )
    .option('--yes', 'take the default answer of every question')
    .option('--json', 'print the final job of each disc as a line of JSON')
    .action(async (sources: string[], _options, command: Command) => {
      const { runSources } = await import('./run.ts');
      process.exitCode = await runSources(sources, command.optsWithGlobals());
    });
  closing(run, [
    'Stopped by Ctrl-C or a power cut, the same command goes on and rips only what is missing.',
    'A disc whose files are all in the library already is left alone.',
    '',
    'Exit code: 0 everything arrived, 1 something did not, 2 a question is open, 130 stopped',
    '',
    'Examples:',
    '  discflow run disc.iso --library ~/Videos',
    '  discflow run ~/discs/*.iso --library /mnt/media --yes',
    "  discflow run /dev/sr0 --yes --json | jq -r '.titles[].filed.path'",
  ]);
  const match = program
    .command('match')
    .summary('say which episodes the files of a folder are')
    .description(
      'Compares ripped titles with subtitles of known episodes and says which is which, and why. ' +
        'Nothing is renamed.',
    )
    .argument('<folder>', 'folder with the titles of a disc, as MKV files')
    .requiredOption('--references <dir>', 'folder with subtitles named by season and episode')
    .option('--show <name>', 'the show, when the references are of several')
    .option('--season <number>', 'the season, when it is known')
    .option('--json', 'print everything that was measured as JSON')
    .action(async (folder: string, _options, command: Command) => {
      const { matchFolder } = await import('./match.ts');
      process.exitCode = await matchFolder(folder, command.optsWithGlobals());
    });
  closing(match, [
    'Examples:',
    '  discflow match ~/rips/disc1 --references ~/subtitles',
    "  discflow match . --references ~/subs --season 2 --json | jq '.titles[] | {file, verdict}'",
    '',
    'Exit code: 0 every title is sure, 2 somebody has to look at one',
  ]);
  const scan = program
    .command('scan')
    .summary('show what is on a disc')
    .description('Shows what is on a disc. Nothing is ripped, mounted or written.')
    .argument('<source>', 'ISO image, folder with VIDEO_TS or BDMV, or device')
    .option('--json', 'print the scan record as JSON')
    .action(async (source: string, options) => {
      const { scanSource } = await import('./scan.ts');
      process.exitCode = await scanSource(source, options);
    });
  closing(scan, [
    'Examples:',
    '  discflow scan /dev/sr0',
    "  discflow scan disc.iso --json | jq '.titles[] | {number, duration}'",
  ]);
  const references = program
    .command('references')
    .summary('what episodes of a series can be told apart by')
    .description(
      'Lists the subtitles of known episodes: what there is, what is not trusted and why, what is missing.',
    )
    .argument('<show>', 'title of the series')
    .requiredOption('--season <number>', 'season; 0 holds the specials')
    .option('--year <number>', 'year of its first episode, where shows share a title')
    .option('--tmdb <number>', 'its number at themoviedb.org')
    .option('--references <dir>', 'a folder with its subtitles, beside those of the configuration')
    .option('--fetch', 'fetch from OpenSubtitles what is missing; each file counts for its quota')
    .option('--json', 'print everything as JSON')
    .action(async (show: string, _options, command: Command) => {
      const { showReferences } = await import('./show-references.ts');
      process.exitCode = await showReferences(show, command.optsWithGlobals());
    });
  closing(references, [
    'Exit code: 0 no episode is known to lack one, 1 some do',
    '',
    'Examples:',
    '  discflow references "Harbour Lights" --season 1',
    '  discflow references "Harbour Lights" --season 1 --year 2019 --fetch',
  ]);
}

function addServiceCommands(program: Command): void {
  program.commandsGroup(groups.service);
  program
    .command('serve')
    .summary('watch the drives, work, and say every step on MQTT')
    .description(
      'Runs the service until it is told to stop. Its first start writes a configuration.',
    )
    .action(async (_options, command: Command) => {
      const { serve } = await import('./serve.ts');
      await serve(command.optsWithGlobals());
    });
  program
    .command('doctor')
    .summary('check tools, drives, folders, catalogues and the broker')
    .description('Checks what Discflow needs: where it is, what it is for, how to get it.')
    .option('--json', 'print the checks as JSON')
    .action(async (_options, command: Command) => {
      const { runDoctor } = await import('./doctor.ts');
      process.exitCode = await runDoctor(command.optsWithGlobals());
    });
  program
    .command('about')
    .summary('version, licence, and whose data is used')
    .description('Shows version, licence, and where titles and discs are looked up.')
    .action(async () => {
      const { printAbout } = await import('./about.ts');
      printAbout();
    });
  addSpeechCommands(program);
  const key = program
    .command('key')
    .summary('enter a key for MakeMKV')
    .description(
      'Gives the service a key for MakeMKV; discs that wait for one go on by themselves.',
    )
    .argument(
      '[key]',
      '- for standard input; without it you are asked; or, seen by others, the key',
    )
    .action(async (given: string | undefined, _options, command: Command) => {
      const { enterKey } = await import('./key.ts');
      process.exitCode = await enterKey(given, command.optsWithGlobals());
    });
  closing(key, [
    'A purchased key begins with M-, the monthly beta key with T-. It is kept in a file that only the',
    'service can read, and never shown, logged or sent. A key on the command line is seen in the list of',
    'processes and stays in the history of the shell: better leave it out.',
    '',
    'Examples:',
    '  discflow key                asks for it and does not show it',
    '  discflow key - < key.txt',
  ]);
}

function addSpeechCommands(program: Command): void {
  const install = program
    .command('install')
    .summary('add speech recognition, or an ffmpeg of its own')
    .description('Puts an optional package into the state folder of the service, by npm.')
    .argument('<what>', 'speech or ffmpeg')
    .action(async (what: string, _options, command: Command) => {
      const { installOptional } = await import('./install.ts');
      process.exitCode = await installOptional(what, command.optsWithGlobals());
    });
  closing(install, [
    'speech: transformers.js, about 90 MB when it is there. It is only used for titles that neither',
    'subtitles nor voices tell apart, and needs a model ("discflow models").',
    'ffmpeg: ffmpeg-static, about 80 MB, where the system brings none.',
  ]);
  const models = program
    .command('models')
    .summary('models for speech recognition: what is there, fetch one')
    .description('Lists the models for speech recognition.')
    .option('--json', 'print what is there as JSON')
    .action(async (_options, command: Command) => {
      const { listModels } = await import('./models.ts');
      process.exitCode = await listModels(command.optsWithGlobals());
    });
  models
    .command('fetch')
    .summary('fetch a model')
    .description('Fetches a model from the hub; without a name the configured one.')
    .argument('[name]', 'such as onnx-community/whisper-base')
    .option('--dtype <form>', 'form of the weights: q8 unless given, fp16 for a graphics card')
    .action(async (name: string | undefined, _options, command: Command) => {
      const { fetchOne } = await import('./models.ts');
      process.exitCode = await fetchOne(name, command.optsWithGlobals());
    });
  models
    .command('check')
    .summary('read models and say whether they are whole')
    .description('Reads every byte of the models, or of one, and says whether they are whole.')
    .argument('[name]', 'only this model')
    .option('--json', 'print the result as JSON')
    .action(async (name: string | undefined, _options, command: Command) => {
      const { checkModels } = await import('./models.ts');
      process.exitCode = await checkModels(name, command.optsWithGlobals());
    });
}

function addJobCommands(program: Command): void {
  program.commandsGroup(groups.jobs);
  program
    .command('jobs')
    .summary('what is going on')
    .description('Lists the discs that are on their way.')
    .option('--json', 'print the jobs as JSON')
    .action(async (_options, command: Command) => {
      const { listJobs } = await import('./jobs.ts');
      process.exitCode = await listJobs(command.optsWithGlobals());
    });
  const review = program
    .command('review')
    .summary('answer open questions')
    .description('Asks the open questions on the terminal.')
    .option('--yes', 'take the default answer of every question')
    .option('--json', 'print the open questions as JSON and answer none')
    .action(async (_options, command: Command) => {
      const { review } = await import('./review.ts');
      process.exitCode = await review(command.optsWithGlobals());
    });
  closing(review, ['Exit code: 0 nothing is open any more, 2 questions are open']);
  const history = program
    .command('history')
    .summary('what arrived')
    .description('Lists the discs that were here, newest first, with their files.')
    .option('--since <when>', 'how long ago (12h, 7d, 2w) or a date (2026-03-01)')
    .option('--json', 'print the entries as JSON')
    .action(async (_options, command: Command) => {
      const { showHistory } = await import('./history.ts');
      process.exitCode = await showHistory(command.optsWithGlobals());
    });
  closing(history, ['Example:', '  discflow history --since 7d']);
  const explain = program
    .command('explain')
    .summary('why a title is this episode')
    .description('Says what the titles of a disc were taken for, what else they may be, and why.')
    .argument('<job...>', 'ids from "discflow jobs" or "discflow history"')
    .option('--json', 'print what was measured of each job as a line of JSON')
    .action(async (jobs: string[], _options, command: Command) => {
      const { explainJobs } = await import('./explain.ts');
      process.exitCode = await explainJobs(jobs, command.optsWithGlobals());
    });
  closing(explain, [
    'Examples:',
    '  discflow explain 01J9…',
    "  discflow explain 01J9… --json | jq '.findings.titles[] | {id, verdict, doubt}'",
  ]);
  addJobActions(program);
}

function addJobActions(program: Command): void {
  const withJobs = (name: string, summary: string, description: string) =>
    program
      .command(name)
      .summary(summary)
      .description(description)
      .argument('<job...>', 'ids from "discflow jobs" or "discflow history"')
      .option('--json', 'print each job as a line of JSON');
  withJobs('cancel', 'stop a disc', 'Stops a disc. What was ripped is kept for a retry.').action(
    async (jobs: string[], _options, command: Command) => {
      const { cancelJobs } = await import('./job-commands.ts');
      process.exitCode = await cancelJobs(jobs, command.optsWithGlobals());
    },
  );
  withJobs(
    'retry',
    'try again',
    'Tries again what failed, was cancelled or waits; rips a disc that was left alone.',
  )
    .option('--titles <id...>', 'only these titles, such as t02')
    .action(async (jobs: string[], _options, command: Command) => {
      const { retryJobs } = await import('./job-commands.ts');
      process.exitCode = await retryJobs(jobs, command.optsWithGlobals());
    });
  withJobs(
    'undo',
    'take filed files back',
    'Takes back what was filed; the job waits to be filed anew.',
  ).action(async (jobs: string[], _options, command: Command) => {
    const { undoJobs } = await import('./job-commands.ts');
    process.exitCode = await undoJobs(jobs, command.optsWithGlobals());
  });
  withJobs(
    'rematch',
    'match again, with new references',
    'Compares the titles with references that are gathered anew, also after they were filed: ' +
      'what surely is another episode is renamed then. What a person said stays.',
  ).action(async (jobs: string[], _options, command: Command) => {
    const { rematchJobs } = await import('./job-commands.ts');
    process.exitCode = await rematchJobs(jobs, command.optsWithGlobals());
  });
  const amend = program
    .command('amend')
    .summary('put right what a disc or title is')
    .description(
      'Says what a disc, or one title of it, really is, also after it was filed: it is renamed then.',
    )
    .argument('<job>', 'id from "discflow jobs" or "discflow history"')
    .argument('<what...>', 'a title and its episode, or what the disc is')
    .option('--json', 'print the job as JSON')
    .action(async (job: string, what: string[], _options, command: Command) => {
      const { amendJob } = await import('./amend.ts');
      process.exitCode = await amendJob(job, what, command.optsWithGlobals());
    });
  closing(amend, [
    'Examples:',
    '  discflow amend 01J9… t03 S01E04',
    '  discflow amend 01J9… t05 extra',
    '  discflow amend 01J9… "Harbour Lights S2 D1"',
  ]);
  const arm = program
    .command('arm')
    .summary('say what the next disc of a drive is')
    .description(
      'Says what the next disc of a drive is, before it is put in; it is not asked then.',
    )
    .argument('<drive>', 'id of the drive, as in the configuration')
    .argument(
      '[what...]',
      'title with what is known: "Long Meridian (2019)", "Harbour Lights S1 D2"',
    )
    .option('--kind <kind>', 'movie, tv or extras, when the disc does not show it')
    .option('--tmdb <number>', 'its number at themoviedb.org')
    .option('--library <id>', 'the library it goes to')
    .option('--for <time>', 'forget it after this time (30m, 12h, 7d)')
    .option('--add', 'for the disc behind those that were said already')
    .option('--loaded', 'for the disc that is in the drive now')
    .option('--clear', 'forget what was said')
    .option('--json', 'print what the next discs were said to be as JSON')
    .action(async (drive: string, what: string[], _options, command: Command) => {
      const { armDrive } = await import('./arm.ts');
      process.exitCode = await armDrive(drive, what, command.optsWithGlobals());
    });
  closing(arm, [
    'Examples:',
    '  discflow arm images "Long Meridian (2019)"',
    '  discflow arm images Harbour Lights S1 D2 --library kids --add',
    '  discflow arm images --clear',
  ]);
  program
    .command('drives')
    .summary('what drives there are, and what is in them')
    .description(
      'Lists the drives of the service, and the optical drives of this machine with their numbers.',
    )
    .option('--json', 'print both as JSON')
    .action(async (_options, command: Command) => {
      const { listDrives } = await import('./drives.ts');
      process.exitCode = await listDrives(command.optsWithGlobals());
    });
  program
    .command('eject')
    .summary('open a drive')
    .description('Lets the disc out; a folder of images loads its next one.')
    .argument('<drive>', 'id of the drive, as in the configuration')
    .action(async (drive: string, _options, command: Command) => {
      const { ejectDrive } = await import('./job-commands.ts');
      process.exitCode = await ejectDrive(drive, command.optsWithGlobals());
    });
  program
    .command('look')
    .summary('a disc is in: look now')
    .description(
      'Looks what is in a drive, where the system does not tell of discs, or at one that was left alone.',
    )
    .argument('<drive>', 'id of the drive, as "discflow drives" shows it')
    .action(async (drive: string, _options, command: Command) => {
      const { lookIntoDrive } = await import('./job-commands.ts');
      process.exitCode = await lookIntoDrive(drive, command.optsWithGlobals());
    });
}

import type { Argument, Command } from 'commander';
import { paintFor } from './paint.ts';

/** Headings of the list of commands. */
export const groups = {
  now: 'A disc, here and now:',
  service: 'The service:',
  jobs: 'Its discs (while it runs):',
};

/** Examples and what else to know, below the help of a command. */
export function closing(command: Command, lines: readonly string[]): Command {
  return command.addHelpText('after', `\n${lines.join('\n')}`);
}

/** Colours where the terminal has them; commander takes them out elsewhere. */
export function dressHelp(program: Command): Command {
  const paint = paintFor(process.stdout);
  return program
    .configureHelp({
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
      styleTitle: (text) => paint('bold', text),
      styleCommandText: (text) => paint('cyan', text),
      styleSubcommandTerm: (text) => paint('cyan', text),
      styleOptionTerm: (text) => paint('green', text),
      styleArgumentTerm: (text) => paint('green', text),
    })
    .configureOutput({
      outputError: (text, write) =>
        write(
          text.replace(
            /^error: (.)/,
            (_, first: string) => `${paintFor(process.stderr)('red', '✗')} ${first.toUpperCase()}`,
          ),
        ),
    });
}

function argumentTerm(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

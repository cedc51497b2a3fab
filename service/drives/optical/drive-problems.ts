import type { Problem } from '../../contract/problem.ts';

export function unplugged(name: string): Problem {
  return {
    code: 'drive-unavailable',
    message: `The drive ${name} is not plugged in`,
    hint: 'Plug it in and switch it on; it goes on by itself then.',
  };
}

export function silent(device: string): Problem {
  return {
    code: 'drive-unavailable',
    message: `The drive ${device} does not say what is in it`,
    hint: 'Switch it off and on again. "discflow doctor" says what the system lacks to ask it.',
  };
}

export function unreadable(device: string): Problem {
  return {
    code: 'disc-unreadable',
    message: `The drive ${device} cannot make out the disc in it`,
    hint: 'Take the disc out, clean it, and see that it lies the right way up; or try another drive.',
  };
}

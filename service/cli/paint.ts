import { styleText } from 'node:util';

export type Colour = Parameters<typeof styleText>[0];
export type Paint = (colour: Colour, text: string) => string;

/** Colours for a stream that is a terminal; NO_COLOR, FORCE_COLOR and TERM=dumb are heeded. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (colour, text) => styleText(colour, text, { stream });
}

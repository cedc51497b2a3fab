import { writeToStream } from 'mqtt-packet';

/**
 * Makes the two bytes of a packet's number when they are needed, for every client and broker in this process: the
 * library would keep those of all 65,536 numbers, in 7 MiB that take a tenth of a second to fill.
 */
export function makePacketNumbersWhenNeeded(): void {
  writeToStream.cacheNumbers = false;
}

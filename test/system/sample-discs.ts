import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const discs = fileURLToPath(new URL('../../examples/discs', import.meta.url));
export const film = join(discs, 'LONG_MERIDIAN.iso');
export const show = join(discs, 'HARBOUR_LIGHTS_S1_D1.iso');
/** What arrives of them. */
export const filmFiles = ['Bonus 1-02.mkv', 'Long Meridian.mkv'];
export const showFiles = [
  'Bonus 1-05.mkv',
  'Harbour Lights - S01E01.mkv',
  'Harbour Lights - S01E02.mkv',
  'Harbour Lights - S01E03.mkv',
];

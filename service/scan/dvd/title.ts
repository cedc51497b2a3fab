import { SECTOR_BYTES } from '../medium/medium.ts';
import type { Cell, DvdTitle } from '../record.ts';
import { damagedStructure } from '../structure.ts';
import { roundSeconds } from './playback-time.ts';
import type { ChainCell, ProgramChain } from './program-chain.ts';
import { playedAudio, playedSubtitles } from './title-streams.ts';
import type { ListedTitle } from './vmg.ts';
import type { ChapterMark, TitleSetInfo } from './vts.ts';

const maximumCells = 2000;

/** Puts one title together from its set. Throws `disc-unreadable` when its part of the set is damaged. */
export function describeTitle(
  number: number,
  { titleSet, numberInSet }: ListedTitle,
  set: TitleSetInfo,
): DvdTitle {
  const marks = set.titles[numberInSet - 1] ?? [];
  const damage = marks.map(({ chain }) => set.damagedChains.get(chain)).find(Boolean);
  if (damage) throw damage;
  const numbers = chainsOfTitle(marks, set.chains);
  const chains = numbers.flatMap((chain) => set.chains.get(chain) ?? []);
  const [first] = chains;
  if (first === undefined) throw damagedStructure('it has no chapters');
  const cells = chains.flatMap((chain) => chain.cells);
  if (cells.length > maximumCells) throw damagedStructure(`${cells.length} cells in one title`);
  const played = cells.filter(isFirstAngle);
  return {
    number,
    titleSet,
    numberInSet,
    ...set.video,
    duration: roundSeconds(playedSeconds(cells)),
    bytes: played.reduce((sum, cell) => sum + cellSectors(cell) * SECTOR_BYTES, 0),
    angles: Math.max(1, ...cells.map(({ angle }) => Math.min(angle, 9))),
    chapters: chapterStarts(marks, numbers, set.chains),
    audio: playedAudio(first, set.audio),
    subtitles: playedSubtitles(first, set.subtitles, set.video.video.aspect),
    palette: first.palette,
    cells: played.map((cell) => toCell(titleSet, cell)),
    relation: null,
  };
}

/**
 * The chains of a title in playing order. Where the chapters lead through several chains of this
 * title one after the other it plays them all; anything else (stories, parental cuts, random
 * order) is an interactive title, of which the first chain counts.
 */
function chainsOfTitle(marks: ChapterMark[], chains: ReadonlyMap<number, ProgramChain>): number[] {
  const runs = marks
    .map(({ chain }) => chain)
    .filter((chain, index, all) => chain !== all[index - 1]);
  const title = chains.get(runs[0] ?? 0)?.title;
  const isSequence =
    new Set(runs).size === runs.length && runs.every((chain) => chains.get(chain)?.title === title);
  return isSequence ? runs : runs.slice(0, 1);
}

function chapterStarts(
  marks: ChapterMark[],
  numbers: number[],
  chains: ReadonlyMap<number, ProgramChain>,
): number[] {
  const starts: number[] = [];
  let before = 0;
  for (const number of numbers) {
    const chain = chains.get(number);
    for (const mark of marks) {
      const firstCell = mark.chain === number ? chain?.programs[mark.program - 1] : undefined;
      if (firstCell === undefined) continue;
      const start = before + playedSeconds(chain?.cells.slice(0, firstCell) ?? []);
      starts.push(roundSeconds(start));
    }
    before += playedSeconds(chain?.cells ?? []);
  }
  return [...new Set(starts)].sort((a, b) => a - b);
}

function playedSeconds(cells: ChainCell[]): number {
  return cells.filter(isFirstAngle).reduce((sum, cell) => sum + cell.duration, 0);
}

function isFirstAngle({ angle }: ChainCell): boolean {
  return angle <= 1;
}

function cellSectors({ firstSector, lastSector }: ChainCell): number {
  return lastSector - firstSector + 1;
}

function toCell(titleSet: number, cell: ChainCell): Cell {
  const { firstSector, lastSector, interleaved } = cell;
  const key = `${titleSet}:${cell.vob}.${cell.cell}`;
  return { key, firstSector, lastSector, duration: roundSeconds(cell.duration), interleaved };
}

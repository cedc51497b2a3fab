// npm run bench:match [-- --accepted 3000 --seed NAME --setting subtitles --json]: how well titles are matched to
// episodes, on generated seasons.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type JudgedTitle, measureSeason } from '../test/bench/match/measure-season.ts';
import { calibrationInWords, definitions, lineInWords } from '../test/bench/match/report.ts';
import { type Setting, settings } from '../test/bench/match/settings.ts';
import { isRight, tallyOf } from '../test/bench/match/tally.ts';

const { values } = parseArgs({
  options: {
    accepted: { type: 'string', default: '3000' },
    seed: { type: 'string', default: 'season' },
    setting: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
  },
});

for (const setting of settings.filter(({ name }) => name.includes(values.setting))) {
  const judged = await measureUntil(Number(values.accepted), setting);
  const tally = tallyOf(judged);
  if (values.json) console.log(JSON.stringify({ setting, ...tally }));
  else console.log(`${lineInWords(setting, tally)}\n${calibrationInWords(tally)}`);
  if (values.wrong) tellWrong(judged);
}
if (!values.json)
  for (const [word, meaning] of Object.entries(definitions)) console.log(`  ${word}: ${meaning}`);

/** Seasons, a few at the same time, until so many titles were accepted. */
async function measureUntil(accepted: number, setting: Setting): Promise<JudgedTitle[]> {
  const seasons: JudgedTitle[][] = [];
  let next = 0;
  let count = 0;
  const work = async () => {
    while (count < accepted) {
      const index = next++;
      const judged = await measureSeason(`${values.seed} ${index}`, setting);
      seasons[index] = judged;
      count += tallyOf(judged).accepted;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return seasons.flat();
}

function tellWrong(judged: readonly JudgedTitle[]): void {
  for (const one of judged) {
    const { decision, title } = one;
    if (isRight(one) && decision.verdict === 'accept') continue;
    const said = decision.ranked[0]?.episodes.map(({ episode }) => episode).join('+') || 'none';
    const truth = title.episodes.map((index) => index + 1).join('+') || 'none';
    const state = isRight(one) ? 'right' : 'WRONG';
    console.log(
      `  ${decision.verdict} ${state} ${one.isReferenced ? 'referenced' : ''} said ${said}, is ${truth}, ${title.role}: ${decision.doubt}`,
    );
  }
}

/**
 * Who published it, before the title. Names that also begin titles ("Universal Soldier", "Fox and the Hound",
 * "Paramount") are left alone; what is taken off stays in another reading.
 */
const publishers = [
  'wb|whv|bvhe|bvhv|uphe|sphe|cphe|fhe|tcf|nlhe|mgm|bbc|itv|hbo|pbs|nhk|a&e|ard|zdf',
  "disney(?: ?'?s)?|walt disney|disney pixar|pixar|dreamworks|lionsgate|lions gate|studiocanal|studio canal",
  'warner(?: bros)?|columbia(?: tristar)?|buena vista|touchstone|miramax|artisan|anchor bay|sony pictures',
  'national geographic|nat geo|history channel|criterion|shout factory|arrow video|funimation|aniplex|20th century fox',
];

export const publisherStart = new RegExp(
  `^(?:${publishers.join('|')})(?: presents)? (?=\\S{3})`,
  'i',
);

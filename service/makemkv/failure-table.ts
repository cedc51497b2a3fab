import { type MessageKind, messageCodes, messageKind } from './messages.ts';

interface Row {
  codes: number[];
  kind: MessageKind;
}

const results: Partial<Record<MessageKind['action'], string>> = {
  'fail-job': 'the rip ends',
  stop: 'MakeMKV is stopped at once; the rip ends',
  'fail-title': 'this title fails, the others go on',
  cause: 'named as the reason if the rip fails',
  attention: 'the rip goes on; named as the reason if it fails',
  note: 'kept as a note; named as the reason if the rip fails',
};

/** What can go wrong with MakeMKV, and what people read then, as Markdown: made from the table of messages. */
export function failureTable(): string {
  const rows = failures().map(({ codes, kind: { says, action, problem } }) => {
    const cells = [
      codes.join(', '),
      placeholders(says),
      results[action] ?? '',
      `\`${problem?.code ?? ''}\``,
      problem?.hint ?? '',
    ];
    return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  });
  return [
    '| MSG | What happened | What follows | Code | What to do |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Codes with the same words make one row. */
function failures(): Row[] {
  const rows = new Map<string, Row>();
  for (const code of messageCodes()) {
    const kind = messageKind(code);
    if (!kind?.problem) continue;
    const key = `${kind.action} ${kind.says}`;
    const row = rows.get(key);
    if (row) row.codes.push(code);
    else rows.set(key, { codes: [code], kind });
  }
  return [...rows.values()];
}

function placeholders(says: string): string {
  return says.replace(/%\d/g, '…');
}

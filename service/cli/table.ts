import { stripVTControlCharacters } from 'node:util';

export interface Column<Row> {
  heading: string;
  cell: (row: Row) => string;
  align?: 'right';
}

/** Lines with aligned columns; a column without any text is left out. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const filled = columns
    .map((column) => ({ ...column, cells: rows.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map((column) => ({
      ...column,
      width: Math.max(...[column.heading, ...column.cells].map(widthOf)),
    }));
  const line = (texts: string[]) => texts.join('  ').trimEnd();
  return [
    line(filled.map((column) => pad(column.heading, column))),
    ...rows.map((_, index) => line(filled.map((column) => pad(column.cells[index] ?? '', column)))),
  ];
}

function pad(text: string, { width, align }: { width: number; align?: 'right' }): string {
  const space = ' '.repeat(width - widthOf(text));
  return align === 'right' ? space + text : text + space;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

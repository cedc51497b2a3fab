const maximumLength = 128;

/** A volume's own name as one harmless line: no control, bidi or unassigned characters, bounded. */
export function cleanLabel(label: string): string {
  const printable = label
    .normalize('NFC')
    .replace(/[\p{Zl}\p{Zp}\p{Zs}\t\r\n]+/gu, ' ')
    .replace(/\p{C}/gu, '');
  return [...printable.trim()].slice(0, maximumLength).join('').trimEnd();
}

/** One drive in the list of `drutil list`. */
export interface ListedDrive {
  /** Counts from 1, in the order of the system; what `drutil -drive` takes. */
  readonly index: number;
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
  readonly bus: string;
}

/** What `drutil status` says of one drive. */
export interface DriveStatus {
  /** "DVD-ROM", "CD-R" …; null without a disc. */
  readonly type: string | null;
  /** "/dev/disk4"; null without a disc, and while a disc is still starting up. */
  readonly device: string | null;
  readonly blank: boolean;
  readonly tracks: number | null;
  /** Used space; 2048 bytes a block. */
  readonly blocks: number | null;
}

const BLOCK_BYTES = 2048;
const HEADINGS = ['Vendor', 'Product', 'Rev', 'Bus', 'SupportLevel'];

/**
 * Reads the table of `drutil list` (drutil(1)). Names hold spaces, so that only the headings tell where a column
 * begins.
 */
export function parseDrutilList(text: string): ListedDrive[] {
  const [heading = '', ...lines] = text.split(/\r?\n/);
  const [vendor, product, revision, bus, support] = HEADINGS.map((name) => heading.indexOf(name));
  return lines.flatMap((line) => {
    const index = /^\s*(\d+)\s/.exec(line)?.[1];
    if (index === undefined || vendor === -1) return [];
    return [
      {
        index: Number(index),
        vendor: line.slice(vendor, product).trim(),
        product: line.slice(product, revision).trim(),
        revision: line.slice(revision, bus).trim(),
        bus: line.slice(bus, support).trim(),
      },
    ];
  });
}

/** Reads `drutil status -drive N`: "Name: value", some of them two on a line. */
export function parseDrutilStatus(text: string): DriveStatus {
  const type = /^\s*Type:\s*(.+?)(?:\s{2,}|\s*$)/m.exec(text)?.[1] ?? null;
  const number = (pattern: RegExp) => {
    const digits = pattern.exec(text)?.[1];
    return digits === undefined ? null : Number(digits);
  };
  return {
    type: type === null || /no media/i.test(type) ? null : type,
    device: /\bName:\s*(\/dev\/disk\d+)/.exec(text)?.[1] ?? null,
    blank: /Writability:.*\bblank\b/.test(text),
    tracks: number(/\bTracks:\s*(\d+)/),
    blocks: number(/Space Used:.*blocks:\s*(\d+)/),
  };
}

export function usedBytes({ blocks }: DriveStatus): number | null {
  return blocks === null || blocks === 0 ? null : blocks * BLOCK_BYTES;
}

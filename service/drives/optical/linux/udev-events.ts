import { parseProperty, type UdevProperties } from './udev-properties.ts';

export interface UdevEvent {
  /** "add", "change", "remove" … */
  readonly action: string;
  /** "sr0" */
  readonly name: string;
  readonly properties: UdevProperties;
}

/** "UDEV  [1234.567890] change   /devices/pci0000:00/…/block/sr0 (block)" begins the block of an event. */
const HEADING = /^(?:UDEV|KERNEL)\s*\[[\d.]+\]\s+\S+\s+\S+\s+\(\S+\)$/;
/** A drive has about 80; what goes on for ever is no block. */
const MOST_PROPERTIES = 500;
const LONGEST_LINE = 8192;

/**
 * Reads what `udevadm monitor --udev --property` prints, line by line as it comes. An event is told with the empty
 * line after its properties, at the latest with the next heading; whatever fits nowhere is skipped.
 */
export function createUdevEventReader(told: (event: UdevEvent) => void): (line: string) => void {
  let properties: Map<string, string> | null = null;
  const end = () => {
    const event = properties && eventOf(properties);
    properties = null;
    if (event) told(event);
  };
  return (line) => {
    if (HEADING.test(line)) {
      end();
      properties = new Map();
    } else if (line === '') end();
    else if (properties && properties.size < MOST_PROPERTIES && line.length <= LONGEST_LINE) {
      const [key, value] = parseProperty(line) ?? [];
      if (key !== undefined && value !== undefined) properties.set(key, value);
    }
  };
}

function eventOf(properties: UdevProperties): UdevEvent | null {
  const action = properties.get('ACTION');
  const path = properties.get('DEVNAME') ?? properties.get('DEVPATH');
  const name = path?.slice(path.lastIndexOf('/') + 1);
  return action && name ? { action, name, properties } : null;
}

import { createHash } from 'node:crypto';
import type { DriveHardware, DriveSighting } from './platform.ts';

/** How the configuration or an earlier run names one drive. */
export interface DriveName {
  readonly id: string;
  readonly serial: string | null;
  readonly port: string | null;
  readonly bridgeSerial: string | null;
  readonly model: string | null;
}

/** What the user binds an id to. */
export interface DriveWish {
  readonly id: string;
  readonly serial?: string | undefined;
  readonly port?: string | undefined;
  readonly device?: string | undefined;
}

interface Known {
  readonly wishes: readonly DriveWish[];
  /** Drives of earlier runs. */
  readonly names: readonly DriveName[];
  /** Ids of drives that are there already, and of other places for discs. */
  readonly taken: ReadonlySet<string>;
  /** What else is plugged in. */
  readonly others: readonly DriveSighting[];
  /** Real paths of devices that the configuration names. */
  readonly devices: ReadonlyMap<string, string>;
}

/**
 * The id of a drive: that of the configuration; else the one it had before, known again by its own serial number,
 * then by its port, then by the number of its bridge; else a new one. Never made from a number of the kernel.
 */
export function idOf(sighting: DriveSighting, known: Known): string {
  const { wishes, names, taken, devices } = known;
  const free = <T extends { id: string }>({ id }: T) => !taken.has(id);
  const wish = wishes.filter(free).find((each) => isWished(sighting, each, devices));
  if (wish) return wish.id;
  const before = knownAgain(sighting, names.filter(free), known.others);
  return before?.id ?? newId(sighting, known);
}

/** Another drive that states the same number, so that only their ports tell them apart. */
export function namesake(
  { name, hardware }: DriveSighting,
  others: readonly DriveSighting[],
): DriveSighting | null {
  const own = hardware.serial ?? hardware.bridgeSerial;
  const isSame = (other: DriveSighting) =>
    other.name !== name && (other.hardware.serial ?? other.hardware.bridgeSerial) === own;
  return own === null ? null : (others.find(isSame) ?? null);
}

/** Whether a drive is the one that the configuration means; `devices`: real paths of those that it names. */
export function isWished(
  { device, hardware }: DriveSighting,
  { serial, port, device: wanted }: DriveWish,
  devices: ReadonlyMap<string, string>,
): boolean {
  if (serial !== undefined) return serial === hardware.serial || serial === hardware.bridgeSerial;
  if (port !== undefined) return port === hardware.port;
  return wanted !== undefined && (devices.get(wanted) ?? wanted) === device;
}

/** Under a number that two drives state, each is only known again at its port. */
function knownAgain(
  sighting: DriveSighting,
  names: readonly DriveName[],
  others: readonly DriveSighting[],
): DriveName | undefined {
  const { hardware } = sighting;
  const isUnique = namesake(sighting, others) === null;
  const alike = names.filter(
    ({ model, serial }) =>
      model === hardware.model && (serial === hardware.serial || hardware.serial === null),
  );
  const by = (key: 'serial' | 'port' | 'bridgeSerial') =>
    hardware[key] === null ? undefined : alike.find((each) => each[key] === hardware[key]);
  return (
    (isUnique ? by('serial') : undefined) ??
    by('port') ??
    (isUnique ? by('bridgeSerial') : undefined)
  );
}

/** "bd-rw-bdr-211m-3f9a1c": the model for people, and a short digest of what tells the drive from others. */
function newId(sighting: DriveSighting, { others, taken }: Known): string {
  const { hardware, name } = sighting;
  const isUnique = namesake(sighting, others) === null;
  const digest = createHash('sha256')
    .update(tellingPart(hardware, isUnique) ?? name)
    .digest('hex');
  const model = (hardware.model ?? 'drive').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const stem = `${model.replace(/^-|-$/g, '').slice(0, 40) || 'drive'}-${digest.slice(0, 6)}`;
  let id = stem;
  for (let copy = 2; taken.has(id); copy++) id = `${stem}-${copy}`;
  return id;
}

function tellingPart(
  { serial, port, bridgeSerial }: DriveHardware,
  isUnique: boolean,
): string | null {
  return isUnique ? (serial ?? port ?? bridgeSerial) : (port ?? serial ?? bridgeSerial);
}

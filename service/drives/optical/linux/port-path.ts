/**
 * Where a drive is plugged in, written as udev writes it (ID_PATH; systemd, udev-builtin-path_id), from its folder in
 * sysfs: "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sr0" is
 * "pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:0". For where udev is not there to tell. `ataPort` is the number that the
 * controller has for the port, when the drive is at one. Null for buses that are not known here.
 */
export function portPath(folder: string, ataPort: string | null): string | null {
  const parts = folder.split('/');
  const pci = parts.findLast((part) =>
    /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/.test(part),
  );
  const scsi = parts.findLast((part) => /^\d+:\d+:\d+:\d+$/.test(part));
  if (pci === undefined || scsi === undefined) return null;
  const [, bus, target, lun] = scsi.split(':');
  if (ataPort !== null) return `pci-${pci}-ata-${ataPort}.${target}`;
  // "1-2.4:1.0": the number of the bus changes with the order of discovery, the way from its root does not.
  const [, usb] = parts.map((part) => /^\d+-([\d.]+:\d+\.\d+)$/.exec(part)).findLast(Boolean) ?? [];
  const way = usb === undefined ? '' : `-usb-0:${usb}`;
  return `pci-${pci}${way}-scsi-0:${bus}:${target}:${lun}`;
}

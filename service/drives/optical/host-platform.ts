import type { ToolFinder } from '../../tools/find.ts';
import type { RunTool } from '../../tools/run.ts';
import type { DrivePlatform } from './platform.ts';

interface Tools {
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
}

/** How drives are seen on this machine; null on systems that nobody has written it for. Loads its code alone. */
export async function hostPlatform(tools: Tools): Promise<DrivePlatform | null> {
  switch (process.platform) {
    case 'linux':
      return (await import('./linux/linux.ts')).createLinuxPlatform(tools);
    case 'darwin':
      return (await import('./macos/macos.ts')).macosDrives(tools);
    case 'win32':
      return (await import('./windows/windows.ts')).windowsDrives(tools);
    default:
      return null;
  }
}

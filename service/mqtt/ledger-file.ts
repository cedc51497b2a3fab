import { Low } from 'lowdb';
import { z } from 'zod';
import { DiscflowError } from '../errors.ts';
import { jsonFile } from '../store/json-file.ts';
import type { LedgerFile } from './ledger.ts';

/** The ledger of retained topics as a file of the store. */
export function ledgerFile(path: string): LedgerFile {
  const file = new Low<string[]>(jsonFile(path, z.array(z.string())), []);
  return {
    read: async () => {
      await file.read().catch(unlessDamaged);
      return file.data;
    },
    write: (topics) => {
      file.data = topics;
      return file.write();
    },
  };
}

/** A damaged list (a copy of it was kept) costs ghost topics at worst: no reason not to start. */
function unlessDamaged(error: unknown): void {
  if (!(error instanceof DiscflowError && error.code === 'state-damaged')) throw error;
}

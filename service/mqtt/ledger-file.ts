import { Low } from 'lowdb';
import { z } from 'zod';
import { jsonFile } from '../store/json-file.ts';
import type { LedgerFile } from './ledger.ts';

/** The ledger of retained topics as a file of the store. */
export function ledgerFile(path: string): LedgerFile {
  const file = new Low<string[]>(jsonFile(path, z.array(z.string())), []);
  return {
    read: async () => {
      await file.read();
      return file.data;
    },
    write: (topics) => {
      file.data = topics;
      return file.write();
    },
  };
}

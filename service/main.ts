#!/usr/bin/env node
import { keepHeapSmall } from './cli/small-heap.ts';

if (process.argv.includes('serve')) keepHeapSmall();
const { runCommand } = await import('./cli/run-command.ts');
await runCommand(process.argv);

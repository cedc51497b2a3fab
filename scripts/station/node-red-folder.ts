import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../service/errors.ts';

const settings = `// Settings of Node-RED, written by the first start of Discflow and yours from then on.
// What else can be set: https://nodered.org/docs/user-guide/runtime/configuration
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

module.exports = {
  // Only this machine reaches the editor. Before you open it to others, set a login (adminAuth):
  // https://nodered.org/docs/user-guide/runtime/securing-node-red
  uiHost: '127.0.0.1',
  uiPort: process.env.PORT || 1880,

  flowFile: 'flows.json',
  flowFilePretty: true,

  // Encrypts the logins that nodes hold.
  credentialSecret: readFileSync(join(__dirname, 'credential-secret'), 'utf8'),

  // Where Discflow's own nodes are.
  nodesDir: [process.env.DISCFLOW_NODES].filter(Boolean),

  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { page: { title: 'Discflow' }, header: { title: 'Discflow' }, tours: false },
};
`;

/** As Node-RED itself writes it; without one, settings.js would follow the package around it. */
const manifest = {
  name: 'node-red-project',
  description: 'A Node-RED Project',
  version: '0.0.1',
  private: true,
};

/** Makes a folder a user directory of Node-RED; what is there already stays as it is. */
export async function prepareNodeRedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeNew(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 4)}\n`);
  await writeNew(join(folder, 'credential-secret'), randomBytes(32).toString('hex'), 0o600);
  await writeNew(join(folder, 'settings.js'), settings);
}

async function writeNew(path: string, text: string, mode = 0o644): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Runs in the guest as root and does what the tests ask for; plain Node, since nothing of the tests is
 * loaded here. `POST /run` runs a shell script and answers `{code, output}`; `GET /udev` answers what
 * udev has said since the last time; `GET /clock` the guest's time in milliseconds.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const PORT = 7000;
const SHOWN = /^(ACTION|DEVNAME|DISK_\w+|ID_CDROM_MEDIA\w*|ID_FS_LABEL|ID_FS_TYPE|SEQNUM)$/;

const events = [];
followUdev();
createServer((request, response) => {
  const answer = (value) => response.end(JSON.stringify(value));
  if (request.url === '/clock') answer(Date.now());
  else if (request.url === '/udev') answer(events.splice(0));
  else void runScript(request, answer);
}).listen(PORT, '0.0.0.0', () => console.log('the agent listens'));

async function runScript(request, answer) {
  let script = '';
  for await (const chunk of request) script += chunk;
  const child = spawn('/bin/bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  child.on('close', (code) => answer({ code, output }));
}

/** Events come as blocks of properties, each ended by an empty line. */
function followUdev() {
  const args = ['monitor', '--udev', '--property', '--subsystem-match=block'];
  const monitor = spawn('udevadm', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let properties = {};
  createInterface({ input: monitor.stdout }).on('line', (line) => {
    const [, name, value] = /^([A-Z_0-9]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && SHOWN.test(name)) properties[name] = value;
    if (line !== '') return;
    if (properties.DEVNAME !== undefined) events.push({ at: Date.now(), properties });
    properties = {};
  });
}

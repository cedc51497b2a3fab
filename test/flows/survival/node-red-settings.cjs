/**
 * Settings of a Node-RED under test. It writes down what leaves its nodes, what they show and what it
 * logs, each at once, so that nothing is missing after kill -9.
 */
const { appendFileSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const {
  DISCFLOW_TEST_NODE_RED_LIBRARY: library,
  DISCFLOW_TEST_USER_DIR: userDir,
  DISCFLOW_TEST_PORT: port,
  DISCFLOW_TEST_DIES_AT: diesAt = '',
} = process.env;
const RED = require(library);
const journal = join(userDir, 'journal.jsonl');

RED.hooks.add('onSend.journal', (sent) => {
  for (const { source, msg } of sent) {
    const { topic, job, redelivered, payload } = msg;
    const files = payload?.titles?.flatMap?.(({ filed }) => filed?.path ?? []);
    note({ kind: 'sent', node: source.id, port: source.port, topic, job, redelivered, files });
    if (diesAt.split(',').includes(source.id)) dieOnce(source.id);
  }
});
RED.events.on('node-status', ({ id, status }) => note({ kind: 'status', node: id, ...status }));
RED.events.on('flows:started', () => note({ kind: 'started' }));

function note(entry) {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
}

/** As if somebody pulled the plug when the node has its result and nobody else has it yet. */
function dieOnce(node) {
  try {
    writeFileSync(join(userDir, `died-at-${node}`), '', { flag: 'wx' });
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}

module.exports = {
  userDir,
  uiHost: '127.0.0.1',
  uiPort: port,
  flowFile: 'flows.json',
  credentialSecret: 'test',
  nodesDir: [resolve(__dirname, '../../..')],
  telemetry: { enabled: false, updateNotification: false },
  logging: {
    console: { level: 'info' },
    journal: {
      level: 'warn',
      handler:
        () =>
        ({ level, type, msg }) =>
          note({ kind: 'log', level, node: type, text: String(msg) }),
    },
  },
};

/**
 * A real Node-RED in a process of its own, with this repository as the only node pack. What happens
 * in it is told to the parent; settings come in the environment, so that it can run on any Node.js.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { NodeRedApp } from 'node-red';

const {
  DISCFLOW_TEST_PORT,
  DISCFLOW_TEST_USER_DIR,
  DISCFLOW_TEST_NODE_RED = 'node-red',
} = process.env;
const { default: RED }: { default: NodeRedApp } = await import(DISCFLOW_TEST_NODE_RED);

const port = Number(DISCFLOW_TEST_PORT);
const server = createServer((request, response) => RED.httpAdmin(request, response));
/** Plain: the published types do not know all of these. */
const settings: object = {
  userDir: DISCFLOW_TEST_USER_DIR,
  nodesDir: [fileURLToPath(new URL('../..', import.meta.url))],
  flowFile: 'flows.json',
  credentialSecret: 'test',
  httpAdminRoot: '/',
  httpNodeRoot: '/',
  editorTheme: { tours: false, projects: { enabled: false } },
  telemetry: { enabled: false, updateNotification: false },
  logging: {
    parent: {
      level: 'info',
      handler: () => (entry: { level: number; msg: unknown; type?: string; id?: string }) =>
        tell('log', { ...entry, msg: String(entry.msg) }),
    },
  },
};
RED.init(server, { uiHost: '127.0.0.1', uiPort: port, ...settings });
RED.events.on('flows:started', () => tell('started', {}));
RED.events.on('node-status', ({ id, status }) => tell('status', { node: id, status }));
RED.hooks.add('onSend.test', (sent: { source: { id: string; port: number }; msg: object }[]) => {
  for (const { source, msg } of sent) tell('message', { node: source.id, port: source.port, msg });
});
RED.hooks.add('onComplete.test', ({ node, error }: { node: { id: string }; error?: Error }) =>
  tell('complete', { node: node.id, ...(error && { error: error.message }) }),
);
server.listen(port, '127.0.0.1');
process.on('message', () => void RED.stop().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(1));
await RED.start();

/** Functions and cycles of a message stay here. */
function tell(kind: string, what: object): void {
  try {
    process.send?.({ kind, what: JSON.parse(JSON.stringify(what)) });
  } catch {
    process.send?.({ kind, what: {} });
  }
}

declare module 'node-red-node-test-helper' {
  import type { Node, NodeInitializer } from 'node-red';

  /** The part of the helper that these tests use; the package brings no types. */
  const helper: {
    init(runtimePath: string): void;
    load(nodes: NodeInitializer[], flow: object[], credentials?: object): Promise<void>;
    setFlows(flow: object[], type?: 'full' | 'nodes' | 'flows'): Promise<void>;
    unload(): Promise<void>;
    getNode(id: string): Node;
    startServer(done: () => void): void;
    stopServer(done: () => void): void;
    request(): { get(path: string): Promise<{ status: number; body: unknown }> };
  };
  export default helper;
}

import type { NodeAPI } from 'node-red';
import { stationOf } from '../shared/stations.ts';

/** Tells the editor what a deployed station has, so that its dialogs can offer drives and libraries. */
export function serveStationInfo(RED: NodeAPI): void {
  const allowed = RED.auth.needsPermission('discflow.read');
  RED.httpAdmin.get('/discflow/stations/:id', allowed, (request, response) => {
    const station = stationOf(RED.nodes.getNode(String(request.params.id)));
    const info = station?.link.info;
    response.json({
      drives: info?.drives.map(({ id, name }) => ({ id, name })) ?? [],
      libraries: info?.libraries.map(({ id, kind }) => ({ id, name: kind })) ?? [],
    });
  });
}

import type { StationLink } from './link.ts';
import type { PathMap } from './path-map.ts';

/** What a station node gives to the nodes that use it. */
export interface Station {
  link: StationLink;
  pathMap: PathMap;
}

const stations = new WeakMap<object, Station>();

/** Called by a station node for itself. */
export function provideStation(node: object, station: Station): void {
  stations.set(node, station);
}

/** Null when no station is chosen, when it is disabled, or when its settings are wrong. */
export function stationOf(node: object | null | undefined): Station | null {
  return node ? (stations.get(node) ?? null) : null;
}

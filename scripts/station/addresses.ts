import type { Paint } from '../../service/cli/paint.ts';
import { brokerName } from '../../service/mqtt/connection-problem.ts';
import type { Station } from './station.ts';

/** Where everything of a station is, for somebody who sits in front of it. */
export function addressLines({ config, file, brokerUrl, editor }: Station, paint: Paint): string[] {
  const { drives, libraries, mqtt, station } = config;
  const lines = {
    'discs go into': drives.map(({ folder }) => folder),
    'and arrive in': libraries.map(({ root }) => root),
    'the flow is at': editor === null ? [] : [paint('bold', editor)],
    'MQTT is at': [`${brokerName(brokerUrl)}, topics ${mqtt.base}/${station}/#`],
    'settings are in': [file],
  };
  const width = Math.max(...Object.keys(lines).map((name) => name.length));
  return Object.entries(lines).flatMap(([name, places]) =>
    places.map((place, index) => `  ${(index === 0 ? name : '').padEnd(width)}  ${place}`),
  );
}

import type { Logger } from 'pino';
import type { MqttConfig } from '../config/resolve.ts';
import { DiscflowError } from '../errors.ts';
import type { BrokerSettings } from './client-options.ts';
import type { EmbeddedBroker } from './embedded-broker.ts';

/** Starts the broker inside the service when the configuration wants it; its code is only loaded then. Throws `config-invalid`. */
export async function startBroker(mqtt: MqttConfig, log: Logger): Promise<EmbeddedBroker | null> {
  if (!mqtt.embedded) return null;
  const { EmbeddedBroker } = await import('./embedded-broker.ts');
  const { host, port, username, password } = mqtt;
  if (!username !== !password)
    throw new DiscflowError('config-invalid', 'The embedded broker has half a login', {
      hint: 'Set both mqtt.username and mqtt.password, or neither.',
    });
  const login = username && password ? { username, password } : null;
  const broker = new EmbeddedBroker({ host, port, login, log });
  await broker.start();
  return broker;
}

/** How the station reaches its broker; the client id is fixed per station (see `BrokerSettings`). */
export function brokerSettings(
  mqtt: MqttConfig,
  embedded: string | undefined,
  station: string,
): BrokerSettings {
  const { username, password, protocol, tls } = mqtt;
  return {
    url: mqtt.url ?? embedded ?? '',
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    tls: {
      ...(tls.ca && { ca: tls.ca }),
      ...(tls.cert && { cert: tls.cert }),
      ...(tls.key && { key: tls.key }),
      rejectUnauthorized: tls.verify,
    },
    protocol,
    clientId: `${mqtt.base.replaceAll('/', '-')}-${station}`,
  };
}

import { z } from 'zod';
import { Id } from '../../service/contract/values.ts';
import { PathMap } from '../shared/path-map.ts';

const SCHEMES = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** The settings of a station node as the flow file holds them. */
export const StationSettings = z.object({
  broker: z
    .string()
    .trim()
    .refine(isBrokerUrl, 'the broker is written like mqtt://127.0.0.1:1883 (or mqtts, ws, wss)'),
  base: z
    .string()
    .regex(
      /^[^/+#\0]+(\/[^/+#\0]+)*$/,
      'the base topic has levels, but no wildcards: home/discflow',
    ),
  station: Id,
  protocol: z.enum(['auto', '4', '5']).default('auto'),
  tls: z.string().default(''),
  pathMap: PathMap.default([]),
});

/** Credentials are kept apart from the flow by Node-RED. */
export const Login = z
  .object({ user: z.string().optional(), password: z.string().optional() })
  .default({});

function isBrokerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return SCHEMES.includes(protocol) && hostname !== '';
}

import { z } from 'zod';
import { noted } from './note.ts';

const Path = z.string().min(1).max(4096);
const Text = z.string().min(1).max(1000);
const BrokerUrl = z.url({
  protocol: /^(mqtts?|wss?)$/,
  error: 'expected an address like mqtt://broker:1883',
  abort: true,
});
const Base = z
  .string()
  .max(200)
  .regex(/^[\w-]+(\/[\w-]+)*$/, 'expected levels of letters, digits, "-" and "_"');

const Tls = z.strictObject({
  ca: noted(Path.optional(), {
    title: 'CA certificate',
    description: 'File with the certificate of the authority that signed the broker, in PEM.',
    example: 'ca.pem',
  }),
  cert: noted(Path.optional(), {
    title: 'Client certificate',
    description: 'File with the certificate that Discflow shows to the broker, in PEM.',
    example: 'client.pem',
  }),
  key: noted(Path.optional(), {
    title: 'Client key',
    description: 'File with the private key of the client certificate, in PEM.',
    example: 'client-key.pem',
  }),
  verify: noted(z.boolean().default(true), {
    title: 'Verify the broker',
    description: 'false accepts any certificate: anybody on the way could then read along.',
  }),
});

export const Mqtt = z.strictObject({
  url: noted(BrokerUrl.optional(), {
    title: 'Broker',
    description:
      'Address of your broker (mqtt://, mqtts://, ws:// or wss://). Home Assistant needs one. ' +
      'Without it Discflow starts its own small broker.',
    example: 'mqtt://192.168.1.10:1883',
    secret: true,
  }),
  embedded: noted(z.boolean().optional(), {
    title: 'Embedded broker',
    description: 'Start the broker inside Discflow. By itself: yes, unless mqtt.url is set.',
    example: true,
  }),
  host: noted(Text.default('127.0.0.1'), {
    title: 'Address of the embedded broker',
    description:
      'Where it listens. Another address than this machine alone (127.0.0.1, ::1, localhost) ' +
      'needs a user name and a password.',
  }),
  port: noted(z.int().min(0).max(65_535).default(1883), {
    title: 'Port of the embedded broker',
    description: 'Where it listens; 0 takes any free port.',
  }),
  base: noted(Base.default('discflow'), {
    title: 'Base topic',
    description: 'First level or levels of every topic; the station follows.',
  }),
  username: noted(Text.optional(), {
    title: 'User name',
    description: 'Login at your broker, or the one that the embedded broker asks for.',
    example: 'discflow',
  }),
  password: noted(Text.optional(), {
    title: 'Password',
    description: 'Password of that login. A file of its own (password_file) is the better place.',
    example: 'a long password',
    secret: true,
  }),
  password_file: noted(Path.optional(), {
    title: 'Password file',
    description: 'File that holds the password, as Docker and systemd hand over secrets.',
    example: '/run/secrets/mqtt-password',
  }),
  protocol: noted(z.literal(['auto', 4, 5]).default('auto'), {
    title: 'MQTT version',
    description: '4 is MQTT 3.1.1; auto tries 5 first.',
  }),
  tls: noted(Tls.prefault({}), {
    title: 'TLS',
    description: 'For brokers with mqtts:// or wss://.',
  }),
});

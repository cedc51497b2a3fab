import type { Problem } from '../contract/problem.ts';
import { systemCode } from '../errors.ts';

/** CONNACK codes (3.1.1 below 128, MQTT 5 above): our protocol version is not spoken here. */
const VERSION_CODES = [1, 132];
const LOGIN_CODES = [4, 5, 134, 135, 138];
const CLIENT_ID_CODES = [2, 133];

/** The broker's answer to CONNECT, if it was one. */
function connackCode(error: unknown): number | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'number' ? code : null;
}

export function isVersionRefused(error: unknown): boolean {
  return VERSION_CODES.includes(connackCode(error) ?? 0);
}

/** Why there is no connection, for people. `broker` is the address without a login. */
export function connectionProblem(error: unknown, broker: string): Problem {
  const code = connackCode(error);
  const words = error instanceof Error ? error.message || systemCode(error) : String(error);
  if (code === null)
    return {
      code: 'broker-unreachable',
      message: `The broker at ${broker} cannot be reached: ${words}`,
      hint: `${unreachableHint(systemCode(error))} Work goes on meanwhile, and what happened is told when it is back.`,
    };
  return {
    code: 'broker-refused',
    message: `The broker at ${broker} refuses the connection: ${words}`,
    hint: refusalHint(code),
  };
}

/** Errors of OpenSSL and of Node's own check of the name, as `error.code` says them. */
const UNKNOWN_AUTHORITY =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE)/;
const UNREADABLE_FILE = /^(ENOENT|EACCES|EISDIR|ERR_OSSL_PEM_)/;

function unreachableHint(code: string | undefined): string {
  if (code === undefined) return 'Check that it runs and that address and port are right.';
  if (UNKNOWN_AUTHORITY.test(code))
    return 'Put the certificate of the authority that signed it into mqtt.tls.ca.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Use the name that is in its certificate in mqtt.url.';
  if (code === 'CERT_HAS_EXPIRED') return 'Renew its certificate.';
  if (UNREADABLE_FILE.test(code)) return 'Check the files of mqtt.tls and who may read them.';
  return 'Check that it runs and that address and port are right.';
}

function refusalHint(code: number): string {
  if (LOGIN_CODES.includes(code)) return 'Check the user name and the password of the broker.';
  if (CLIENT_ID_CODES.includes(code))
    return 'The broker does not accept the client id: check its rules.';
  if (VERSION_CODES.includes(code)) return 'Set the MQTT protocol version to "auto".';
  return "The broker's log tells more.";
}

export function takenOver(clientId: string): Problem {
  return {
    code: 'broker-refused',
    message: `Another client connected to the broker as "${clientId}", which ended this connection`,
    hint: 'Is the service running twice? Each one needs a station name of its own.',
  };
}

/** The address for logs and people: never with the login that a URL may hold. */
export function brokerName(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'an unreadable address';
  }
}

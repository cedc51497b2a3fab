import type { Problem } from '../contract/problem.ts';

/**
 * Says that something is wrong with the broker, or (null) that it is right again. The key names what
 * it is about: a later report with the same key replaces the earlier one.
 */
export type ReportProblem = (key: MqttProblemKey, problem: Problem | null) => void;

export type MqttProblemKey = 'connection' | 'publish' | 'subscribe' | 'self-test';

/** The line that lets the station work on a broker with an access list (mosquitto's notation). */
export function accessHint(root: string): string {
  return `Give the station's user the right to read and write its topics; in mosquitto's acl_file: "topic readwrite ${root}/#".`;
}

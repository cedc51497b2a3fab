import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { mosquittoVersion, startMosquitto } from '../../brokers.ts';
import { connected, makeConnection, until } from './station.ts';

const login = { username: 'station', password: 'Geheimnis' };

describe('A broker that asks who is there', () => {
  before(function () {
    if (mosquittoVersion() !== null) return;
    console.log('      mosquitto is not installed: skipped');
    this.skip();
  });

  for (const protocol of [4, 5] as const) {
    it(`lets the right login in, MQTT ${protocol}`, async () => {
      const broker = await startMosquitto({ login });
      const { connection, problems } = makeConnection(broker.url, { ...login, protocol });
      connection.start();
      await connected(connection);
      assert.equal(problems.size, 0);
      await connection.stop();
      await broker.stop();
    });

    it(`is reported once when the login is wrong, without the secret, MQTT ${protocol}`, async () => {
      const broker = await startMosquitto({ login });
      const url = broker.url.replace('//', '//station:Verraten@');
      const { connection, reports, lines } = makeConnection(url, { protocol });
      connection.start();
      await until(() => reports.length > 0);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await connection.stop();
      assert.equal(reports.length, 1);
      const [, problem] = reports[0] ?? [];
      assert.equal(problem?.code, 'broker-refused');
      assert.match(problem?.hint ?? '', /user name and the password/);
      assert.doesNotMatch(lines.join() + JSON.stringify(reports), /Verraten/);
      await broker.stop();
    });
  }

  it('is trusted by its certificate and only by it', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'discflow-tls-'));
    const [tls, other] = [await certificate(folder, 'a'), await certificate(folder, 'b')];
    if (tls === null || other === null) return this.skip();
    const broker = await startMosquitto({ tls });
    const trusting = makeConnection(broker.url, { tls: { ca: tls.cert } });
    trusting.connection.start();
    await connected(trusting.connection);
    await trusting.connection.stop();
    const doubting = makeConnection(broker.url, { tls: { ca: other.cert } });
    doubting.connection.start();
    await until(() => doubting.problems.has('connection'));
    assert.match(doubting.problems.get('connection')?.message ?? '', /certificate/);
    assert.match(doubting.problems.get('connection')?.hint ?? '', /mqtt\.tls\.ca/);
    await doubting.connection.stop();
    const missing = makeConnection(broker.url, { tls: { ca: join(folder, 'none.pem') } });
    missing.connection.start();
    await until(() => missing.problems.has('connection'));
    assert.match(missing.problems.get('connection')?.message ?? '', /none\.pem/);
    assert.match(missing.problems.get('connection')?.hint ?? '', /^Check the files of mqtt\.tls/);
    await missing.connection.stop();
    await broker.stop();
    await rm(folder, { recursive: true });
  });
});

/** A certificate for localhost that signs itself, or null when openssl is not installed. */
async function certificate(folder: string, name: string) {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const subject = ['-subj', `/CN=localhost/O=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const { failed } = await execa(
    'openssl',
    ['req', ...kind, ...subject, '-keyout', key, '-out', cert],
    { reject: false },
  );
  if (failed) console.log('      openssl is not installed: skipped');
  return failed ? null : { cert, key };
}

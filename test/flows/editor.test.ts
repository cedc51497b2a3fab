import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { eventTypes } from '../../service/contract/event.ts';
import { operations } from '../../service/contract/request.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { MiniStation } from '../nodes/mini-station.ts';
import { type NodeRed, startNodeRed } from './runtime.ts';
import { starterFor } from './starter-for.ts';

const CHROMIUM = '/usr/bin/chromium';
/** Where pictures go when somebody wants to look; none are made otherwise. */
const pictures = process.env.DISCFLOW_TEST_PICTURES;

describe('the editor', function () {
  this.timeout(60_000);
  let nodeRed: NodeRed;
  let broker: TestBroker;
  let station: MiniStation;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async function () {
    if (!existsSync(CHROMIUM)) {
      console.log(`      skipped: ${CHROMIUM} is not installed`);
      return this.skip();
    }
    broker = await startAedes();
    station = new MiniStation(broker.url);
    await station.start();
    nodeRed = await startNodeRed({ flows: starterFor(broker.url) });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1720, height: 860 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && message.location().url.startsWith(nodeRed.url))
        faults.push(message.text());
    });
    await page.goto(nodeRed.url);
    await page.waitForSelector('.red-ui-flow-node');
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.remove();
    await station?.stop();
    await broker?.stop();
  });

  async function picture(name: string): Promise<void> {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  }

  /** Opens the dialog as a double click does; the names are those of the starter flow. */
  async function openDialog(node: string): Promise<void> {
    await page.evaluate(`RED.editor.edit(RED.nodes.node('starter-${node}'))`);
    await page.waitForSelector('.red-ui-tray-body #dialog-form', { state: 'visible' });
    await page.waitForTimeout(400);
  }

  async function closeDialog(): Promise<void> {
    await page.click('#node-dialog-cancel');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
  }

  it('shows the starter flow', async () => {
    const labels = await page.locator('.red-ui-flow-node-label-text').allTextContents();
    for (const label of ['disc inserted', 'identify', 'rip', 'match', 'review', 'organize'])
      assert.ok(labels.includes(label), label);
    await picture('starter');
  });

  for (const node of ['inserted', 'identify', 'rip', 'match', 'review', 'organize', 'asked', 'ask'])
    it(`opens the dialog of ${node} with every text translated`, async () => {
      await openDialog(node);
      const text = (await page.locator('#dialog-form').textContent()) ?? '';
      assert.match(text, /Station/);
      assert.doesNotMatch(text, /\b(label|tip|placeholder|decides|unit|body|type)\.[a-z]/);
      await picture(`dialog-${node}`);
      await closeDialog();
    });

  it('opens the dialog of a station and keeps its paths', async () => {
    await page.evaluate(
      "RED.editor.editConfig('', 'discflow-station', 'discflow-station-main', null, null)",
    );
    await page.waitForSelector('.red-ui-editableList-addButton', { state: 'visible' });
    await page.click('.red-ui-editableList-addButton');
    await page.fill('.discflow-from', '/srv/staging');
    await page.fill('.discflow-to', '/mnt/staging');
    await page.waitForTimeout(300);
    await picture('dialog-station');
    await page.click('#node-config-dialog-ok');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
    const pathMap = await page.evaluate("RED.nodes.node('discflow-station-main').pathMap");
    assert.deepEqual(pathMap, [{ from: '/srv/staging', to: '/mnt/staging' }]);
  });

  it('keeps "tell me only" as false, not as a word', async () => {
    await openDialog('inserted');
    await page.selectOption('#discflow-decides', 'false');
    await page.click('#node-dialog-ok');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
    assert.equal(await page.evaluate("RED.nodes.node('starter-inserted').decides"), false);
  });

  it('offers exactly the events and operations of the contract', async () => {
    await openDialog('ask');
    const offered = await page.evaluate(
      "[...document.querySelectorAll('#node-input-operation option')].map(({ value }) => value)",
    );
    assert.deepEqual(offered, ['', ...Object.keys(operations)]);
    await closeDialog();
    const html = readFileSync('nodes/event/event.html', 'utf8');
    const list = /const types = \[([^\]]*)\]/.exec(html)?.[1] ?? '';
    assert.deepEqual(
      [...list.matchAll(/'([^']+)'/g)].map(([, type]) => type),
      [...eventTypes],
    );
  });

  it('shows the help with the full message', async () => {
    await page.evaluate("RED.sidebar.help.show('discflow-rip')");
    await page.waitForTimeout(400);
    const help = (await page.locator('.red-ui-help').allTextContents()).join('');
    for (const part of ['msg.payload', 'redelivered', 'msg.set', 'each title'])
      assert.ok(help.includes(part), part);
    await picture('help');
  });

  it('had no error in its console', () => {
    assert.deepEqual(faults, []);
  });
});

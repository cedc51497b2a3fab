import assert from 'node:assert/strict';
import { createTitleClock } from '../../../../service/rip/dvd/title-clock.ts';

const nav = (start: number, end: number) => ({ start, end });

describe('the clock of a title', () => {
  it('counts from the first picture, wherever the time stamps begin', () => {
    const clock = createTitleClock('pal');
    clock.nav(nav(900_000, 945_000));
    assert.equal(clock.at(900_000), 0);
    assert.equal(clock.at(990_000), 1);
    assert.equal(clock.at(855_000), -0.5);
    assert.equal(clock.elapsed(), 0.5);
  });

  it('goes on where time stamps start again, and where they jump', () => {
    const clock = createTitleClock('pal');
    clock.nav(nav(90_000, 180_000));
    clock.nav(nav(90_000, 135_000));
    assert.equal(clock.at(90_000), 1);
    clock.nav(nav(9_000_000, 9_090_000));
    assert.equal(clock.at(9_000_000), 1.5);
    assert.equal(clock.elapsed(), 2.5);
  });

  it('survives the wrap of 32-bit time stamps', () => {
    const clock = createTitleClock('pal');
    clock.nav(nav(2 ** 32 - 45_000, 45_000));
    assert.equal(clock.at(45_000), 1);
    assert.equal(clock.elapsed(), 1);
  });

  it('does not believe a VOBU that ends before it begins', () => {
    const clock = createTitleClock('pal');
    clock.nav(nav(90_000, 0));
    clock.nav(nav(90_000, 180_000));
    assert.equal(clock.elapsed(), 1);
  });

  it('leaves out sound that runs on behind the last picture', () => {
    const clock = createTitleClock('ntsc');
    clock.nav(nav(0, 12 * 3003 + 633));
    assert.equal(clock.elapsed(), (12 * 3003) / 90_000);
  });

  it('keeps the odd field of a film with pulldown', () => {
    const clock = createTitleClock('ntsc');
    clock.nav(nav(0, 16_517));
    assert.equal(clock.elapsed(), 16_517 / 90_000);
  });
});

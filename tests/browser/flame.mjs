// SPDX-License-Identifier: Apache-2.0
// The flame graph as somebody uses it: click, search, keys, and an address that can be sent on.
import { pathToFileURL } from 'node:url';

export async function flameGraph(browser, path, complain) {
  const where = 'flame.html';
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => complain(where, `script: ${error.message}`));
  const url = pathToFileURL(path).href;
  const shown = () => page.locator('.flame-boxes path:visible').count();
  const check = (is, what) => is || complain(where, what);

  await page.goto(url);
  const all = await shown();
  check(all > 5, `shows ${all} boxes`);

  // A box in the third row has fewer below it than the whole.
  const box = page.locator('.flame-boxes path').nth(3);
  await box.click({ position: { x: 2, y: 8 } });
  const zoomed = await shown();
  check(zoomed < all, `zooming shows ${zoomed} of ${all} boxes`);
  const zoomedAt = new URL(page.url()).hash;
  check(zoomedAt.length > 1, 'zooming leaves no address');

  await page.goto('about:blank');
  await page.goto(url + zoomedAt);
  check(await shown() === zoomed, 'the address of a zoom shows something else');

  await page.locator('svg').first().focus();
  await page.keyboard.press('Escape');
  check(await shown() === all, 'Escape does not show all');

  await page.keyboard.press('/');
  await page.keyboard.type('a');
  const said = await page.locator('[role=status]').first().textContent();
  check(/\d+ found, [\d.]+ % in all/.test(said), `a search says '${said}'`);
  check(await page.locator('.flame-found').count() > 0, 'a search marks nothing');
  check(/q=a/.test(new URL(page.url()).hash), 'a search leaves no address');

  await page.locator('svg').first().focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  check(await shown() <= all && new URL(page.url()).hash !== '', 'arrows and Enter do not zoom');
  await page.getByRole('button', { name: 'Reset' }).first().click();
  check(await shown() === all, 'Reset does not show all');
  await context.close();
}

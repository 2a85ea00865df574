// SPDX-License-Identifier: Apache-2.0
// Every page of four sites in a real browser; README.md says what is looked at.
//
//     node pages.mjs LEAKLEDGER SAMPLES OUT
//
// Prints a line for each thing that is wrong and ends with 1; 77 when something to test with is missing.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOSTILE, writeHostile } from './fleets.mjs';

const [leakledger, samples, out] = process.argv.slice(2).map((path) => resolve(path));
const SKIPPED = 77;
const JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'";
const BUDGETS = { 'index.html': 200 * 1024 };
const BUDGET = 500 * 1024;

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(SKIPPED);
}

async function load(name) {
  try {
    return await import(name);
  } catch {
    return skip(`${name} is not installed; run npm ci in tests/browser`);
  }
}

const { chromium } = await load('playwright-core');
const { HtmlValidate, FileSystemConfigLoader } = await load('html-validate');
await load('axe-core');
const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
if (!browserPath)
  skip('there is no Chromium');

let wrong = 0;
let looks = 0;
function complain(where, what) {
  wrong++;
  if (wrong <= 200)
    console.log(`${where}: ${what}`);
}

// ------------------------------------------------------------------------------------------- sites

function run(...args) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1795300000' };
  return execFileSync(leakledger, args, { cwd: out, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

// Exit code 3 is right where some files are no captures.
function runSome(...args) {
  try {
    return run(...args);
  } catch (error) {
    if (error.status !== 3)
      throw new Error(`${args.join(' ')}: ${error.stderr}`);
    return error.stdout;
  }
}

function files(directory, ending) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory())
      return files(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  }).sort();
}

const QUOTED = /=([0-9A-F]{2})/g;

/** The HTML part of a mail, as a mail program would show it; its pictures stay away. */
function htmlOfMail(mail) {
  const part = mail.split(/\r?\n--=_[^\r\n]*\r?\n/).find((text) => /^Content-Type: text\/html/.test(text));
  const bytes = part.slice(part.search(/\r?\n\r?\n/)).trim().replace(/=\r?\n/g, '')
    .replace(QUOTED, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/(src=")cid:[^"]*/g, '$1data:,');
}

/** Mails are shown by programs without our policy: what they hold must be inert by itself. */
function makeMails() {
  mkdirSync(join(out, 'mails'));
  for (const name of ['fleet', 'hostile'])
    for (const which of ['weekly', 'nightly']) {
      const until = name === 'fleet' ? [] : ['--until', '2026-03-02T00:00:00Z'];
      const mail = runSome('mail', which, '-d', `${name}.db`, ...until);
      writeFileSync(join(out, 'mails', `${which}-${name}.html`), htmlOfMail(mail.toString('utf8')));
    }
}

function makeSites() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'hostile-captures'), { recursive: true });
  mkdirSync(join(out, 'no-captures'));
  mkdirSync(join(out, 'pictures'));
  writeHostile(join(out, 'hostile-captures'));
  const incident = join(samples, 'incident');
  runSome('run', join(samples, 'fleet'), ...(existsSync(incident) ? [incident] : []), '-d', 'fleet.db', '-o', 'fleet', '-q');
  runSome('run', 'hostile-captures', '-d', 'hostile.db', '-o', 'hostile', '-q');
  try {
    run('run', 'no-captures', '-d', 'empty.db', '-o', 'empty', '-q');
  } catch (error) {
    if (error.status !== 4)
      throw error;
  }
  run('report', '-d', 'fleet.db', '-o', 'inline', '--assets', 'inline', '-q');
  if (files(join(out, 'inline'), '.css').length + files(join(out, 'inline'), '.js').length > 0)
    complain('inline', 'has styles or scripts beside its pages');
  const heap = files(join(samples, 'fleet'), '.pb.gz').filter((path) => /heap/.test(path));
  mkdirSync(join(out, 'single'));
  run('flame', heap.at(-1), '-o', join(out, 'single', 'flame.html'));
  run('flame', heap.at(-1), '-o', join(out, 'single', 'flame.svg'));
  const dump = files(join(out, 'hostile-captures'), '.txt').find((path) => /goroutine/.test(path));
  run('flame', dump, '-o', join(out, 'single', 'hostile.html'));
  makeMails();
  for (const name of ['empty', 'fleet', 'hostile'])
    if (!existsSync(join(out, name, 'index.html')))
      complain(name, 'has no index.html');
}

// ------------------------------------------------------------------------------------------- looks

/** Opens a page and collects what the browser complains of and asks for. */
async function look(context, url, allowed, where, then) {
  const page = await context.newPage();
  looks++;
  page.on('console', (message) => {
    // Under a policy without scripts the browser says that there is one; the page does without.
    if (['error', 'warning'].includes(message.type()) && !/Blocked script execution/.test(message.text()))
      complain(where, `console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(where, `script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(allowed) && !request.url().startsWith('data:'))
      complain(where, `asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => complain(where, `does not get ${request.url()}`));
  page.on('dialog', (dialog) => complain(where, `opens a dialog: ${dialog.message()}`));
  try {
    await page.goto(url, { waitUntil: 'load' });
    if (then)
      await then(page);
  } catch (error) {
    complain(where, error.message.split('\n')[0]);
  }
  await page.close();
}

async function isInert(page, where) {
  const found = await page.evaluate(() => ({
    ran: window.ran,
    tags: document.querySelectorAll('x-tag').length,
    handlers: [...document.querySelectorAll('*')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on'))).length,
    links: [...document.querySelectorAll('[href], [src]')].map((element) =>
      element.getAttribute('href') ?? element.getAttribute('src')).filter((href) => /^\s*javascript:/i.test(href)).length,
  }));
  for (const [what, count] of Object.entries(found))
    if (count)
      complain(where, `a name is not inert: ${what} ${count}`);
}

async function fits(page, where) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  if (width[0] > width[1] + 1)
    complain(where, `is ${width[0]} wide in a window of ${width[1]}`);
}

async function isAccessible(page, where) {
  await page.addScriptTag({ content: readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8') });
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  for (const violation of result.violations)
    complain(where, `axe ${violation.id}: ${violation.help}; ${violation.nodes.length} times, first ${violation.nodes[0].target}: ${violation.nodes[0].any[0]?.message ?? ''}`);
}

/** Links lead to files that are there, and to ids that are in them. */
function checkLinks(site, pages) {
  const ids = new Map();
  const idsOf = (path) => {
    if (!ids.has(path))
      ids.set(path, new Set([...readFileSync(path, 'utf8').matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])));
    return ids.get(path);
  };
  for (const path of pages)
    for (const [, href] of readFileSync(path, 'utf8').matchAll(/\shref="([^"]*)"/g)) {
      const target = new URL(href.replaceAll('&amp;', '&'), pathToFileURL(path));
      if (target.protocol !== 'file:')
        continue;
      const file = decodeURIComponent(target.pathname);
      if (!existsSync(file) || !statSync(file).isFile())
        complain(relative(site, path), `links to nothing: ${href}`);
      else if (target.hash && file.endsWith('.html') && !idsOf(file).has(decodeURIComponent(target.hash.slice(1))))
        complain(relative(site, path), `links to no such id: ${href}`);
    }
}

// ----------------------------------------------------------------------------------------- the tests

/** The first pages of each folder: pages of one folder are of one kind. */
function someOf(site, most) {
  const seen = new Map();
  return files(site, '.html').filter((path) => {
    const kind = relative(site, path).split('/').slice(0, -1).join('/');
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return kind === '' || seen.get(kind) <= most;
  });
}

async function everyPage(browser, site, name) {
  const pages = files(site, '.html');
  const modes = [
    { name: 'phone', most: Infinity, options: { viewport: { width: 390, height: 844 } }, fits: true },
    { name: 'light', most: 3, options: { colorScheme: 'light', viewport: { width: 1280, height: 900 } }, axe: true },
    { name: 'dark', most: 2, options: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }, axe: true },
    { name: 'no script', most: 3, options: { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } } },
  ];
  checkLinks(site, pages);
  for (const path of pages) {
    const size = statSync(path).size;
    const budget = BUDGETS[relative(site, path)] ?? BUDGET;
    if (size > budget)
      complain(`${name}/${relative(site, path)}`, `has ${size} bytes, over ${budget}`);
  }
  for (const mode of modes) {
    // axe is put into the page by the test; the page's own policy would refuse it.
    const context = await browser.newContext({ ...mode.options, bypassCSP: Boolean(mode.axe) });
    for (const path of someOf(site, mode.most)) {
      const where = `${name}/${relative(site, path)} (${mode.name})`;
      await look(context, pathToFileURL(path).href, pathToFileURL(site).href, where, async (page) => {
        if (mode.options.javaScriptEnabled !== false)
          await isInert(page, where);
        if (mode.fits)
          await fits(page, where);
        if (mode.axe)
          await isAccessible(page, where);
      });
    }
    await context.close();
  }
}

/** Under the policy of Jenkins the style arrives, and nothing is asked for that the policy refuses. */
async function underJenkins(browser, site, name) {
  const types = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png' };
  const server = createServer((request, response) => {
    const path = join(site, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (!path.startsWith(site) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain', 'content-security-policy': JENKINS });
    response.end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  for (const path of someOf(site, 3)) {
    const where = `${name}/${relative(site, path)} (Jenkins)`;
    await look(context, origin + relative(site, path).split('/').map(encodeURIComponent).join('/'), origin, where, async (page) => {
      const margin = await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily).catch(() => 'sandboxed');
      if (/^"?Times/.test(margin))
        complain(where, 'has no style');
    });
  }
  await context.close();
  await new Promise((done) => server.close(done));
}

async function isValid(pages) {
  const loader = new FileSystemConfigLoader(JSON.parse(readFileSync(new URL('html-validate.json', import.meta.url), 'utf8')));
  const validator = new HtmlValidate(loader);
  for (const path of pages) {
    const report = await validator.validateString(readFileSync(path, 'utf8'));
    for (const message of report.results.flatMap((result) => result.messages).slice(0, 5))
      complain(relative(out, path), `html-validate ${message.ruleId} at ${message.line}:${message.column}: ${message.message}`);
  }
}

async function takePictures(browser) {
  const looksAt = [['index', 'fleet/index.html']];
  for (const kind of ['service', 'finding', 'team', 'incidents', 'week'])
    if (existsSync(join(out, 'fleet', kind)))
      looksAt.push([kind, relative(out, files(join(out, 'fleet', kind), '.html')[0])]);
  for (const [name, path] of looksAt)
    for (const [mode, options] of [
      ['1280-light', { viewport: { width: 1280, height: 900 } }],
      ['1280-dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
      ['390-light', { viewport: { width: 390, height: 844 } }],
    ]) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(out, path)).href);
      await page.screenshot({ path: join(out, 'pictures', `${name}-${mode}.png`), fullPage: true });
      if (mode === '1280-light')
        await page.pdf({ path: join(out, 'pictures', `${name}.pdf`), format: 'A4' });
      await context.close();
    }
}

makeSites();
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--allow-file-access-from-files'],
});
try {
  for (const name of ['fleet', 'hostile', 'empty', 'single', 'inline']) {
    await everyPage(browser, join(out, name), name);
    // Jenkins refuses what is inline: there styles are files.
    if (name !== 'single' && name !== 'inline')
      await underJenkins(browser, join(out, name), name);
    await isValid(files(join(out, name), '.html'));
  }
  const context = await browser.newContext({ viewport: { width: 640, height: 900 } });
  for (const path of files(join(out, 'mails'), '.html'))
    await look(context, pathToFileURL(path).href, pathToFileURL(path).href, relative(out, path), async (page) => {
      if (await page.locator('h1').count() === 0)
        complain(relative(out, path), 'is no mail');
      await isInert(page, relative(out, path));
    });
  await context.close();
  if (existsSync(new URL('flame.mjs', import.meta.url)))
    await (await import('./flame.mjs')).flameGraph(browser, join(out, 'single', 'flame.html'), complain);
  await takePictures(browser);
} finally {
  await browser.close();
}
writeFileSync(join(out, 'done'), `${looks}\n`);
console.log(`${looks} looks at pages, ${wrong} things wrong; ${HOSTILE.length} hostile names; pictures in ${join(out, 'pictures')}`);
process.exit(wrong > 0 ? 1 : 0);

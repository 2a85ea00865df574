// SPDX-License-Identifier: Apache-2.0
// Captures for the browser: names as strangers choose them, in every place where a name can stand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Whatever of these runs sets window.ran; whatever becomes a tag is <x-tag>.
const SCRIPT = '<script>window.ran=1<!script>'.replace('<!', '</');
export const HOSTILE = [
  '<x-tag>',
  '"><x-tag onclick=window.ran=1>',
  "'><img src=q onerror=window.ran=1>",
  ']]><x-tag>',
  '&lt;x-tag&gt;&amp;',
  'javascript:window.ran=1',
  '\u202egpj.exe\u202c',
  '=cmd|calc!A1',
  '{{7*7}}${7*7}',
  'x'.repeat(180),
];
const slug = (text) => text.replaceAll('/', '\u2215');

function dump(name, count, seconds) {
  const fn = name.replaceAll('\n', ' ').replaceAll('(', '[').replaceAll(')', ']');
  let text = '';
  for (let i = 0; i < count; i++) {
    text += `goroutine ${i + 10} [chan receive, ${Math.floor(seconds / 60)} minutes]:\n`
      + `main.${fn}.pump(0xc000010000)\n\t/src/${fn}/hub.go:75 +0x1f\n`
      + `created by main.New in goroutine 1\n\t/src/${fn}/main.go:20 +0x2f\n\n`;
  }
  return text;
}

/** A leak of goroutines for each hostile name, which is service, instance, function and file. */
export function writeHostile(root, names = HOSTILE) {
  const start = Date.UTC(2026, 2, 1) / 1000;
  const owners = ['service,team'];
  for (const name of [...names, SCRIPT.replace('/', '\u2215')]) {
    const directory = join(root, slug(name), slug(name).slice(0, 60));
    mkdirSync(directory, { recursive: true });
    for (let i = 0; i < 14; i++)
      writeFileSync(join(directory, `goroutine-${start + i * 3600}.txt`), dump(name, 8 + 6 * i, i * 3600));
    owners.push(`"${slug(name).replaceAll('"', '""')}","${name.replaceAll('"', '""').replaceAll('\n', ' ')}"`);
  }
  writeFileSync(join(root, 'owners.csv'), owners.join('\n') + '\n');
  writeFileSync(join(root, '<x-tag>junk.txt'), 'no capture');
}

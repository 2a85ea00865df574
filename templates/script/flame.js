/* SPDX-License-Identifier: Apache-2.0 */
/* Zoom and search for flame graphs. Boxes are read back from the SVG, which is whole without it. */
(function () {
'use strict';
const ROW = 18, dot = ' \u00b7 ';

function start(svg, index) {
  const group = svg.querySelector('.flame-boxes'), texts = svg.querySelector('.flame-texts');
  if (!group || !texts) return;
  const W = svg.viewBox.baseVal.width, key = 'f' + (index || ''), rows = [], hands = {};
  const place = (x, y) => Math.round(x * 2) + '/' + y;

  for (const t of texts.querySelectorAll('text'))
    hands[place(t.getAttribute('x') - 3, (t.getAttribute('y') - 13) / ROW)] = t.parentNode;
  const boxes = Array.from(group.querySelectorAll('path'), path => {
    const [x, top, w] = path.getAttribute('d').match(/[\d.]+/g).map(Number);
    const title = path.textContent.trim(), kind = path.parentNode.getAttribute('class'), y = top / ROW;
    const sign = /grew/.test(kind) ? '+ ' : /shrank/.test(kind) ? '\u2212 ' : '';
    const hand = hands[place(x, y)] || texts.firstElementChild;
    return {path, x, y, w, title, kind, hand, sign, name: title.split(dot)[0], down: []};
  }).sort((a, b) => a.y - b.y || a.x - b.x);
  /* The caller is the last box of the row above that begins before the middle. */
  for (const b of boxes) {
    const up = rows[b.y - 1] || [];
    b.up = up.filter(u => u.x <= b.x + b.w / 2).pop();
    if (b.up) b.up.down.push(b);
    (rows[b.y] = rows[b.y] || []).push(b);
  }
  const whole = boxes[0];
  let at = whole, here = whole, found = [], turn = -1;

  const [bar, input, reset, out] = ['div', 'input', 'button', 'span'].map(n => document.createElement(n));

  function label(b, w) {
    const text = b.sign + (/^[[(]/.test(b.name) ? b.name : b.name.replace(/.*\//, ''));
    const most = Math.floor((w - 6) / (b.hand.getAttribute('font-weight') ? 7.7 : 7));
    if (text.length <= most) return text;
    const head = Math.floor((most - 1) / 3);
    return most < 3 ? '' : text.slice(0, head) + '\u2026' + text.slice(head + 1 - most);
  }

  function draw() {
    const above = new Set();
    for (let b = at; b; b = b.up) above.add(b);
    for (const t of texts.querySelectorAll('text')) t.remove();
    for (const b of boxes) {
      const from = b.x + b.w / 2 - at.x, is = above.has(b);
      const shown = is || (b.y > at.y && from > 0 && from < at.w);
      b.path.style.display = shown ? '' : 'none';
      if (!shown) continue;
      const x = is ? 0 : Math.max(0, (b.x - at.x) * W / at.w);
      const w = is ? W : Math.min(b.w * W / at.w, W - x);
      b.path.setAttribute('d', `M${x} ${b.y * ROW}h${w}v17h${-w}z`);
      b.path.style.opacity = is && b !== at ? .6 : '';
      if (w < 26) continue;
      const t = document.createElementNS(svg.namespaceURI, 'text');
      t.setAttribute('x', x + 3);
      t.setAttribute('y', b.y * ROW + 13);
      t.textContent = label(b, w);
      b.hand.append(t);
    }
  }

  /* What is found below something found counts once. */
  function say() {
    const set = new Set(found);
    let sum = 0;
    for (const b of found) {
      let u = b.up;
      while (u && !set.has(u)) u = u.up;
      if (!u) sum += b.w;
    }
    const share = input.value ? `${found.length} found, ${(sum / W * 100).toFixed(1)} % in all. ` : '';
    out.textContent = share + (here === whole ? '' : here.title);
  }
  function point(b) {
    here.path.classList.remove('flame-here');
    here = b;
    b.path.classList.add('flame-here');
    svg.ariaLabel = b.title;
    say();
  }
  function search(text) {
    input.value = text;
    text = text.toLowerCase();
    found = boxes.filter(b => text && b.kind !== 'flame-rest' && b.name.toLowerCase().includes(text));
    for (const b of boxes) b.path.classList.toggle('flame-found', found.includes(b));
    turn = -1;
    say();
  }
  function keep() {
    const way = [], parts = new URLSearchParams(location.hash.slice(1));
    for (let b = at; b.up; b = b.up) way.unshift(b.up.down.indexOf(b));
    parts.delete(key);
    parts.delete(key + 'q');
    if (way.length) parts.set(key, way.join('.'));
    if (input.value) parts.set(key + 'q', input.value);
    history.replaceState(null, '', '#' + parts);
  }
  function zoom(b) {
    at = b;
    point(b);
    draw();
    keep();
  }
  const all = () => { search(''); zoom(whole); };
  function next(step) {
    turn += step + found.length;
    if (found.length) zoom(found[turn %= found.length]);
  }
  function restore() {
    const parts = new URLSearchParams(location.hash.slice(1));
    at = whole;
    for (const n of (parts.get(key) || '').split('.')) at = at.down[n] || at;
    search(parts.get(key + 'q') || '');
    point(at);
    draw();
  }
  function press(e) {
    const side = here.up ? here.up.down : [here], i = side.indexOf(here);
    const to = {ArrowUp: here.up, ArrowDown: here.down[0], ArrowLeft: side[i - 1], ArrowRight: side[i + 1]};
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key in to) point(to[e.key] || here);
    else if (e.key === 'Enter') zoom(here);
    else if (e.key === 'Escape' || e.key === '0') all();
    else if (e.key === '/' && bar.parentNode) input.focus();
    else if (e.key === 'n') next(1);
    else if (e.key === 'N') next(-1);
    else return;
    e.preventDefault();
  }

  svg.role = 'application';
  svg.removeAttribute('aria-labelledby');
  svg.tabIndex = 0;
  svg.addEventListener('keydown', press);
  svg.addEventListener('click', e => {
    const b = boxes.find(b => b.path === e.target);
    if (b) zoom(b);
  });
  if (svg !== document.documentElement) {
    input.type = 'search';
    input.placeholder = input.ariaLabel = 'Search functions';
    input.oninput = () => { search(input.value); keep(); };
    input.onkeydown = e => { if (e.key === 'Enter') next(e.shiftKey ? -1 : 1); };
    reset.type = 'button';
    reset.textContent = 'Reset';
    reset.onclick = all;
    out.role = 'status';
    bar.className = 'flame-tools';
    bar.append(input, reset, out);
    svg.before(bar);
  }
  addEventListener('hashchange', restore);
  restore();
}
document.querySelectorAll('svg.chart-flame').forEach(start);
})();

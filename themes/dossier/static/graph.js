/* The live graph: vis-network moves and zooms, this file draws. What is lit, told and walked is always a signature
   block (G.paths), never what could be reached along the lines. */
(function (d) {
'use strict';
var section = d.querySelector('[data-graph]'), block = d.getElementById('graph-data');
if (!section || !block) return;
d.documentElement.classList.add('js');
var $ = function (s) { return section.querySelector(s); };
var stage = $('[data-stage]'), host = $('[data-live]'), picture = $('[data-picture]'), card = $('[data-card]'),
  says = $('[data-says]'), find = $('[data-find]'), root = section.dataset.root;
var G = JSON.parse(block.textContent), node = new Map(), through = new Map();
var here = block.dataset.focus ? block.dataset.focus.split(' ') : [];
G.nodes.forEach(function (n) { node.set(n.id, n); through.set(n.id, []); });
G.paths.forEach(function (p) { p.nodes.forEach(function (id) { through.get(id).push(p); }); });
var net = null, wanted = null, tone = {}, hover = null, chosen = null, walked = null, lit = null, moved = false, touch = false;
var narrow = matchMedia('(max-width: 60rem)'), calm = matchMedia('(prefers-reduced-motion: reduce)');
var MARGIN = 1, LEADING = 16, SHAPE = { person: 1, signer: 1, hub: 1 };

/* colours and typefaces come from the page's own tokens */
function dress() {
  var style = getComputedStyle(d.documentElement), get = function (name) { return style.getPropertyValue('--' + name).trim(); };
  ['paper', 'sheet', 'ink', 'ink-2', 'edge', 'margin', 'k-sg', 'serif', 'sans', 'mono', 'link'].forEach(function (name) { tone[name] = get(name); });
  tone.box = {
    entity: [tone.paper, tone.edge, tone.ink, tone['ink-2']], agreement: [tone.paper, tone.edge, tone.ink, tone['ink-2']], issuer: [tone.sheet, tone.ink, tone.ink, tone['ink-2']],
    person: [tone.paper, tone.ink, tone.ink, tone['ink-2']], outside: [tone.paper, tone.edge, tone['ink-2'], tone['ink-2']],
    signer: [tone.paper, tone['k-sg'], tone.ink, tone['ink-2']], hub: [tone['k-sg'], tone['k-sg'], tone.paper, tone.paper]
  };
  tone.word = { role: [tone.ink, '11.5px ' + tone.serif], by: [tone['ink-2'], '11px ' + tone.sans], chip: [tone['ink-2'], '10.5px ' + tone.mono] };
}
function outline(c, x, y, w, h, r) {
  r = Math.min(r, w / 2, h / 2); c.beginPath(); c.moveTo(x + r, y); c.arcTo(x + w, y, x + w, y + h, r); c.arcTo(x + w, y + h, x, y + h, r);
  c.arcTo(x, y + h, x, y, r); c.arcTo(x, y, x + w, y, r); c.closePath();
}
function strong(id) { return id === hover || id === chosen || (!hover && !chosen && here.indexOf(id) >= 0); }
function box(a) {
  var n = node.get(a.id), c = a.ctx, x = a.x, y = a.y;
  return { nodeDimensions: { width: n.w, height: n.h }, drawNode: function () {
    var look = tone.box[n.group], high = n.lines.length * LEADING + (n.note ? 14 : 0), faint = lit && !lit.nodes.has(n.id);
    c.save();
    outline(c, x - n.w / 2, y - n.h / 2, n.w, n.h, SHAPE[n.group] ? 22 : 4);
    if (faint) { c.fillStyle = tone.sheet; c.fill(); c.globalAlpha = 0.3; }
    c.fillStyle = look[0]; c.fill();
    c.lineWidth = strong(n.id) ? 2.4 : 1.2; c.strokeStyle = strong(n.id) ? tone.margin : look[1];
    if (n.group === 'outside') c.setLineDash([4, 3]);
    c.stroke(); c.setLineDash([]);
    c.textAlign = 'center'; c.fillStyle = look[2]; c.font = (n.group === 'hub' ? '700 ' : '') + '13px ' + tone.serif;
    n.lines.forEach(function (line, i) { c.fillText(line, x, y - high / 2 + 12.5 + i * LEADING, n.w - 8); });
    if (n.note) { c.fillStyle = look[3]; c.font = '11px ' + tone.sans; c.fillText(n.note, x, y + high / 2 - 3, n.w - 8); }
    c.restore();
  } };
}
function ground(c) {
  c.save(); c.textAlign = 'left'; c.textBaseline = 'alphabetic';
  c.fillStyle = tone.sheet; G.bands.forEach(function (b) { outline(c, b.x, b.y, b.w, b.h, 4); c.fill(); });
  c.strokeStyle = tone.edge; c.lineWidth = 1; c.setLineDash([1, 3]); c.lineCap = 'round';
  G.frames.forEach(function (b) { outline(c, b.x, b.y, b.w, b.h, 4); c.stroke(); });
  c.lineCap = 'butt';
  G.strokes.forEach(function (s) {
    var on = lit && s.edges.some(function (e) { return lit.edges.has(e); });
    s.path = s.path || new Path2D(s.d); s.arrow = s.arrow || new Path2D(s.tip);
    c.globalAlpha = lit && !on ? 0.22 : 1;
    c.strokeStyle = c.fillStyle = on ? tone.margin : tone.edge; c.lineWidth = on ? 2.2 : 1.3; c.setLineDash(s.dashed ? [5, 4] : []);
    c.stroke(s.path); c.fill(s.arrow);
    s.words.forEach(function (w) {
      c.fillStyle = tone.word[w.look][0]; c.font = tone.word[w.look][1];
      if (w === pointed) c.fillStyle = tone.link;
      c.fillText(w.text, w.x, w.y); if (w.to) w.wide = c.measureText(w.text).width;
    });
  });
  c.restore();
}
function paint() {
  var paths = walked ? [walked] : (hover || chosen) ? through.get(hover || chosen) : null;
  lit = null;
  if (paths) {
    lit = { nodes: new Set([hover || chosen]), edges: new Set() };
    paths.forEach(function (p) { p.nodes.forEach(function (n) { lit.nodes.add(n); }); p.edges.forEach(function (e) { lit.edges.add(e); }); });
  }
  net.redraw();
}

/* in words: one sentence a signature block */
function sentence(p) {
  if (p.told) return p.told;
  var name = function (id) { return node.get(id).label; }, s = name(p.nodes[0]);
  if (p.nodes.length === 1) return s + (p.signed ? ' signs in person' : ': no signer read');
  p.says.forEach(function (word, i) {
    s += (p.signed && i === p.says.length - 1 ? ', signed by ' : ', by ') + name(p.nodes[i + 1]) + (word.charAt(0) === '“' ? ' (' + word + ')' : '');
  });
  return s;
}
function line(text, kind) { var p = d.createElement(kind || 'p'); p.textContent = text; card.appendChild(p); return p; }
function place(u) {
  try { var t = new URL(root + u, d.baseURI); return t.protocol === location.protocol && t.host === location.host ? t.href : null; } catch (e) { return null; }
}
function show(id, pinned) {
  card.textContent = '';
  card.hidden = !id;
  if (!id) return;
  var n = node.get(id), paths = walked ? [walked] : through.get(id);
  var name = line(n.label, pinned && n.page ? 'a' : 'b');
  if (pinned && n.page) name.href = place(n.page);
  if (n.note) line(n.note);
  paths.slice(0, 3).forEach(function (p) {
    var told = line(sentence(p) + ' '); told.className = 'doc';
    var at = d.createElement(pinned ? 'a' : 'span'); at.className = 'ev'; at.textContent = p.lines; if (pinned) at.href = place(p.to);
    told.appendChild(at);
  });
  if (paths.length > 3) line('and ' + (paths.length - 3) + ' more');
  card.classList.toggle('pinned', !!pinned);
  var under = net.canvasToDOM({ x: n.x, y: n.y + n.h / 2 }), over = net.canvasToDOM({ x: n.x, y: n.y - n.h / 2 });
  var x = Math.max(4, Math.min(under.x - card.offsetWidth / 2, stage.clientWidth - card.offsetWidth - 4)), y = under.y + 8;
  var top = stage.getBoundingClientRect().top, above = over.y - card.offsetHeight - 8;
  if (top + y + card.offsetHeight > innerHeight && top + above > 0) y = above;
  card.style.left = x + 'px'; card.style.top = y + 'px';
}
function say(id) {
  var p = walked || through.get(id)[0];
  says.textContent = node.get(id).label + '. ' + (node.get(id).note || '') + '. ' +
    (p ? (p.told ? 'Line ' : 'Block ') + (G.paths.indexOf(p) + 1) + ' of ' + G.paths.length + ': ' + sentence(p) + '. Source lines ' + p.lines.replace('L', '') + '.' : '');
}

/* where to look */
function whole() {
  var w = host.clientWidth, h = host.clientHeight, full = section.classList.contains('opened'), c = { w: G.width + 2 * MARGIN, h: G.height + 2 * MARGIN };
  if (!w || !h) return null;
  if (!full) { var s = Math.min(1, w / c.w); return { scale: s, position: { x: w / (2 * s) - MARGIN, y: h / (2 * s) - MARGIN } }; }
  return { scale: Math.min(w / c.w, h / c.h, 1.25), position: { x: G.width / 2, y: G.height / 2 } };
}
function fit() { var to = whole(); if (to) net.moveTo({ scale: to.scale, position: to.position, animation: false }); moved = false; show(null); }
function look(id, least) {
  var n = node.get(id), s = Math.max(least || 0, net.getScale()), half = { x: host.clientWidth / (2 * s), y: host.clientHeight / (2 * s) };
  var hold = function (at, side, all) { return side * 2 >= all ? all / 2 : Math.max(side - 8, Math.min(at, all - side + 8)); };
  net.moveTo({ scale: s, position: { x: hold(n.x, half.x, G.width), y: hold(n.y, half.y, G.height) }, animation: calm.matches ? false : { duration: 200, easingFunction: 'easeInOutQuad' } });
  moved = true;
}
function near() {
  if (here.length) { look(here[0], 0.8); return; }
  net.moveTo({ scale: 0.8, position: { x: host.clientWidth / 1.6 - 8, y: host.clientHeight / 1.6 - 8 }, animation: false }); moved = true;
}
function seen(id) { var n = node.get(id), at = net.canvasToDOM({ x: n.x, y: n.y }); return at.x > 30 && at.y > 16 && at.x < host.clientWidth - 30 && at.y < host.clientHeight - 16; }
function choose(id, path, least) {
  chosen = id; hover = null; walked = path || null; paint();
  if (!id) { show(null); says.textContent = ''; return; }
  say(id);
  if (least && net.getScale() < least || !seen(id)) { look(id, least); show(null); setTimeout(function () { if (chosen === id) show(id, true); }, calm.matches ? 0 : 240); } else show(id, true);
  var host_ = host.getBoundingClientRect(), at = host_.top + net.canvasToDOM(node.get(id)).y;
  if (at < 40 || at > innerHeight - 40) scrollBy(0, at - innerHeight / 2);
  try { history.replaceState(null, '', '#node=' + encodeURIComponent(id)); } catch (e) { /* some browsers refuse it from disk */ }
}
function go(url, tab) { var to = url && place(url); if (!to) return; if (tab) open(to, '_blank', 'noopener'); else location.href = to; }
function zoom(by) { net.moveTo({ scale: Math.max(0.15, Math.min(4, net.getScale() * by)), animation: false }); moved = true; show(null); }
function asked() {
  var m = /^#node=(.+)$/.exec(location.hash), id = null;
  try { id = m && decodeURIComponent(m[1]); } catch (e) { return null; }
  return id && node.has(id) ? id : null;
}

/* keys walk signature blocks */
function walk(key) {
  var p = walked || through.get(chosen)[0], at = p ? p.nodes.indexOf(chosen) : -1;
  if (!p) p = G.paths[0], at = 0;
  else if (key === 'ArrowRight') at = Math.min(at + 1, p.nodes.length - 1);
  else if (key === 'ArrowLeft') at = Math.max(at - 1, 0);
  else {
    var next = G.paths[G.paths.indexOf(p) + (key === 'ArrowDown' ? 1 : -1)];
    if (next) at = at === p.nodes.length - 1 && at ? next.nodes.length - 1 : Math.min(at, next.nodes.length - 1), p = next;
  }
  if (p) choose(p.nodes[at], p);
}
function pressed(e) {
  var k = e.key;
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (k.indexOf('Arrow') === 0) { if (chosen) walk(k); else if (G.paths.length) choose(here[0] || G.paths[0].nodes[0], here[0] ? through.get(here[0])[0] : G.paths[0]); }
  else if (k === 'Enter' && chosen) go(node.get(chosen).page);
  else if (k === 'Escape' && chosen) choose(null);
  else if (k === 'Escape' && section.classList.contains('opened')) full(false);
  else if (k === '+' || k === '=') zoom(1.25); else if (k === '-') zoom(0.8); else if (k === '0') fit(); else return;
  e.preventDefault(); e.stopPropagation();
}

/* line numbers are links too */
var pointed = null;
function chip(e) {
  var r = host.getBoundingClientRect(), p = net.DOMtoCanvas({ x: e.clientX - r.left, y: e.clientY - r.top }), found = null;
  G.strokes.forEach(function (s) { s.words.forEach(function (w) { if (w.to && p.x > w.x - 3 && p.x < w.x + w.wide + 3 && p.y > w.y - 12 && p.y < w.y + 5) found = w; }); });
  return found;
}
function start() {
  dress();
  host.hidden = false; stage.classList.add('drawn');
  net = new vis.Network(host, {
    nodes: new vis.DataSet(G.nodes.map(function (n) { return { id: n.id, x: n.x, y: n.y, shape: n.shape, ctxRenderer: box }; })),
    edges: new vis.DataSet(G.edges.map(function (e) { return { id: e.id, from: e.from, to: e.to, hidden: true }; }))
  }, G.options);
  net.on('beforeDrawing', ground);
  fit();
  net.on('hoverNode', function (p) { if (touch) return; hover = p.node; host.style.cursor = 'pointer'; walked = null; paint(); show(p.node); });
  net.on('blurNode', function () { if (!hover) return; hover = null; host.style.cursor = ''; paint(); show(null); });
  net.on('click', function (p) {
    var id = p.nodes[0], e = p.event.srcEvent, tab = e.ctrlKey || e.metaKey, line_ = id === undefined && chip(e);
    if (line_) go(line_.to, tab); else if (id === undefined) choose(null); else if (touch) choose(id); else go(node.get(id).page, tab);
  });
  net.on('dragStart', function () { moved = true; show(null); }); net.on('zoom', function () { moved = true; show(null); });
  net.on('resize', function () { setTimeout(function () { if (!moved) fit(); }, 0); });
  host.addEventListener('pointerdown', function (e) { touch = e.pointerType !== 'mouse'; }, true);
  host.addEventListener('pointermove', function (e) {
    if (touch || hover) return;
    var w = chip(e); if (w !== pointed) { pointed = w; host.style.cursor = w ? 'pointer' : ''; net.redraw(); }
  });
  host.addEventListener('auxclick', function (e) {
    var r = host.getBoundingClientRect(), id = e.button === 1 ? net.getNodeAt({ x: e.clientX - r.left, y: e.clientY - r.top }) : undefined;
    if (id !== undefined) { e.preventDefault(); go(node.get(id).page, true); }
  });
  /* the wheel scrolls the page; with Ctrl, or in full screen, it zooms */
  stage.addEventListener('wheel', function (e) { if (!section.classList.contains('opened') && !e.ctrlKey && !e.metaKey) e.stopPropagation(); }, { capture: true, passive: true });
  host.addEventListener('keydown', pressed);
  var again = function () { dress(); net.redraw(); };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  new MutationObserver(again).observe(d.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  $('[data-tools]').hidden = $('[data-help]').hidden = false;
  fit();
  if (asked()) choose(asked());
}
function load(then) {
  if (net) { if (then) then(); return; }
  if (wanted) { wanted.push(then); return; }
  wanted = [then];
  var s = d.createElement('script');
  s.src = section.dataset.script;
  s.onload = function () { start(); wanted.forEach(function (f) { if (f) f(); }); };
  s.onerror = function () { wanted = null; full(false); };
  d.head.appendChild(s);
}
function full(on) {
  section.classList.toggle('opened', on); d.documentElement.classList.toggle('graph-full', on);
  for (var e = section; e !== d.body; e = e.parentNode) [].forEach.call(e.parentNode.children, function (o) { if (o !== e) o.inert = on; });
  var b = $('[data-do=full]'); b.setAttribute('aria-pressed', String(on)); b.textContent = on ? 'Close' : 'Full screen';
  if (!net) return;
  net.setSize('100%', '100%'); net.redraw(); fit();
  if (on && narrow.matches) near();
  host.focus();
}
function save() {
  var copy = picture.cloneNode(true), from = picture.querySelectorAll('rect,path,text'), to = copy.querySelectorAll('rect,path,text');
  [].forEach.call(from, function (e, i) {
    var s = getComputedStyle(e), names = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray'];
    if (e.tagName === 'text') names = ['fill', 'font-family', 'font-size', 'font-weight', 'text-anchor'];
    names.forEach(function (k) { to[i].setAttribute(k, s.getPropertyValue(k)); });
  });
  [].forEach.call(copy.querySelectorAll('a'), function (a) { a.setAttribute('href', new URL(a.getAttribute('href'), d.baseURI).href); });
  var back = d.createElementNS('http://www.w3.org/2000/svg', 'rect');
  back.setAttribute('width', '100%'); back.setAttribute('height', '100%'); back.setAttribute('x', '-1'); back.setAttribute('y', '-1'); back.setAttribute('fill', tone.paper);
  copy.insertBefore(back, copy.firstChild);
  var a = d.createElement('a');
  a.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
  a.download = d.querySelector('h1').textContent.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') + '.svg';
  a.click(); setTimeout(function () { URL.revokeObjectURL(a.href); }, 1000);
}
function search() {
  var s = find.value.trim().toLowerCase(); if (!s) { choose(null); return; }
  var fits = G.nodes.filter(function (n) { return n.label.toLowerCase().indexOf(s) >= 0; });
  var best = fits.filter(function (n) { return n.label.toLowerCase() === s; })[0] || fits[0];
  if (best) choose(best.id, null, 0.8); else says.textContent = 'No match. Try one word, or fewer letters.';
}
section.addEventListener('click', function (e) {
  var b = e.target.closest('[data-do]'); if (!b) return;
  var what = b.dataset.do;
  if (what === 'open') { section.classList.add('opened'); load(function () { full(true); }); }
  else if (what === 'in') zoom(1.25); else if (what === 'out') zoom(0.8); else if (what === 'fit') fit(); else if (what === 'save') save();
  else if (what === 'full') full(!section.classList.contains('opened'));
});
find.addEventListener('change', search);
find.addEventListener('keydown', function (e) { if (e.key === 'Enter') { e.preventDefault(); search(); } });
d.addEventListener('keydown', function (e) { if (e.key === 'Escape' && section.classList.contains('opened')) full(false); });
addEventListener('hashchange', function () { var id = asked(); if (id && net) choose(id); else aim(); });
$('[data-open]').hidden = false;

/* a link to a name finds it in the list while the graph is not drawn */
function aim() {
  var id = asked(), item = id && [].filter.call(d.querySelectorAll('.tree [data-node]'), function (e) { return e.dataset.node === id; })[0];
  if (item) { item.scrollIntoView({ block: 'center' }); if (item.href) item.focus({ preventScroll: true }); }
}
function auto() {
  if (narrow.matches || net) return;
  var eye = new IntersectionObserver(function (all) { if (all.some(function (i) { return i.isIntersecting; })) { eye.disconnect(); load(); } }, { rootMargin: '200px' });
  eye.observe(stage);
}
narrow.addEventListener('change', auto);
if (narrow.matches) aim();
auto();
})(document);

/* Enhancement only: every page is complete without this file. */
(function (d) {
  'use strict';
  var all = function (s, r) { return [].slice.call((r || d).querySelectorAll(s)); };
  var here = function () { return location.href.replace(/[?#].*$/, ''); };
  var make = function (tag, name, text) {
    var e = d.createElement(tag);
    if (name) e.className = name;
    if (text) e.textContent = text;
    return e;
  };

  var canonical = d.querySelector('link[rel=canonical]');

  /* Copying: the clipboard where there is one, else the text is selected for the reader. */
  function copy(text, done, shown) {
    var pick = function () {
      var field = make('textarea', 'pick', text);
      field.setAttribute('readonly', '');
      field.setAttribute('aria-label', 'Text to copy');
      shown.appendChild(field);
      field.select();
      field.addEventListener('blur', function () { field.remove(); });
      done('Selected: copy it from here');
    };
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text).then(function () { done('Copied'); }, pick);
    else pick();
  }
  all('[data-copy]').forEach(function (b) {
    b.hidden = false;
    b.addEventListener('click', function () {
      copy(b.dataset.copy || here(), function (t) { b.nextElementSibling.textContent = t; }, b.parentNode);
    });
  });

  /* A site without a published address mails the one it is read at. */
  all('[data-mail]').forEach(function (a) {
    if (!canonical) a.href += encodeURIComponent('\n\n' + here());
  });

  /* A reflowed table stays a table to a screen reader. */
  [['.tbl', 'table'], ['.tbl thead,.tbl tbody', 'rowgroup'], ['.tbl tr', 'row'], ['.tbl td', 'cell'],
    ['.tbl thead th', 'columnheader'], ['.tbl tbody th', 'rowheader']].forEach(function (p) {
    all(p[0]).forEach(function (e) { e.setAttribute('role', p[1]); });
  });

  /* Copy a fact with its line: one button for each row of facts, row of a table and block that has a chip. */
  var words = function (e) {
    var c = e.cloneNode(true);
    all('.vh,.fact,.evs,.ev,.tag,.basis,[role=status]', c).forEach(function (x) { x.remove(); });
    all('small', c).forEach(function (x) { x.before(', '); });
    return c.textContent.replace(/\s+/g, ' ').replace(/ ([,.;:])/g, '$1').trim();
  };
  function fact(e) {
    var label = e.querySelector('dt'), k = e.querySelector('.k'), chips = all('.ev', e), said;
    if (label) said = words(label) + ': ' + words(e.querySelector('.v'));
    else said = all('.chain li,:scope>th,:scope>td:not(.num,[data-l=Basis],[data-l=Lines])', e).map(function (c) {
      var w = words(c);
      return w && c.dataset.l ? c.dataset.l + ': ' + w : w;
    }).filter(Boolean).join('; ');
    var title = d.querySelector('h1').textContent.trim(), lines = chips.map(function (c) { return c.lastChild.textContent; }).join(', ');
    return title + (/\.$/.test(title) ? ' ' : '. ') + said + ' (' + (k ? k.textContent + ', ' : '') + lines + '). ' +
      new URL(chips[0].getAttribute('href'), canonical ? canonical.href : location.href).href;
  }
  all('.facts>div,.tbl tbody tr,.blk').forEach(function (e) {
    var chip = e.querySelector('.ev');
    if (!chip) return;
    var b = make('button', 'fact');
    b.type = 'button';
    b.appendChild(make('span', 'vh', 'Copy this fact with its line'));
    var home = e.className === 'blk' ? e.querySelector('h3') : chip.parentNode;
    home.appendChild(b);
    var s = make('span', 'vh');
    s.setAttribute('role', 'status');
    home.appendChild(s);
    b.addEventListener('click', function () {
      copy(fact(e), function (t) { s.textContent = t; b.classList.add('done'); setTimeout(function () { b.classList.remove('done'); }, 1500); }, home);
    });
  });

  /* Filter a list; what was asked is kept in ?q=. */
  var fold = function (s) {
    return s.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[.'’]/g, '').replace(/[^a-z0-9\u0080-\uffff]+/g, ' ').trim();
  };
  var keep = function (q) {
    try { history.replaceState(null, '', q ? '?q=' + encodeURIComponent(q) : location.pathname + location.hash); } catch (e) { /* from disk */ }
  };
  var NONE = 'No match. Try one word, or fewer letters.';
  all('[data-filter]').forEach(function (f) {
    f.hidden = false;
    var i = f.querySelector('input'), out = f.querySelector('[role=status]'), t;
    var run = f.dataset.names ? loaded(f, i, out) : listed(f, i, out);
    i.addEventListener('input', function () { clearTimeout(t); t = setTimeout(run, 80); });
    all('select', f).forEach(function (s) { s.addEventListener('change', run); });
    var q = new URLSearchParams(location.search).get('q');
    if (q) { i.value = q; run(); }
  });
  function asked(i) {
    var w = fold(i.value).split(' ').filter(Boolean);
    keep(w.length ? i.value : '');
    return w;
  }
  function fits(key, w) { return w.every(function (q) { return key.indexOf(' ' + q) >= 0; }); }
  function listed(f, i, out) {
    var rows = all('[data-k]'), secs = all('.let,[data-group]'), by = all('select', f);
    var keys = rows.map(function (r) { return ' ' + fold(r.dataset.k || r.textContent); });
    return function () {
      var w = asked(i), n = 0, set = by.filter(function (s) { return s.value; });
      rows.forEach(function (r, x) {
        var ok = fits(keys[x], w) && set.every(function (s) { return r.dataset[s.dataset.by] === s.value; });
        r.hidden = !ok;
        n += ok;
      });
      secs.forEach(function (s) { s.hidden = !s.querySelector('[data-k]:not([hidden])'); });
      out.textContent = w.length || set.length ? (n ? n + ' of ' + rows.length + ' ' + f.dataset.filter : NONE) : '';
    };
  }
  /* A long list comes as a script, which a browser also loads from disk, when the reader first asks. */
  function loaded(f, i, out) {
    var rows, box = d.querySelector('[data-results]'), list = box.querySelector('ul'), next = box.querySelector('button'), wait, found = [], at = 0;
    var kind = { agreements: 'Agreement', parties: 'Party', signers: 'Signer', issuers: 'Issuer' }[f.dataset.kind];
    function load() {
      if (wait) return;
      wait = true;
      window.names = function (data) {
        rows = data.filter(function (r) { return !kind || r[0] === kind; }).map(function (r) { return { r: r, k: ' ' + fold(r[3]) }; });
        run();
      };
      var s = make('script');
      s.src = f.dataset.names;
      s.onerror = function () { out.textContent = 'The list of names could not be loaded.'; wait = false; };
      d.head.appendChild(s);
    }
    function show() {
      found.slice(at, at + 100).forEach(function (x) {
        var li = make('li'), name = make('span', 'doc'), a = make('a', '', x.r[2]);
        a.href = f.dataset.root + x.r[1];
        name.appendChild(a);
        li.append(name, make('span', '', x.r[4]), make('span', '', kind ? x.r[5] : x.r[0]));
        list.appendChild(li);
      });
      at += 100;
      next.hidden = at >= found.length;
    }
    next.addEventListener('click', show);
    i.addEventListener('focus', load);
    function run() {
      if (!rows) { load(); return; }
      var w = asked(i);
      found = w.length ? rows.filter(function (x) { return fits(x.k, w); }) : [];
      at = 0;
      list.textContent = '';
      box.hidden = !found.length;
      if (found.length) show();
      out.textContent = w.length ? (found.length ? found.length + ' of ' + rows.length + ' ' + f.dataset.filter : NONE) : '';
    }
    return run;
  }

  /* Source view: #L9-L10 marks the whole range. */
  function mark() {
    all('.src .hit').forEach(function (e) { e.classList.remove('hit'); });
    var m = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash);
    if (!m) return;
    var a = +m[1], b = Math.min(+(m[2] || a), a + 5000), first = d.getElementById('L' + a);
    if (!first) return;
    for (var n = a; n <= b; n++) { var e = d.getElementById('L' + n); if (e) e.classList.add('hit'); }
    if (m[2]) first.scrollIntoView({ block: 'center' });
  }
  if (d.querySelector('.full')) { addEventListener('hashchange', mark); mark(); }
})(document);

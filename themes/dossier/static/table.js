/* Enhancement only: tables that can be sorted, and any two agreements of a roster side by side. */
(function (d) {
  'use strict';
  var make = function (tag, name, text) {
    var e = d.createElement(tag);
    if (name) e.className = name;
    if (text) e.textContent = text;
    return e;
  };

  /* Sort by a column: a list to choose from, which a phone shows too. */
  [].forEach.call(d.querySelectorAll('table[data-sort]'), function (table, number) {
    var body = table.tBodies[0], rows = [].slice.call(body.rows), heads = [].slice.call(table.tHead.rows[0].cells);
    if (rows.length < 2) return;
    var box = make('p', 'acts noprint'), label = make('label', '', 'Sort by'), list = make('select');
    label.htmlFor = list.id = 'sort-' + number;
    list.appendChild(new Option('the order of the page', ''));
    heads.forEach(function (h, x) {
      if (h.dataset.unsorted !== undefined) return;
      list.appendChild(new Option(h.textContent.trim() + ', first to last', x + 1));
      list.appendChild(new Option(h.textContent.trim() + ', last to first', -x - 1));
    });
    box.append(label, ' ', list);
    table.before(box);
    var value = function (row, x) { var c = row.cells[x]; return c.dataset.v !== undefined ? c.dataset.v : c.textContent.trim(); };
    list.addEventListener('change', function () {
      var by = +list.value, x = Math.abs(by) - 1;
      var sorted = by ? rows.slice().sort(function (a, b) {
        return (by < 0 ? -1 : 1) * value(a, x).localeCompare(value(b, x), 'en', { numeric: true });
      }) : rows;
      body.append.apply(body, sorted);
      heads.forEach(function (h, at) {
        if (by && at === x) h.setAttribute('aria-sort', by < 0 ? 'descending' : 'ascending');
        else h.removeAttribute('aria-sort');
      });
    });
  });

  /* Two agreements of a roster; which ones is kept in ?a=&b=. */
  var box = d.querySelector('[data-pick]'), block = d.getElementById('roster-data');
  if (!box || !block) return;
  var data = JSON.parse(block.textContent), root = block.dataset.root;
  var a = box.querySelector('[name=a]'), b = box.querySelector('[name=b]'), out = box.querySelector('[role=status]');
  var table = box.querySelector('table'), slugs = data.agreements.map(function (g) { return g.slug; });
  var dates = data.agreements.map(function (g) { return g.date; });
  data.agreements.forEach(function (g) {
    [a, b].forEach(function (list) { list.appendChild(new Option(g.date + (dates.indexOf(g.date) === dates.lastIndexOf(g.date) ? '' : ' · ' + g.slug), g.slug)); });
  });
  function chip(slug, first, last) {
    var e = make('a', 'ev', 'L' + first + (last > first ? '–' + last : ''));
    e.href = root + 'agreements/' + slug + '/source/index.html#L' + first + (last > first ? '-L' + last : '');
    return e;
  }
  function cell(label, slug, row) {
    var e = make('td');
    e.dataset.l = label;
    if (!row) { e.appendChild(make('span', 'none', 'Not a party')); return e; }
    if (row[1]) e.append(chip(slug, row[1][0], row[1][1]));
    row[2].forEach(function (s) {
      var small = make('small', '', 'by ' + s[0] + ' ');
      small.appendChild(chip(slug, s[1], s[2]));
      e.append(' ', small);
    });
    return e;
  }
  function differs(one, other) {
    if (!one) return 'Joined';
    if (!other) return 'Not a party there';
    var names = function (r) { return r[2].map(function (s) { return s[0].toLowerCase(); }).sort().join('; '); };
    return one[2].length && other[2].length && names(one) !== names(other) ? 'Other names sign' : '';
  }
  function show() {
    var one = data.agreements[slugs.indexOf(a.value)], other = data.agreements[slugs.indexOf(b.value)];
    var body = table.tBodies[0], n = 0;
    body.textContent = '';
    var rows = function (g) { var m = {}; g.rows.forEach(function (r) { m[r[0]] = r; }); return m; };
    var left = rows(one), right = rows(other);
    data.parties.forEach(function (name, x) {
      if (!left[x] && !right[x]) return;
      var tr = make('tr'), th = make('th', 'nm'), said = differs(left[x], right[x]), last = make('td', '', said || 'No difference');
      th.scope = 'row';
      if (name[1]) { var link = make('a', 'doc', name[0]); link.href = root + name[1]; th.appendChild(link); } else th.textContent = name[0];
      if (!said) last.className = 'none';
      last.dataset.l = 'What differs';
      tr.append(th, cell('Older', one.slug, left[x]), cell('Newer', other.slug, right[x]), last);
      [[tr, 'row'], [th, 'rowheader']].forEach(function (p) { p[0].setAttribute('role', p[1]); });
      [].forEach.call(tr.querySelectorAll('td'), function (c) { c.setAttribute('role', 'cell'); });
      body.appendChild(tr);
      n += said ? 1 : 0;
    });
    table.hidden = false;
    out.textContent = one === other ? 'One agreement beside itself: pick another.' : n + ' of ' + body.rows.length + ' parties differ in being a party or in who signs.';
  }
  function picked() {
    show();
    try { history.replaceState(null, '', '?a=' + encodeURIComponent(a.value) + '&b=' + encodeURIComponent(b.value) + location.hash); } catch (e) { /* from disk */ }
  }
  [a, b].forEach(function (list) { list.addEventListener('change', picked); });
  var asked = new URLSearchParams(location.search);
  b.value = slugs.indexOf(asked.get('b')) < 0 ? slugs[0] : asked.get('b');
  a.value = slugs.indexOf(asked.get('a')) < 0 ? slugs[Math.min(1, slugs.length - 1)] : asked.get('a');
  box.hidden = false;
  show();
})(document);

/* The page for unknown addresses: finds the published address that a mail program damaged. Enhancement only. */
(function (d) {
  'use strict';
  var box = d.getElementById('meant');
  if (!box) return;
  var root = new URL(box.dataset.root, location.href), starts = JSON.parse(d.getElementById('starts').textContent);

  var decoded = function (s) {
    try { return decodeURIComponent(s); } catch (e) { return s.replace(/%20/g, ' ').replace(/%[0-9a-f]{0,2}/gi, ''); }
  };
  /* Small letters, plain hyphens, single slashes; no soft breaks or marks without width. */
  var plain = function (s) {
    return decoded(s).normalize('NFKC').toLowerCase().replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]|=\s*[\r\n]+/g, '').replace(/[\/\\]+/g, '/');
  };

  function arrived() {
    var path = plain(location.pathname), base = plain(root.pathname);
    if (path.indexOf(base) === 0) path = '/' + path.slice(base.length);
    var found = /^\/?\s*(agreements|parties|signers|issuers)[\/\s]*(.*)$/.exec(path) || /\/(agreements|parties|signers|issuers)\/\s*(.*)$/.exec(path);
    if (!found) return null;
    var tail = found[2].replace(/\/?index\.html?\b.*/, '/'), hash = /#.*/.exec(decoded(location.pathname));
    /* A blank may stand where a line was broken, or where the address ended. */
    var slugs = [tail.replace(/\s+/g, ''), tail.trim()].map(function (s) { return /^[a-z0-9-]*/.exec(s)[0].replace(/-+$/, ''); });
    return {
      wanted: slugs.filter(function (s, i) { return s && slugs.indexOf(s) === i; }).map(function (s) { return found[1] + '/' + s; }),
      section: found[1],
      source: found[1] === 'agreements' && /^[a-z0-9-]+\/source\b(?!\.)/.test(tail.replace(/\s+/g, '')),
      hash: location.hash || (hash ? hash[0].replace(/[^\w#-].*/, '') : '')
    };
  }

  function answers(wanted, known) {
    var exact = wanted.filter(function (w) { return known.indexOf(w) >= 0; });
    if (exact.length) return [exact[0]];
    for (var i = 0; i < wanted.length; i++) {
      var cut = known.filter(function (k) { return k.indexOf(wanted[i]) === 0; });
      if (cut.length) return cut;
    }
    return [];
  }

  var came = arrived();
  if (!came || !came.wanted.length || !starts.length) return;
  var shortest = came.wanted[came.wanted.length - 1], part = 0;
  while (part + 1 < starts.length && starts[part + 1] <= shortest) part++;
  fetch(new URL('data/addresses/' + part + '.json', root)).then(function (r) { return r.ok ? r.json() : []; }).then(function (known) {
    var meant = answers(came.wanted, known);
    var url = function (a) { return new URL(a + '/' + (came.source ? 'source/' : '') + came.hash, root); };
    if (!meant.length) return;
    var sure = meant.length === 1 && shortest.length > came.section.length + 3 && url(meant[0]).pathname !== location.pathname;
    box.hidden = false;
    box.querySelector('p').textContent = sure ? 'The address was damaged on its way. This page was meant:' : 'Addresses that begin like this one:';
    meant.slice(0, 20).forEach(function (a) {
      var li = d.createElement('li'), link = d.createElement('a');
      link.href = url(a).href;
      link.textContent = a;
      li.appendChild(link);
      box.querySelector('ul').appendChild(li);
    });
    if (meant.length > 20) box.querySelector('p').textContent += ' the first 20 of ' + meant.length;
    if (sure) location.replace(url(meant[0]).href);
  }, function () { /* The page says what to do without it. */ });
})(document);

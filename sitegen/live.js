// Live reload of `sitegen serve`. It is put into pages as they are served, and never into the built site.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = decodeURI(new URL("../", script.src).pathname);
  const own = decodeURI(location.pathname).replace(/\/$/, "/index.html");
  const stylesheets = (root) => [...root.querySelectorAll("link[rel=stylesheet]")];
  let seen = script.dataset.stamp;
  let source = null;
  let shade = null;
  let shown = null;

  // Where the reader was. The browser keeps that over a reload too, but not through a page that was short for a moment,
  // or that was reloaded again before it was laid out.
  const PLACE = "sitegen-place";
  let place = null;
  let reloading = false;
  const reload = () => {
    reloading = true;
    location.reload();
  };
  addEventListener("pagehide", () => { // the reader may scroll until then
    if (reloading) sessionStorage.setItem(PLACE, JSON.stringify([own, ...(place ?? [scrollX, scrollY])]));
  });
  const [of, ...left] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (of === own) {
    place = left;
    history.scrollRestoration = "manual";
    const restore = () => {
      if (place) scrollTo(...place);
      if (place && scrollY + 1 >= place[1]) place = null;
    };
    document.addEventListener("DOMContentLoaded", restore);
    addEventListener("load", () => {
      restore();
      setTimeout(() => { history.scrollRestoration = "auto"; }); // after the browser's own turn, behind this event
    });
    for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      addEventListener(moved, () => { place = null; }, { once: true, passive: true });
    }
  }

  // Only a page that is looked at holds a connection: browsers allow six to a server.
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(new URL(`events?since=${seen}`, script.src));
      source.onmessage = (message) => {
        seen = message.lastEventId;
        hear(JSON.parse(message.data));
      };
    }
  };

  // `changed` lists paths of the site; null when they are too many, or the server was started anew. `go` is the page of
  // what was just saved: whoever is below its folder already, at its source or graph, stays there.
  const hear = ({ changed, error, go }) => {
    show(error);
    if (go && !own.startsWith(base + go.replace(/index\.html$/, ""))) {
      location.assign(new URL(`../${go.split("/").map(encodeURIComponent).join("/")}`, script.src));
      return;
    }
    const touched = changed && new Set(changed.map((path) => base + path));
    const loaded = performance.getEntriesByType("resource")
      .map((entry) => new URL(entry.name))
      .filter((address) => address.origin === location.origin)
      .map((address) => decodeURI(address.pathname))
      .filter((path) => path !== own);
    if (!touched || touched.has(own) || loaded.some((path) => touched.has(path))) {
      const scripts = touched && loaded.some((path) => touched.has(path) && !path.endsWith(".css"));
      scripts ? reload() : refresh(touched);
    }
  };

  // The page as it is now tells whether anything but its stylesheets differs.
  const refresh = async (touched) => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const page = fresh.querySelector("script[data-stamp][data-page]")?.dataset.page;
    const olds = stylesheets(document);
    const news = stylesheets(fresh);
    if (page !== script.dataset.page || olds.length !== news.length) {
      reload();
      return;
    }
    olds.forEach((old, index) => {
      const href = new URL(news[index].getAttribute("href"), location.href);
      if (href.href === old.href && touched && !touched.has(decodeURI(href.pathname))) return;
      href.searchParams.set("seen", seen);
      const link = old.cloneNode();
      link.href = href.href;
      link.addEventListener("load", () => old.remove());
      old.after(link);
    });
  };

  const show = (error) => {
    if (shade && error === shown) return; // said once: a screen reader would say it again
    shown = error;
    shade?.remove();
    shade = null;
    if (!error) return;
    shade = document.createElement("div");
    const box = document.createElement("div");
    const add = (name, text, style) => {
      const element = document.createElement(name);
      element.textContent = text;
      element.style.cssText = style;
      box.append(element);
      return element;
    };
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:60vh;overflow:auto;padding:20px 24px;"
      + "background:#2b0d0d;color:#fff;border-top:4px solid #ff8a80;font:16px/1.5 system-ui,sans-serif;text-align:left";
    add("strong", "The site could not be built", "display:block;font-size:18px");
    add("pre", error, "margin:12px 0;white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace");
    add("p", "You see the last good site. The next change tries again.", "margin:0 0 12px");
    add("button", "Close", "font:inherit;padding:6px 16px;background:#fff;color:#2b0d0d;border:0;border-radius:4px;cursor:pointer")
      .addEventListener("click", () => show(null));
    shade.attachShadow({ mode: "open" }).append(box);
    document.body.append(shade);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(null);
  });
  document.addEventListener("visibilitychange", listen);
  listen();
})();

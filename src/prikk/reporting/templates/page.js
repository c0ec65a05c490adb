// Without this script every marked figure links to its derivation below the table; with it the derivation opens in
// a panel, and the figures that it reads are marked in the tables.
"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const find = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const panel = find("panel");
  let current = null;

  const number = (opener) => opener.closest("[data-c]").dataset.c;
  const openers = all("a.open");
  for (const opener of openers) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "panel");
  }
  // A figure that several tables print is one leak: its first place stands for it.
  const first = new Map();
  for (const leak of all("a.leak, td.leak")) {
    if (!first.has(number(leak))) first.set(number(leak), leak);
  }
  const numbers = [...first.keys()];
  const leaks = [...first.values()];

  function show(element) {
    // Above the panel, which covers the foot of the window.
    document.documentElement.style.scrollPaddingBottom = `${panel.offsetHeight + 16}px`;
    // Beside the headings, which stay in sight when a table scrolls.
    const box = element.closest(".scroll");
    if (box) {
      const [head, stub] = [box.querySelector("thead"), box.querySelector("tbody .stub")];
      box.style.scrollPadding = `${head ? head.offsetHeight : 0}px 0 0 ${stub ? stub.offsetWidth : 0}px`;
    }
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function text(name, kind, content) {
    const element = document.createElement(name);
    element.className = kind;
    element.textContent = content;
    return element;
  }

  function unmark() {
    all(".tag", find("tables")).forEach((tag) => tag.remove());
    all(".used, .told", find("tables")).forEach((place) => place.classList.remove("used", "told"));
    if (current) current.setAttribute("aria-expanded", "false");
  }

  function mark(item) {
    for (const use of item.dataset.uses.split(" ").filter(Boolean)) {
      const [cell, part] = use.split(":");
      for (const place of all(`[data-c="${cell}"]`)) {
        const tag = text("span", "tag", part);
        tag.prepend(text("span", "unseen", `, ${panel.dataset.used}: `));
        place.classList.add("used");
        place.append(tag);
      }
    }
    for (const place of all(`[data-c="${item.id.slice(1)}"]`)) place.classList.add("told");
  }

  function fill(item) {
    const [what, ...rest] = [...item.cloneNode(true).childNodes];
    const name = document.createElement("h2");
    name.id = "panel-name";
    name.tabIndex = -1;
    name.append(...what.childNodes);
    // A new heading each time, so that a screen reader reads it when it gets the focus.
    find("panel-name").replaceWith(name);
    find("panel-text").replaceChildren(...rest);
    const count = find("panel-count");
    const at = numbers.indexOf(item.id.slice(1));
    count.textContent = at < 0 ? "" : count.dataset.text.replace("##", numbers.length).replace("#", at + 1);
  }

  function open(opener) {
    const item = find("d" + number(opener));
    unmark();
    current = opener;
    opener.setAttribute("aria-expanded", "true");
    fill(item);
    mark(item);
    panel.hidden = false;
    document.documentElement.classList.add("with-panel");
    panel.scrollTop = 0;
    find("panel-name").focus({ preventScroll: true });
    show(opener.closest("td"));
  }

  function close({ focus = true } = {}) {
    if (panel.hidden) return;
    unmark();
    panel.hidden = true;
    document.documentElement.classList.remove("with-panel");
    if (focus) current.focus({ preventScroll: true });
  }

  function visible(leak) {
    return leak.getClientRects().length > 0;
  }

  function step(by) {
    if (!leaks.length) return;
    let at = current ? numbers.indexOf(number(current)) : by > 0 ? -1 : 0;
    do at = (at + by + leaks.length) % leaks.length;
    while (!visible(leaks[at]) && leaks.some(visible));
    if (leaks[at].matches("a")) {
      open(leaks[at]);
      return;
    }
    // A listed leak has its derivation beside it: no panel.
    close({ focus: false });
    current = leaks[at];
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
    show(current.closest("tr"));
  }

  function jump(link) {
    // The nearest place of the figure: in the table that is open, else the first.
    const cell = link.hash.slice(2);
    const table = current ? current.closest("table") : null;
    const place = (table && table.querySelector(`[data-c="${cell}"]`)) || find("c" + cell);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    show(place);
  }

  function openAddress() {
    const opener = openers.find((a) => a.hash === location.hash);
    if (opener) open(opener);
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("a.open, a.to, [data-step], .toggle, #close");
    if (!at) return;
    if (at.matches("a")) event.preventDefault();
    if (at.matches("a.open")) at === current && !panel.hidden ? close() : open(at);
    else if (at.matches("a.to")) jump(at);
    else if (at.matches("[data-step]")) step(Number(at.dataset.step));
    else if (at.matches(".toggle")) {
      const shown = find(at.getAttribute("aria-controls")).classList.toggle("shown");
      at.setAttribute("aria-expanded", String(shown));
    } else close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") close();
    else if (event.key === " " && event.target.matches("a.open")) {
      event.preventDefault();
      event.target.click();
    } else if ((event.key === "j" || event.key === "k") && find("keys") && find("keys").checked) {
      step(event.key === "j" ? 1 : -1);
    }
  });

  const only = find("only");
  if (only) only.addEventListener("change", () => document.body.classList.toggle("only", only.checked));
  addEventListener("hashchange", openAddress);
  openAddress();
});

"use strict";
// The pages work without this script. With it, values are found and counted while they are chosen, a result changes without a new page,
// groups fold, and tables and links are copied. It asks no other server for anything and stores nothing.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("choose");
  if (form) choosing(form);
  if (document.getElementById("result")) {
    folding();
    document.addEventListener("click", clicked);
    document.addEventListener("submit", submitted);
    addEventListener("popstate", () => swap(location.href, "", false));
  }
});

function tell(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
}

// Puts values into a text with {names}; what a value holds is not looked at again.
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// ---- choosing values ----

function choosing(form) {
  const variables = [...form.querySelectorAll(".variable")].map((field) => variable(field, form));
  const count = () => counted(form, variables);
  for (const one of variables) {
    one.field.addEventListener("change", (event) => {
      if (event.target.type === "checkbox") one.newest = 0;
      count();
    });
    for (const button of one.field.querySelectorAll("[data-pick]")) {
      button.addEventListener("click", () => { pick(one, button); count(); });
    }
    const search = one.field.querySelector("input[type=search]");
    search.addEventListener("input", () => filter(one, search.value));
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    for (const select of one.field.querySelectorAll("select")) select.disabled = true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(address(form, variables));
  });
  // What a browser has kept of an earlier visit counts too.
  addEventListener("pageshow", count);
  count();
}

function variable(field) {
  const items = [...field.querySelectorAll(".codes li")].map((item) => ({
    item,
    box: item.querySelector("input"),
    text: item.textContent.trim().toLowerCase(),
  }));
  items.sort((a, b) => a.box.dataset.place - b.box.dataset.place);
  return { field, items, newest: Number(field.dataset.newest), time: "time" in field.dataset, total: "total" in field.dataset };
}

function chosen(one) {
  return one.items.filter(({ box }) => box.checked);
}

// All and none are of what the search has found; a level or the newest periods are instead of what was chosen.
function pick(one, button) {
  const how = button.dataset.pick;
  const visible = one.items.filter(({ item }) => !item.hidden);
  one.newest = 0;
  if (how === "all") for (const { box } of visible) box.checked = true;
  if (how === "none") for (const { box } of visible) box.checked = false;
  if (how === "level") for (const { box } of one.items) box.checked = box.dataset.level === button.dataset.level;
  if (how === "newest") {
    const wanted = Math.max(1, Math.min(one.items.length, Number(button.parentElement.querySelector("input").value) || 1));
    one.items.forEach(({ box }, i) => { box.checked = i >= one.items.length - wanted; });
    one.newest = wanted;
  }
}

function filter(one, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { item, text } of one.items) {
    item.hidden = !words.every((word) => text.includes(word));
    shown += !item.hidden;
  }
  one.field.querySelector(".nothing").hidden = shown > 0;
}

function counted(form, variables) {
  const say = form.dataset;
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, say.group);
  let cells = 1;
  let missing = "";
  for (const one of variables) {
    const size = chosen(one).length;
    const none = one.total ? say.noneTotal : say.noneRequired;
    const text = size ? fill(say.chosen, { chosen: number(size), all: number(one.items.length) }) : none;
    one.field.querySelector(".chosen").textContent = text;
    if (!size && !one.total) missing = missing || one.field.dataset.title;
    cells *= Math.max(1, size);
  }
  const most = Number(say.most);
  const long = address(form, variables).length - location.origin.length > Number(say.longest);
  const words = cells > most ? say.over : long ? say.tooLong : say.count;
  const text = missing ? fill(say.missing, { name: missing }) : fill(words, { cells: number(cells), most: number(most) });
  const status = document.getElementById("count");
  status.classList.toggle("over", Boolean(missing) || words !== say.count);
  if (status.textContent !== text) status.textContent = text;
}

function address(form, variables) {
  const parts = [];
  for (const one of variables) {
    const text = expression(one);
    if (text) parts.push(`valueCodes%5B${encodeURIComponent(one.field.dataset.name)}%5D=${encodeURIComponent(text).replace(/%2C/g, ",")}`);
  }
  for (const kept of form.querySelectorAll("input[type=hidden]")) parts.push(`${encodeURIComponent(kept.name)}=${encodeURIComponent(kept.value)}`);
  return `${form.action}?${parts.join("&")}`;
}

// As short as the server would write it: all, the newest, runs from one to another, or one by one.
function expression(one) {
  const places = one.items.flatMap(({ box }, i) => (box.checked ? [i] : []));
  if (!places.length) return "";
  if (places.length === one.items.length) return "*";
  if (one.time && one.newest) return `TOP(${one.newest})`;
  const code = (place) => one.items[place].box.value;
  const found = [];
  for (let start = 0, i = 1; i <= places.length; i++) {
    if (i < places.length && places[i] === places[i - 1] + 1) continue;
    const run = places.slice(start, i);
    const ends = [code(run[0]), code(run[run.length - 1])];
    const short = run.length >= 4 && !ends.some((end) => /[,()*?]/.test(end));
    found.push(...(short ? [`RANGE(${ends.join(",")})`] : run.map(code)));
    start = i;
  }
  return found.join(",");
}

// ---- a result that changes without a new page ----

function clicked(event) {
  const link = event.target.closest("a[data-swap]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    swap(link.href, link.id, true);
    return;
  }
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "copy-table") copy(asText(document.querySelector("table.result")));
  if (button.id === "copy-link") copy(location.href);
  if (button.dataset.copy) copy(document.getElementById(button.dataset.copy).textContent);
  if (button.id === "fold") foldAll(button);
  if (button.classList.contains("fold")) foldOne(button);
}

function submitted(event) {
  const form = event.target.closest("form[data-swap]");
  if (!form) return;
  event.preventDefault();
  swap(`${location.pathname}?${new URLSearchParams(new FormData(form))}`, "pick", true);
}

let asking = null;

async function swap(href, focus, push) {
  // Only the last of several quick steps counts, whichever answer comes first.
  if (asking) asking.abort();
  const mine = asking = new AbortController();
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" }, signal: mine.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asking) return;
    const result = fresh.getElementById("result");
    if (!answer.ok || !result) throw new Error("no result");
    const old = document.getElementById("result");
    const region = old.querySelector(".scroll");
    const left = region && focus.startsWith("sort-") ? region.scrollLeft : 0;
    const open = old.querySelector(".drop[open]") !== null;
    old.replaceWith(document.adoptNode(result));
    if (push) history.pushState(null, "", href);
    document.title = fresh.title;
    for (const link of document.querySelectorAll(".languages a, link[hreflang]")) {
      const same = fresh.querySelector(`.languages a[hreflang="${link.hreflang}"]`);
      if (same) link.setAttribute("href", same.getAttribute("href"));
    }
    if (open && focus.startsWith("move-")) document.querySelector(".drop").open = true;
    folding();
    if (left) document.querySelector(".scroll").scrollLeft = left;
    const target = (focus && document.getElementById(focus)) || document.getElementById("main");
    target.focus({ preventScroll: target.id === "main" });
    tell(document.body.dataset.refreshed);
  } catch {
    if (mine === asking) location.assign(href);
  }
}

// ---- folding: the address remembers the codes that are folded ----

function folding() {
  const table = document.querySelector("table.result.folds");
  if (!table) return;
  const away = new Set(new URL(location.href).searchParams.get("folded")?.split(",") || []);
  for (const row of table.querySelectorAll("tr.g")) {
    const head = row.cells[0];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-label", fill(table.dataset.fold, { name: head.textContent }));
    button.setAttribute("aria-expanded", String(!away.has(row.dataset.code)));
    head.prepend(button);
  }
  sayFolded();
}

function depth(row) {
  return Number(/\bd(\d)/.exec(row.className)[1]);
}

function foldOne(button) {
  const code = button.closest("tr").dataset.code;
  const open = button.getAttribute("aria-expanded") !== "true";
  for (const row of document.querySelectorAll("table.result tr.g")) {
    if (row.dataset.code === code) row.querySelector(".fold").setAttribute("aria-expanded", String(open));
  }
  showRows();
}

function foldAll(button) {
  const open = button.textContent === button.dataset.unfold;
  for (const one of document.querySelectorAll("table.result .fold")) one.setAttribute("aria-expanded", String(open));
  showRows();
}

function showRows() {
  const folded = new Set();
  for (const body of document.querySelectorAll("table.result tbody")) {
    let limit = Infinity;
    for (const row of body.querySelectorAll("tr[class*=d]:not(.block)")) {
      if (depth(row) <= limit) limit = Infinity;
      row.classList.toggle("away", depth(row) > limit);
      const button = row.querySelector(".fold");
      if (button && button.getAttribute("aria-expanded") === "false") {
        folded.add(row.dataset.code);
        limit = Math.min(limit, depth(row));
      }
    }
  }
  const url = new URL(location.href);
  if (folded.size) url.searchParams.set("folded", [...folded].join(","));
  else url.searchParams.delete("folded");
  history.replaceState(null, "", url);
  sayFolded();
}

function sayFolded() {
  const button = document.getElementById("fold");
  if (!button) return;
  const any = document.querySelector("table.result .fold[aria-expanded=true]") !== null;
  button.textContent = any ? button.dataset.fold : button.dataset.unfold;
}

// ---- copying ----

// The table as tab-separated text: what is seen, figures without the space between thousands.
function asText(table) {
  const rows = [...table.rows].filter((row) => !row.classList.contains("away"));
  return rows.map((row) => [...row.cells].map((cell) => {
    const seen = cell.querySelector("[aria-hidden]") || cell;
    const text = seen.textContent.trim().replace(/\s+/g, " ");
    const plain = cell.tagName === "TD" && /^[\d\s.,]+$/.test(text) ? text.replace(/[\s.,](?=\d{3})/g, "") : text;
    return plain + "\t".repeat(row.classList.contains("block") ? 0 : cell.colSpan - 1);
  }).join("\t")).join("\n") + "\n";
}

async function copy(text) {
  tell(document.body.dataset[(await copied(text)) ? "copied" : "notCopied"]);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure connection browsers only know the old way.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

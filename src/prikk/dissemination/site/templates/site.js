"use strict";
// The pages can be read without this script. It chooses a table, works out changes and shares from the figures shown, folds groups
// and saves charts as pictures. It asks no network for anything and stores nothing.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const tools = document.querySelector(".tools");
  embargo();
  for (const button of document.querySelectorAll(".png")) button.addEventListener("click", () => save(button));
  if (tools) tables(tools);
});

function embargo() {
  const line = document.querySelector(".embargo");
  if (line && Date.now() < Date.parse(line.dataset.until)) line.hidden = false;
}

// ---- tables ----

function tables(tools) {
  const say = tools.dataset;
  const sheets = [...document.querySelectorAll(".sheet")];
  const choice = document.getElementById("table-choice");
  const fold = document.getElementById("fold");
  const views = tools.querySelectorAll("[name=view]");
  const state = { view: "figures", folded: false };

  const current = () => sheets.find((sheet) => sheet.classList.contains("chosen"));
  const apply = () => {
    prepare(current(), say);
    if (views.length) draw(current(), state.view, say, tools);
    if (fold) foldAll(current(), state.folded);
  };
  const choose = (id, by) => {
    const next = sheets.find((sheet) => sheet.id === id);
    if (!next) return;
    for (const sheet of sheets) sheet.classList.toggle("chosen", sheet === next);
    if (choice) {
      choice.value = id;
      document.getElementById("previous").disabled = next === sheets[0];
      document.getElementById("following").disabled = next === sheets[sheets.length - 1];
    }
    if (by === "hand") {
      history.replaceState(null, "", "#" + id);
      tell(next.querySelector("h2").textContent);
    }
    apply();
  };
  const step = (by) => choose(sheets[sheets.indexOf(current()) + by].id, "hand");
  const fromAddress = () => {
    const place = document.getElementById(location.hash.slice(1));
    const sheet = place && place.closest(".sheet");
    if (sheet) {
      choose(sheet.id);
      place.scrollIntoView();
    }
  };

  if (choice) {
    choice.addEventListener("change", () => choose(choice.value, "hand"));
    document.getElementById("previous").addEventListener("click", () => step(-1));
    document.getElementById("following").addEventListener("click", () => step(1));
  }
  for (const radio of views) {
    if (radio.checked) state.view = radio.value;
    radio.addEventListener("change", () => {
      state.view = radio.value;
      apply();
      tell(radio.parentElement.textContent.trim());
    });
  }
  if (fold) {
    fold.addEventListener("click", () => {
      state.folded = !state.folded;
      fold.textContent = state.folded ? fold.dataset.unfold : fold.dataset.fold;
      foldAll(current(), state.folded);
    });
  }
  document.getElementById("print").addEventListener("click", () => print());
  addEventListener("hashchange", fromAddress);
  choose(current().id);
  fromAddress();
}

function tell(text) {
  document.getElementById("said").textContent = text;
}

// Reads the figures of a table from its cells, once: null is a hidden one.
function prepare(sheet, say) {
  if (sheet.figures) return;
  const rows = [...sheet.querySelectorAll("table.figures tr")].slice(1);
  sheet.figures = rows.map((row) => ({
    row,
    cells: [...row.cells].slice(1).map((cell) => ({
      cell,
      first: cell.cloneNode(true),
      value: cell.classList.contains("h") ? null : Number(cell.textContent.split(say.group).join("")),
    })),
  }));
  makeFolds(sheet, say);
  // Where not all periods fit, the latest are those that people look for.
  const region = sheet.querySelector(".scroll");
  if (document.querySelector("[name=view]")) region.scrollLeft = region.scrollWidth;
}

function draw(sheet, view, say, tools) {
  const total = sheet.figures[0].cells;
  for (const { cells } of sheet.figures) {
    cells.forEach((one, i) => {
      if (view === "figures") one.cell.replaceChildren(...one.first.cloneNode(true).childNodes);
      else put(one.cell, derive(view, cells, total, i, Number(say.year)), view, say);
      one.cell.classList.toggle("h", view === "figures" && one.value === null);
    });
  }
  const radio = tools.querySelector(`[value="${view}"]`);
  sheet.querySelector("caption .view").textContent = radio.parentElement.textContent.trim();
  const unit = sheet.querySelector("caption .unit");
  if (unit) unit.hidden = view !== "figures" && view !== "change" && view !== "year";
  sheet.querySelector(".derived").hidden = view === "figures";
}

// A number (per cent in tenths), null where an input is hidden, undefined where there is nothing to work out.
function derive(view, cells, total, i, year) {
  if (view === "share") return share(cells[i].value, total[i].value);
  const back = view.startsWith("year") ? year : 1;
  if (i < back) return undefined;
  const now = cells[i].value, then = cells[i - back].value;
  if (now === null || then === null) return null;
  return view.endsWith("percent") ? tenths(now - then, then) : now - then;
}

function share(part, whole) {
  return part === null || whole === null ? null : tenths(part, whole);
}

function tenths(part, whole) {
  if (whole === 0) return undefined;
  return Math.sign(part) * Math.floor((2000 * Math.abs(part) + whole) / (2 * whole)) || 0;
}

function put(cell, found, view, say) {
  if (typeof found === "number") {
    const signed = view !== "share";
    cell.textContent = view === "change" || view === "year" ? whole(found, say, signed) : decimal(found, say, signed);
    return;
  }
  const sign = document.createElement("span"), words = document.createElement("span");
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = found === null ? say.symbol : say.none;
  words.className = "unseen";
  words.textContent = found === null ? say.hidden : say.impossible;
  cell.replaceChildren(sign, words);
}

function grouped(number, say) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, say.group);
}

function prefix(number, say, signed) {
  return number < 0 ? say.minus : signed && number > 0 ? "+" : "";
}

function whole(number, say, signed) {
  return prefix(number, say, signed) + grouped(Math.abs(number), say);
}

function decimal(number, say, signed) {
  const size = Math.abs(number);
  return prefix(number, say, signed) + grouped(Math.floor(size / 10), say) + say.decimal + (size % 10);
}

// ---- folding ----

function depth(row) {
  return Number(/\bd(\d+)\b/.exec(row.className)[1]);
}

function makeFolds(sheet, say) {
  const rows = [...sheet.querySelectorAll("tbody tr.g")].filter((row) => row.closest("table.figures"));
  if (rows.length) sheet.querySelector("table.figures").classList.add("folds");
  for (const row of rows) {
    const button = document.createElement("button"), head = row.cells[0];
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-label", say.fold.replace("{label}", head.textContent));
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "false";
      button.setAttribute("aria-expanded", String(open));
      showRows(sheet);
    });
    head.append(button);
  }
}

function foldAll(sheet, folded) {
  for (const button of sheet.querySelectorAll(".fold")) button.setAttribute("aria-expanded", String(!folded));
  showRows(sheet);
}

// A row is seen when no group above it is folded.
function showRows(sheet) {
  let closed = Infinity;
  for (const row of sheet.querySelectorAll("table.figures tbody tr")) {
    const own = depth(row);
    if (own <= closed) closed = Infinity;
    row.hidden = own > closed;
    const button = row.querySelector(".fold");
    if (!row.hidden && button && button.getAttribute("aria-expanded") === "false") closed = own;
  }
}

// ---- pictures ----

const SVG = "http://www.w3.org/2000/svg";

// The drawing that stands on the page, with title and source, on white and in its light colours.
function framed(button) {
  const drawing = button.closest("figure").querySelector("svg.wide");
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const feet = button.dataset.foot.split("\n").flatMap((note) => wrapped(note, width));
  const top = 44, high = top + height + 22 + 18 * feet.length;
  const whole = make("svg", { width, height: high, viewBox: `0 0 ${width} ${high}` });
  whole.setAttribute("font-family", "system-ui, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif");
  whole.setAttribute("font-size", "13");
  const inner = make("g", { transform: `translate(0 ${top})` });
  for (const mark of drawing.childNodes) inner.append(mark.cloneNode(true));
  whole.append(
    make("rect", { width, height: high, fill: "#ffffff" }),
    line(button.dataset.title, { x: 10, y: 26, fill: "#1a1a1a", "font-weight": 600 }, width - 20, 16),
    inner,
    ...feet.map((text, i) => line(text, { x: 10, y: top + height + 18 + 18 * i, fill: "#1a1a1a" }, width - 20, 13)),
  );
  return whole;
}

// A text in lines of about a width.
function wrapped(text, width) {
  const most = Math.floor((width - 20) / (13 * 0.57)), found = [""];
  for (const word of text.split(" ")) {
    const last = found.length - 1;
    if (found[last] && found[last].length + 1 + word.length > most) found.push(word);
    else found[last] += (found[last] ? " " : "") + word;
  }
  return found;
}

function make(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A line of text, smaller where it would be too long.
function line(text, attributes, width, size) {
  const made = make("text", attributes);
  made.setAttribute("font-size", String(Math.max(9, Math.min(size, width / (text.length * 0.53)))));
  made.textContent = text;
  return made;
}

async function save(button) {
  const drawing = framed(button), scale = 2, picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(drawing));
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(drawing.getAttribute("width")) * scale;
  canvas.height = Number(drawing.getAttribute("height")) * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}

// The query field of /ask: colours, line numbers, the faulty line, completion. Without this script it is a plain field.
// The field itself stays a textarea, so that undo, selection, screen readers and phones work as everywhere.
"use strict";

const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    "(?<iri><[^<>\"{}|^`\\\\\\s]*>)",
    "(?<string>\"\"\"[^]*?\"\"\"|'''[^]*?'''|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*')",
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>(?:\\p{L}[\\p{L}\\p{N}_.-]*)?:(?:[\\p{L}\\p{N}_%/-]|\\\\.|[.:](?=[\\p{L}\\p{N}_:%/-]))*)",
    "(?<number>\\d+(?:\\.\\d+)?)",
    "(?<word>\\p{L}[\\p{L}\\p{N}_]*)",
    "(?<mark>\\S)",
  ].join("|"),
  "gu",
);
const MOST = 40;

const field = document.getElementById("query");
const form = field.form;
const editor = document.createElement("div");
const painted = document.createElement("pre");
const list = document.createElement("ul");
const told = document.createElement("p");
let words = []; // [text, kind, meaning]
let loading = null; // they are loaded when the field is first used
let active = -1;
let taking = false;

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function dress() {
  editor.className = "editor";
  set(painted, { class: "painted", "aria-hidden": "true" });
  set(list, { class: "choices", id: "choices", role: "listbox", "aria-label": "Completions", hidden: "" });
  set(told, { class: "unseen", role: "status" });
  field.before(editor);
  editor.append(painted, field, list, told);
  set(field, { "aria-autocomplete": "list", "aria-controls": "choices", "aria-haspopup": "listbox" });
  form.querySelector(".keys").hidden = false;
  for (const lines of document.querySelectorAll("#error .lines")) lines.hidden = Boolean(field.dataset.line);
}

// ---------------------------------------------------------------- colours

function paint() {
  const text = field.value;
  const lines = [line(1)];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    put(lines, text.slice(at, found.index), "");
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    put(lines, found[0], "t-" + kind);
    at = found.index + found[0].length;
  }
  put(lines, text.slice(at), "");
  for (const one of lines) one.append("\n");
  painted.replaceChildren(...lines);
  mark();
  follow();
}

function line(number) {
  const made = document.createElement("span");
  if (number === Number(field.dataset.line)) made.className = "faulty";
  return made;
}

function put(lines, text, kind) {
  text.split("\n").forEach((part, index) => {
    if (index) lines.push(line(lines.length + 1));
    if (!part) return;
    const piece = kind ? document.createElement("span") : part;
    if (kind) {
      piece.className = kind;
      piece.textContent = part;
    }
    lines.at(-1).append(piece);
  });
}

// Underlines the word that the server's error is about, or the last one before it.
function mark() {
  let column = Number(field.dataset.column) - 1;
  let here = null;
  for (const piece of painted.querySelector(".faulty")?.childNodes ?? []) {
    if (column >= 0 && piece.nodeType === Node.ELEMENT_NODE) here = piece;
    column -= piece.textContent.length;
  }
  here?.classList.add("here");
}

function follow() {
  painted.scrollTop = field.scrollTop;
  painted.scrollLeft = field.scrollLeft;
}

// ---------------------------------------------------------------- completion

function load() {
  loading ??= fetch(field.dataset.words)
    .then((answer) => answer.json())
    .then((answer) => {
      words = answer.words;
    })
    .catch(() => {
      loading = null; // asked again at the next occasion
    });
  return loading;
}

function typed() {
  const before = field.value.slice(0, field.selectionStart);
  return before.match(/(?:[?$]|[\p{L}][\p{L}\p{N}_.-]*:)?[\p{L}\p{N}_/-]*$/u)[0];
}

function fitting(start) {
  const wanted = start.toLowerCase();
  const own = new Set(field.value.match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
  own.delete(start);
  const known = [...[...own].map((name) => [name, "variable", ""]), ...words];
  const local = wanted.split(":").at(-1);
  const ranked = known.map((one) => [rank(one, wanted, local), one]).filter(([place]) => place > 0);
  return ranked.sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, one]) => one);
}

// 1 begins so; 2 is named so behind its prefix, or means so; 0 does not fit.
function rank([text, , meaning], wanted, local) {
  const lower = text.toLowerCase();
  if (lower === wanted) return 0;
  if (lower.startsWith(wanted)) return 1;
  const prefix = wanted.includes(":") ? wanted.slice(0, wanted.indexOf(":") + 1) : "";
  if (!local || !lower.startsWith(prefix) || wanted.startsWith("?")) return 0;
  return lower.split(":").at(-1).startsWith(local) || meaning.toLowerCase().includes(local) ? 2 : 0;
}

function offer(asked) {
  const start = typed();
  const enough = asked || /^[?$]./.test(start) || start.includes(":") || start.length > 1;
  const quiet = field.selectionStart !== field.selectionEnd || within();
  const found = enough && !quiet ? fitting(start) : [];
  if (!found.length) return close();
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  active = -1;
  field.removeAttribute("aria-activedescendant");
  place(start.length);
  told.textContent = `${found.length} completion${found.length > 1 ? "s" : ""}; arrow down chooses`;
}

function option([text, kind, meaning], index) {
  const made = set(document.createElement("li"), { role: "option", id: `choice-${index}`, "aria-selected": "false" });
  const name = document.createElement("code");
  const note = document.createElement("small");
  name.textContent = text;
  note.textContent = meaning && kind !== "prefix" ? `${meaning} (${kind})` : kind;
  made.append(name, note);
  made.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(text);
  });
  return made;
}

// Whether the caret stands in a comment, string or IRI, where nothing is completed.
function within() {
  const at = field.selectionStart;
  for (const found of field.value.matchAll(TOKEN)) {
    const end = found.index + found[0].length;
    const { comment, iri, string } = found.groups;
    if (found.index < at && (comment !== undefined ? at <= end : at < end)) return Boolean(comment ?? iri ?? string);
  }
  return false;
}

// Puts the list below the word's beginning, which stands at the same place in the painted text.
function place(back) {
  const range = document.createRange();
  let left = field.selectionStart - back;
  const walker = document.createTreeWalker(painted, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) {
      range.setStart(node, left);
      range.collapse(true);
      break;
    }
    left -= node.length;
  }
  const here = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const frame = editor.getBoundingClientRect();
  const room = Math.max(0, frame.width - list.offsetWidth);
  list.style.left = `${Math.min(room, Math.max(0, here.left - frame.left))}px`;
  list.style.top = `${here.bottom - frame.top + 4}px`;
}

function choose(step) {
  const options = list.children;
  options[active]?.setAttribute("aria-selected", "false");
  active = (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length;
  options[active].setAttribute("aria-selected", "true");
  options[active].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[active].id);
}

function take(text) {
  const end = field.selectionStart;
  field.setSelectionRange(end - typed().length, end);
  // The old command alone can be undone; the other way is for browsers that have given it up.
  taking = true;
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, field.selectionStart, end, "end");
  taking = false;
  if (text.endsWith("()")) field.setSelectionRange(field.selectionStart - 1, field.selectionStart - 1);
  paint();
  close();
}

function close() {
  list.hidden = true;
  active = -1;
  field.removeAttribute("aria-activedescendant");
  told.textContent = "";
}

function pressed(event) {
  const open = !list.hidden;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  else if (event.key === " " && event.ctrlKey) load().then(() => offer(true));
  else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) choose(event.key === "ArrowDown" ? 1 : -1);
  else if (open && event.key === "Enter" && active >= 0) take(list.children[active].firstChild.textContent);
  else if (open && event.key === "Escape") close();
  else if (event.key === "Escape") form.querySelector("button").focus();
  else return;
  event.preventDefault();
}

dress();
paint();
field.addEventListener("input", () => {
  delete field.dataset.line; // what was wrong may be mended
  field.removeAttribute("aria-invalid");
  paint();
  if (!taking) load().then(() => offer(false));
});
field.addEventListener("focus", load);
field.addEventListener("scroll", follow);
field.addEventListener("keydown", pressed);
field.addEventListener("blur", close);
addEventListener("resize", close);
addEventListener("pageshow", paint); // the browser may bring back what was typed

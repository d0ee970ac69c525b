// The search of a published site. It finds what the server finds (cfm_kg/serve/pages/names.py), by the same rules.
"use strict";
(() => {
  const LIKE = 78, FOUND = 60, SHOWN = 20, SHORT = 4;
  const KINDS = {
    meeting: "Meetings", person: "People", country: "Countries", document: "Documents", article: "Articles",
    body: "Bodies", organization: "Organisations", topic: "Topics", place: "Places", post: "Posts",
  };
  const { letters, things, names } = self.cfmNames;

  function fold(text) {
    let latin = "";
    for (const letter of text.normalize("NFC").toLowerCase()) latin += letters[letter] ?? letter;
    const plain = latin.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").replace(/['`]/g, "");
    return plain.replace(/[^a-z0-9]+/g, " ").trim() || text.toLowerCase().trim();
  }

  // The length of the longest common subsequence.
  function common(one, other) {
    let row = new Uint16Array(other.length + 1);
    for (const letter of one) {
      let before = 0;
      for (let at = 1; at <= other.length; at += 1) {
        const above = row[at];
        row[at] = letter === other[at - 1] ? before + 1 : Math.max(above, row[at - 1]);
        before = above;
      }
    }
    return row[other.length];
  }

  function ratio(one, other, least = 0) {
    const both = one.length + other.length;
    if (!both) return 100;
    if (200 * Math.min(one.length, other.length) / both < least) return 0;
    return 200 * common(one, other) / both;
  }

  const sorted = (text) => text.split(" ").sort().join(" ");
  const sortRatio = (one, other) => ratio(sorted(one), sorted(other), LIKE);

  function setRatio(one, other) {
    const left = new Set(one.split(" ")), right = new Set(other.split(" "));
    const shared = [...left].filter((word) => right.has(word)).sort().join(" ").length;
    const mine = [...left].filter((word) => !right.has(word)).sort().join(" ");
    const yours = [...right].filter((word) => !left.has(word)).sort().join(" ");
    if (shared && (!mine || !yours)) return 100;
    const gap = shared ? 1 : 0;
    const long = shared + gap + mine.length, longer = shared + gap + yours.length;
    const like = (distance, length) => length ? 100 - 100 * distance / length : 100;
    const distance = mine.length + yours.length - 2 * common(mine, yours);
    const whole = like(distance, long + longer);
    if (!shared) return whole;
    return Math.max(whole, like(gap + mine.length, shared + long), like(gap + yours.length, shared + longer));
  }

  function partRatio(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    let best = 0;
    for (let at = 1 - short.length; at < long.length; at += 1) {
      best = Math.max(best, ratio(short, long.slice(Math.max(0, at), at + short.length), LIKE));
    }
    return best;
  }

  function scored(wanted, folded) {
    const scores = new Map();
    const rate = wanted.length >= SHORT
      ? (name) => Math.max(sortRatio(wanted, name), setRatio(wanted, name))
      : (name) => ratio(wanted, name, LIKE);
    for (const name of folded.keys()) {
      const score = rate(name);
      if (score >= LIKE) scores.set(name, score);
    }
    if (scores.size) return scores;
    for (const part of wanted.split(" ")) {
      for (const name of folded.keys()) {
        if (name.length < Math.max(SHORT, part.length - 1)) continue;
        const score = partRatio(part, name);
        if (score >= LIKE + 5) scores.set(name, Math.max(score, scores.get(name) ?? 0));
      }
    }
    return scores;
  }

  const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  function find(words) {
    const wanted = fold(words), folded = new Map();
    if (!wanted) return [];
    for (const [name, own] of names) if (!folded.has(fold(name))) folded.set(fold(name), [name, own]);
    const parts = wanted.split(" ");
    const held = [...folded.keys()].filter((name) => parts.every((part) => name.includes(part)));
    held.sort((a, b) => (a !== wanted) - (b !== wanted) || !a.startsWith(wanted) - !b.startsWith(wanted)
      || a.length - b.length || byText(a, b));
    const order = new Set(held.slice(0, FOUND));
    if (order.size < FOUND) {
      const scores = scored(wanted, folded);
      const alike = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || byText(a, b));
      for (const name of alike) order.add(name);
    }
    const hits = new Map();
    for (const folding of order) {
      const [name, own] = folded.get(folding);
      for (const at of own) if (!hits.has(at)) hits.set(at, { path: things[at][0], label: things[at][1], name });
    }
    return [...hits.values()].slice(0, FOUND);
  }

  function findQuotes(words) {
    const parts = fold(words).split(" "), { articles, quotes } = self.cfmQuotes;
    const held = quotes.map(([quote, claim, at]) => ({ quote, claim, article: articles[at], folded: fold(quote) }))
      .filter((one) => parts.every((part) => one.folded.includes(part)));
    held.sort((a, b) => a.folded.length - b.folded.length || byText(a.folded, b.folded));
    return held.slice(0, SHOWN);
  }

  const shown = (text) => text.replace(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

  function made(name, text = "", ...inside) {
    const found = document.createElement(name);
    if (text) found.append(shown(text));
    found.append(...inside);
    return found;
  }

  function linked(path, label, fragment = "") {
    const found = made("a", label);
    found.href = `id/${path.split("/").map(encodeURIComponent).join("/")}.html${fragment}`;
    return found;
  }

  function show(words, hits, quotes) {
    const place = document.getElementById("found"), status = document.getElementById("found-status");
    place.replaceChildren();
    status.textContent = hits.length + quotes.length
      ? `${hits.length} thing${hits.length === 1 ? "" : "s"}, ${quotes.length} quote${quotes.length === 1 ? "" : "s"}`
      : "Nothing is named so, and no quote holds these words. Try fewer words.";
    const groups = new Map();
    for (const hit of hits) {
      const kind = KINDS[hit.path.split("/", 1)[0]] ?? "Other";
      if (!groups.has(kind)) groups.set(kind, made("ul"));
      const item = made("li", "", linked(hit.path, hit.label));
      if (hit.name !== hit.label) item.append(" ", made("small", `also ${hit.name}`));
      groups.get(kind).append(item);
    }
    for (const [kind, list] of groups) place.append(made("h2", kind), list);
    if (quotes.length) place.append(made("h2", "Quotes"));
    for (const one of quotes) {
      const told = made("figcaption", "", linked(one.article[0], one.article[1], `#at-${one.claim}`));
      place.append(made("figure", "", made("blockquote", one.quote), told));
    }
  }

  const words = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 200);
  for (const field of document.querySelectorAll("input[name=q]")) field.value = words;
  if (!words) return;
  document.getElementById("found-title").textContent = `Search: ${shown(words)}`;
  document.title = `Search: ${shown(words)} – cfm-kg`;
  show(words, find(words), findQuotes(words));
})();

// Keys for the review queue. Without this script the same buttons do it.
const cards = [...document.querySelectorAll(".card[id]")];
const taken = document.getElementById("keys");
const help = document.getElementById("help");
const flash = document.querySelector(".flash");
const kept = "review-keys";

const here = () => cards.indexOf(document.activeElement?.closest(".card"));
const go = (at) => cards[Math.max(0, Math.min(cards.length - 1, at))]?.focus();
const press = (root, key) => root?.querySelector(`button[data-key="${key}"]`)?.click();

const moves = {
  j: () => go(here() + 1),
  k: () => go(here() - 1),
  o: () => cards[here()]?.querySelector("figcaption a")?.click(),
  r: () => { const more = cards[here()]?.querySelector(".more"); if (more) { more.open = true; more.querySelector("input").focus(); } },
  u: () => press(flash, "u"),
  "?": () => { if (help) { help.open = !help.open; help.querySelector("summary").focus(); } },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !taken?.checked) return;
  const move = moves[event.key];
  if (move) { event.preventDefault(); move(); } else if (/^[a-z0-9]$/.test(event.key)) press(cards[here()], event.key);
});

if (taken) {
  taken.checked = localStorage.getItem(kept) !== "off";
  taken.addEventListener("change", () => localStorage.setItem(kept, taken.checked ? "on" : "off"));
}
const target = location.hash && document.getElementById(location.hash.slice(1));
if (flash && (target || cards[0])) (target || cards[0]).focus();

// Escape takes away what a pointed-at or focused word shows, until something else is pointed at.
const quiet = (on) => document.documentElement.classList.toggle("quiet", on);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") quiet(true); });
for (const name of ["mouseover", "focusin"]) document.addEventListener(name, () => quiet(false));

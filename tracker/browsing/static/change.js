// From change to change by keys: j or n forwards, k or p back. The page is whole without it.
"use strict";

const bar = document.getElementById("keys");
const stops = [...document.querySelectorAll("[data-stop]")];

if (bar && stops.length) {
  const place = bar.querySelector("output");
  const keys = bar.querySelector("input");
  const steps = { j: 1, n: 1, k: -1, p: -1 };
  let at = stops.findIndex((stop) => `#${stop.id}` === location.hash);

  const onScreen = (step) => {
    const below = stops.findIndex((stop) => stop.getBoundingClientRect().top > 1);
    const first = below < 0 ? stops.length : below;
    return step > 0 ? first : first - 1;
  };

  const go = (step) => {
    const held = stops.findIndex((stop) => stop.contains(document.activeElement));
    const from = held < 0 ? at : held;
    const next = from < 0 ? onScreen(step) : from + step;
    at = Math.min(Math.max(next, 0), stops.length - 1);
    stops[at].focus({ preventScroll: true });
    stops[at].scrollIntoView({ block: "start" });
    history.replaceState(null, "", `#${stops[at].id}`);
    place.textContent = `${at + 1} of ${stops.length}`;
  };

  // whoever speaks to the computer, or types for others, can switch single keys off, and is not asked again
  const remembered = "clausewatch keys";
  try {
    keys.checked = localStorage.getItem(remembered) !== "off";
    keys.addEventListener("change", () => localStorage.setItem(remembered, keys.checked ? "on" : "off"));
  } catch {
    // no storage here: the choice lasts as long as the page
  }

  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    const step = steps[event.key];
    if (!step || !keys.checked || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(step);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.step));
  });
  bar.hidden = false;
}

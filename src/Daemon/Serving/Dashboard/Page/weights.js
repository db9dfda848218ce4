// Weights of the experts, as bars with their names.

import { h } from "./dom.js";
import { percent } from "./format.js";

const least = 0.005;

/** What a method does, by the first word of its name. */
const words = {
  persistence: "the last value stays", seasonal: "the last season repeats", smoothing: "exponential smoothing",
  intermittent: "for series that are mostly zero", linear: "adaptive linear rule over past values",
  network: "the neural network", readout: "linear rule over the network's state", group: "related series",
};

/** Bars, the heaviest first. `experts`: weight by name. */
export function weightBars(experts) {
  const all = Object.entries(experts ?? {}).filter(([, weight]) => weight >= least).sort((a, b) => b[1] - a[1]);
  if (all.length === 0) return h("p", { class: "empty" }, "Not known before the first forecasts are settled.");
  return h("div", { class: "bars" }, all.map(([name, weight]) => [
    h("span", { title: words[name.split("-")[0]] ?? null }, name.replaceAll("-", " ")),
    h("i", { style: { "--share": `${100 * weight}%` } }),
    h("span", { class: "num soft" }, percent(weight)),
  ]));
}

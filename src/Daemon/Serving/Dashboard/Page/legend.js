// What the colours of a chart mean.

import { h } from "./dom.js";

/** Entries: colour, text, and kind: "" for a line, band, or mark. */
export const legend = (...entries) => h("div", { class: "legend" },
  entries.map(([tone, text, kind = ""]) =>
    h("span", {}, h("i", { class: kind, style: { "--of": `var(--${tone})` } }), text)));

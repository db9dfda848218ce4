// All series: search, order, pages. The server does the work, so a hundred thousand are as quick as ten.

import { get, poll } from "./api.js";
import { debounce, fill, h } from "./dom.js";
import { showError } from "./errors.js";
import { plural } from "./format.js";
import { seriesTable } from "./series-row.js";

const size = 50;

/** Shows the list. `query` holds search and sort, so that a list can be linked to. @returns a function that ends it. */
export function showSeriesList(view, query) {
  let state = { search: query.get("search") ?? "", sort: query.get("sort") ?? "worst", pages: [""] };
  const list = h("div", { "aria-busy": "true" });
  const back = button("Back", () => ask({ pages: state.pages.slice(0, -1) }));
  const next = button("Next", () => ask({ pages: [...state.pages, following] }));
  const found = h("span", { role: "status" });
  let following = null; // token of the next page
  const search = h("input", {
    type: "search", placeholder: "Search series  ( / )", "aria-label": "Search series", value: state.search,
    oninput: debounce(200, event => ask({ search: event.target.value.trim(), pages: [""] })),
  });
  const order = h("select", {
    "aria-label": "Order", onchange: event => ask({ sort: event.target.value, pages: [""] }),
  }, [["worst", "Worst first"], ["anomaly", "Oddest first"], ["id", "By name"]].map(([name, text]) =>
    h("option", { value: name, selected: name === state.sort }, text)));

  view.replaceChildren(h("h1", {}, "Series"),
    h("p", { class: "lead" }, "Error / naive compares each series' forecasts with repeating its last season: below 1 is ",
      "better than that, lower is better. Oddness tells how rare a value as unusual as the last one is: 99% is one in a hundred."),
    h("div", { class: "tools", role: "search" }, search, order), list, h("div", { class: "pages" }, back, next, found));

  function ask(change) {
    state = { ...state, ...change };
    const link = new URLSearchParams({ ...(state.search && { search: state.search }), sort: state.sort });
    window.history.replaceState(null, "", `#/series?${link}`);
    stop();
    stop = follow();
  }

  function follow() {
    const asked = state;
    return poll(2000, async signal => {
      const page = await get("series",
        { search: asked.search, sort: asked.sort, size, page: asked.pages.at(-1) }, signal);
      if (asked === state) show(page);
    }, error => showError(list, error));
  }

  function show(page) {
    list.setAttribute("aria-busy", "false");
    if (page.items.length === 0) {
      fill(list, h("p", { class: "empty" }, state.search
        ? `No series has “${state.search}” in its name.`
        : "No series yet. As soon as records arrive they appear here."));
    } else {
      fill(list, seriesTable(page.items));
    }
    const number = state.pages.length;
    following = page.next;
    back.disabled = number === 1;
    next.disabled = !following;
    const place = page.total > size ? `, page ${number} of ${Math.ceil(page.total / size)}` : "";
    fill(found, `${plural(page.total, "series", "series")}${place}`);
  }

  let stop = follow();
  return () => stop();
}

const button = (text, onclick) => h("button", { type: "button", disabled: true, onclick }, text);

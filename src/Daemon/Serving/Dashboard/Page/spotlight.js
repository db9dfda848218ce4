// One series as an example of all, on the overview.

import { get, poll } from "./api.js";
import { Chart } from "./charts.js";
import { fill, h, section } from "./dom.js";
import { legend } from "./legend.js";
import { drawForecast } from "./series-charts.js";
import { followSeries } from "./series-feed.js";
import { address } from "./series-row.js";

const most = 500; // series that it is chosen from, the worst ones
const searchMs = 2000;

/** Shows the best forecast of the series that are asked for; hidden until there is one.
 *  @returns the section, and a function that ends it. */
export function spotlight() {
  let series = null;
  const name = h("a", {});
  const chart = h("div", { class: "chart middle", id: "spotlight" });
  const element = section("One of them, live", "", h("p", { class: "caption" }, name,
    ", for example. The fan is what is forecast now, with its 90% interval; all others are under Series."), chart,
  legend(["ink", "actual"], ["c0", "forecast"], ["c0", "90% interval", "band"], ["bad", "anomaly", "mark"]));
  element.hidden = true;
  const drawn = new Chart(chart, "Values of one series and their forecasts", () => drawForecast(series, "100"));
  let feed = null;
  const stopSearch = poll(searchMs, async signal => {
    const id = feed ? null : best((await get("series", { sort: "worst", size: most }, signal)).items);
    if (!id) return;
    name.setAttribute("href", address(id));
    fill(name, id);
    feed = followSeries(id, now => {
      series = now;
      element.hidden = !series.fan?.times;
      drawn.update();
    }, () => {});
  });
  return {
    element,
    stop: () => {
      stopSearch();
      feed?.stop();
      drawn.close();
    },
  };
}

const best = items => items.filter(item => item.status === "warm" && item.errorRatio !== null).at(-1)?.id ?? null;

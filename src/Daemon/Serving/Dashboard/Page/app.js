// The page: which view is shown, how the daemon is, light or dark.

import { get, poll } from "./api.js";
import { redraw } from "./charts.js";
import { fill, h } from "./dom.js";
import { askForToken } from "./errors.js";
import { History } from "./history.js";
import { showOverview } from "./overview.js";
import { showSeries } from "./series.js";
import { showSeriesList } from "./series-list.js";
import { showTraining } from "./training.js";

const view = document.getElementById("view");
const history = new History();
let leave = () => {};

/** #/ , #/series , #/series/<id> , #/training */
function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [page, ...rest] = path.split("/");
  leave();
  const id = rest.join("/");
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.page === (page || "overview")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  window.scrollTo(0, 0);
  if (page === "series" && id) leave = showSeries(view, decodeURIComponent(id));
  else if (page === "series") leave = showSeriesList(view, new URLSearchParams(query));
  else if (page === "training") leave = showTraining(view);
  else leave = showOverview(view, history);
}

function showHealth(status) {
  const dot = document.getElementById("health");
  const waiting = status.lanes?.find(lane => lane.state !== "running");
  const tone = status.ready ? "good" : waiting?.state === "failed" ? "bad" : "warn";
  dot.className = `dot ${tone}`;
  document.getElementById("application").textContent = status.application;
  fill(document.getElementById("connection"), status.ready ? "" : waiting?.reason || "starting");
  document.title = `${status.application} · forecaster`;
}

function showUnreachable(error) {
  document.getElementById("health").className = "dot bad";
  if (error.status === 401) askForToken(view, () => location.reload());
  else fill(document.getElementById("connection"), h("span", { class: "bad" }, error.message));
}

function switchTheme() {
  const isDark = getComputedStyle(document.documentElement).colorScheme.includes("light dark")
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : document.documentElement.dataset.theme === "dark";
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* kept for this page alone */ }
  redraw();
}

document.getElementById("theme").addEventListener("click", switchTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
document.addEventListener("keydown", event => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    const focus = () => document.querySelector("input[type=search]")?.focus();
    if (!document.querySelector("input[type=search]")) {
      addEventListener("hashchange", focus, { once: true }); // after the one that shows the list
      location.hash = "#/series";
    }
    focus();
  }
});
window.addEventListener("hashchange", () => { route(); view.focus({ preventScroll: true }); });

poll(1000, async signal => {
  const status = await get("status", {}, signal);
  showHealth(status);
  history.add(status);
}, showUnreachable);
route();

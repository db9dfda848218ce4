// Charts of the page: one look for all, drawn by the library that the page loads as a plain script.

const all = new Set();
const library = document.getElementById("chart-library"); // figures and tables don't wait for it
library.addEventListener("load", () => redraw());

/** A colour of the style sheet as it is now, optionally with an opacity. */
export function colour(name, opacity = 1) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g);
  probe.remove();
  return `rgba(${r}, ${g}, ${b}, ${opacity})`;
}

/** How figures under the pointer are written: four digits that count, in groups. */
export const digits = ",.4~r";

export const palette = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];

/** A chart in an element. `draw` gives { traces, layout } and is called again for new data and for another theme. */
export class Chart {
  constructor(element, label, draw) {
    this.element = element;
    this.draw = draw;
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
    element.addEventListener("mousemove", event => { this.pointer = event.isTrusted ? event : this.pointer; });
    element.addEventListener("mouseleave", () => { this.pointer = null; });
    this.size = new ResizeObserver(() => this.update());
    this.size.observe(element);
    all.add(this);
  }

  /** Draws what `draw` gives now; calls between two frames are one. */
  update() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (window.Plotly && this.element.isConnected && this.element.clientWidth > 0) this.show();
    });
  }

  show() {
    const { traces, layout = {} } = this.draw();
    Plotly.react(this.element, traces, {
      ...look(this.element), ...layout,
      xaxis: { ...axis(), tickangle: 0, nticks: Math.max(3, this.element.clientWidth / 110 | 0), ...layout.xaxis },
      yaxis: { ...axis(), nticks: 5, showspikes: false, ...layout.yaxis },
    }, { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false });
    this.point();
    this.element.dataset.draws = String(1 + Number(this.element.dataset.draws ?? 0));
  }

  /** Shows the figures under the pointer again: drawing has taken them away. */
  point() {
    if (!this.pointer) return;
    const { clientX, clientY } = this.pointer;
    const moved = new MouseEvent("mousemove", { clientX, clientY, bubbles: true });
    this.element.querySelector(".nsewdrag")?.dispatchEvent(moved);
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.size.disconnect();
    all.delete(this);
    if (this.element.querySelector(".plotly")) Plotly.purge(this.element);
  }
}

/** Draws all charts again: the theme has changed. */
export function redraw() {
  for (const chart of all) chart.update();
}

function look(element) {
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    margin: { l: 48, r: 6, t: 8, b: 42 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: colour("soft") },
    showlegend: false,
    hovermode: "x unified",
    hoverlabel: {
      bgcolor: colour("ground", 0.96), bordercolor: colour("line"), font: { color: colour("ink"), size: 12 },
    },
    dragmode: "zoom",
    uirevision: "kept",
  };
}

function axis() {
  return {
    gridcolor: colour("line"), zeroline: false, linecolor: "rgba(0,0,0,0)", tickcolor: "rgba(0,0,0,0)", ticks: "",
    fixedrange: true, automargin: false, separatethousands: true, exponentformat: "SI",
    spikecolor: colour("soft"), spikethickness: 1, spikedash: "dot",
  };
}

/** A line. */
export const line = (name, x, y, tone, more = {}) => ({
  type: "scatter", mode: "lines", name, x, y, connectgaps: false, hovertemplate: `%{y:${digits}}`, ...more,
  line: { color: colour(tone), width: 1.6, ...more.line },
});

/** The area between two lines: its lower edge, then its upper. */
export const band = (name, x, lower, upper, tone, opacity = 0.14) => [
  { type: "scatter", mode: "lines", x, y: lower, line: { width: 0 }, hoverinfo: "skip", connectgaps: false },
  { type: "scatter", mode: "lines", name, x, y: upper, line: { width: 0 }, hoverinfo: "skip", connectgaps: false,
    fill: "tonexty", fillcolor: colour(tone, opacity) },
];

/** Dots on lines, which have the figures. */
export const dots = (name, x, y, tone, marker = {}) => ({
  type: "scatter", mode: "markers", name, x, y, hoverinfo: "skip",
  marker: { color: colour(tone), size: 7, line: { color: colour("ground"), width: 1.5 }, ...marker },
});

/** A line across the chart that figures are compared with. */
export const level = (y, text) => ({
  shapes: [{
    type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, line: { color: colour("soft"), width: 1, dash: "dot" },
  }],
  annotations: [{
    xref: "paper", x: 1, xanchor: "right", y, yanchor: "bottom", text, showarrow: false,
    font: { size: 11, color: colour("soft") },
  }],
});

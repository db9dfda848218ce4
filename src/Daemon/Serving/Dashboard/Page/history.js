// What /status said while the page was open: the overview draws it.

const most = 600;

export class History {
  points = [];
  latest = null;
  listeners = new Set();

  add(status) {
    this.latest = status;
    this.points.push({
      time: Date.now(), records: status.recordsPerSecond, forecasts: status.forecastsPerSecond, lag: status.lagRecords,
      error: status.accuracy?.[0]?.errorRatio,
    });
    if (this.points.length > most) this.points.shift();
    for (const listener of this.listeners) listener(status);
  }

  /** Tells of each answer, the last one at once. @returns a function that ends it. */
  follow(listener) {
    this.listeners.add(listener);
    if (this.latest) listener(this.latest);
    return () => this.listeners.delete(listener);
  }

  column(name) {
    return this.points.map(point => point[name] ?? null);
  }
}

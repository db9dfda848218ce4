// A series as it goes on: looked at when its forecasts come, and now and then in any case.

import { get, listen, poll } from "./api.js";

const liveMs = 500; // between two looks while forecasts come
const quietMs = 3000; // between two looks at the most

/** Calls `shown` with the series again and again, `failed` with what goes wrong.
 *  @returns `stop`, and whether forecasts are heard of as they come. */
export function followSeries(id, shown, failed) {
  let changed = true;
  let isLive = true;
  let lookedAt = 0;
  const stopEvents = listen(id, () => { changed = true; }, () => { isLive = false; });
  const stopPolling = poll(liveMs, async signal => {
    if (!changed && Date.now() - lookedAt < quietMs) return;
    changed = false;
    lookedAt = Date.now();
    // No redirect: this page may ask this instance only.
    shown(await get(`series/${encodeURIComponent(id)}`, { noredirect: true }, signal));
  }, error => {
    changed = true;
    failed(error);
  });
  return {
    isLive: () => isLive,
    stop: () => {
      stopEvents();
      stopPolling();
    },
  };
}

// Looks at the dashboard of a running demo as a reader would, in Debian's Chromium. Arguments: its address, and
// optionally a folder for pictures. Ends with 1 at the first thing that is not as it should be.
const fs = require("fs");
const os = require("os");
const path = require("path");
const assert = require("assert");
const { chromium } = require("playwright-core");

const [address, pictures] = process.argv.slice(2);
const patience = 60_000;
const complaints = [];

async function main() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "forecaster-browser-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium", headless: true, viewport: { width: 1280, height: 900 }, colorScheme: "light",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    watch(page);
    await overview(page);
    await search(page);
    await series(page);
    await training(page);
    await themesAndWidths(page);
    assert.deepStrictEqual(complaints, []);
    await missing(page);
    await unreachable(page);
    console.log("all is as it should be");
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

/** Whatever the page complains about, or asks of another machine, is noted. */
function watch(page) {
  page.on("console", message => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("request", request => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) complaints.push(`asks ${request.url()}`);
  });
}

async function overview(page) {
  const begun = Date.now();
  await page.goto(address);
  await drawn(page, "#flow");
  console.log(`first chart after ${Date.now() - begun} ms`);
  await drawn(page, "#errors");
  await moves(page, "#flow");
  await page.waitForFunction(() => /naive/.test(document.querySelector("h1").textContent));
  await page.waitForFunction(() => document.querySelectorAll(".cells i").length === 8);
  await page.waitForSelector("tbody tr a");
  await shot(page, "overview");
}

async function search(page) {
  await page.click("nav a[data-page=series]");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 18);
  await page.keyboard.press("/");
  await page.keyboard.type("taxi");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.match(await page.textContent("tbody tr"), /nyc_taxi/);
  await page.fill("input[type=search]", "no such thing");
  await page.waitForFunction(() => /No series has/.test(document.getElementById("view").textContent));
  await page.fill("input[type=search]", "");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 18);
  await shot(page, "series-list");
  await focusStays(page);
  await page.fill("input[type=search]", "taxi");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.click("tbody tr a");
}

/** Who goes through the live list by keyboard stays where he is. */
async function focusStays(page) {
  await page.focus("tbody tr:last-child a");
  const link = await page.evaluate(() => document.activeElement.href);
  const before = await page.evaluate(() => document.querySelector("tbody").innerText);
  await page.waitForFunction(text => document.querySelector("tbody").innerText !== text, before);
  assert.strictEqual(await page.evaluate(() => document.activeElement.href), link);
}

async function series(page) {
  await page.waitForFunction(() => document.querySelector("h1.name")?.textContent === "nyc_taxi");
  await drawn(page, "#forecast");
  const before = await page.textContent(".lead");
  await page.waitForFunction(text => document.querySelector(".lead").textContent !== text, before);
  await moves(page, "#forecast");
  await page.waitForSelector(".bars i");
  await page.click("text=300 steps");
  await page.waitForTimeout(pictures ? 15_000 : 0);
  await shot(page, "series");
}

async function training(page) {
  await page.click("nav a[data-page=training]");
  await page.waitForFunction(() => /in force/.test(document.querySelector("h1").textContent));
  await shot(page, "training");
}

async function themesAndWidths(page) {
  await page.click("nav a[data-page=overview]");
  await drawn(page, "#flow");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.click("#theme");
  assert.notStrictEqual(await ground(), light);
  await shot(page, "overview-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.scrollingElement.scrollWidth <= innerWidth);
  await shot(page, "overview-narrow");

  // Every chart and control has a name, and the page one first heading.
  assert.deepStrictEqual(await page.evaluate(() => [
    [...document.querySelectorAll(".chart")].filter(chart => !chart.getAttribute("aria-label")).length,
    [...document.querySelectorAll("button, input, select")].filter(control => !(control.ariaLabel || control.textContent.trim())).length,
    document.querySelectorAll("h1").length,
  ]), [0, 0, 1]);
  await page.click("#theme");
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function missing(page) {
  await page.goto(`${address}#/series/there-is-no-such-series`);
  await page.waitForSelector("[role=alert]");
}

async function unreachable(page) {
  await page.context().setOffline(true);
  await page.waitForFunction(() => /does not answer/.test(document.getElementById("connection").textContent));
  await page.context().setOffline(false);
  await page.waitForFunction(() => !/does not answer/.test(document.getElementById("connection").textContent));
}

const draws = (page, chart) => page.evaluate(name => Number(document.querySelector(name)?.dataset.draws ?? 0), chart);

/** The chart is there, and has lines or bars. */
const drawn = (page, chart) => page.waitForFunction(
  name => document.querySelectorAll(`${name} .main-svg .trace path`).length > 0, chart);

/** The chart is drawn again as time goes on, with something else in it. */
async function moves(page, chart) {
  const before = await page.evaluate(name => document.querySelector(`${name} .main-svg`).innerHTML, chart);
  const times = await draws(page, chart);
  await page.waitForFunction(([name, n, text]) => Number(document.querySelector(name).dataset.draws) > n
    && document.querySelector(`${name} .main-svg`).innerHTML !== text, [chart, times, before]);
}

async function shot(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

main().catch(error => {
  console.error(error, complaints);
  process.exit(1);
});

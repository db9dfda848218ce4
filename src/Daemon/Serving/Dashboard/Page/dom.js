// Elements without a framework.

/** Makes an element. `attributes`: on… are listeners, null and false leave out, others are set as they are.
 *  Children: elements, texts, arrays of them; null and false are left out. Text is never read as markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts children in the place of what an element holds. Nothing moves where they say the same, and a link that has the
 *  focus keeps it: who goes through a live list by keyboard must not be thrown out of it every other second. */
export function fill(element, ...children) {
  const next = h("div", {}, ...children);
  if (element.innerHTML === next.innerHTML) return;
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren(...next.childNodes);
  if (focused) [...element.querySelectorAll("a, summary")].find(same(focused))?.focus({ preventScroll: true });
}

const same = one => other => other.tagName === one.tagName && other.getAttribute("href") === one.getAttribute("href");

/** A table that scrolls by itself where it is too wide. `heads`: texts, or cells as h makes them; `rows`: rows. */
export const table = (heads, rows) => h("div", { class: "scroll" }, h("table", {},
  h("thead", {}, h("tr", {}, heads.map(head => head instanceof Element ? head : h("th", { scope: "col" }, head)))),
  h("tbody", {}, rows)));

/** A row of cells: each a text or element, or [attributes, …children]. */
export const row = (...cells) => h("tr", {}, cells.filter(cell => cell !== false).map(cell =>
  Array.isArray(cell) ? h("td", ...cell) : h("td", {}, cell)));

/** A heading with the caption that says what is good and what is bad. */
export function section(title, caption, ...children) {
  return h("section", {}, h("h2", {}, title), caption && h("p", { class: "caption" }, caption), ...children);
}

/** Waits until calls stop coming. */
export function debounce(ms, action) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), ms);
  };
}

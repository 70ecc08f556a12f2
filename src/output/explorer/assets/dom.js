// Building blocks: elements whose content is text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; a function under `on…` listens, text becomes a text node. */
function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "css") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

/** Replaces what an element holds. */
function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
}

/** A row of tabs; arrow keys move between them, as readers of screens expect. */
function tabs(list, items, current, choose) {
  const buttons = items.map(([key, label]) =>
    h("button", {
      type: "button", role: "tab", id: `${list.id}-${key}`, "aria-selected": String(key === current),
      tabindex: key === current ? "0" : "-1", onclick: () => choose(key),
    }, label));
  list.onkeydown = (event) => {
    const at = items.findIndex(([key]) => `${list.id}-${key}` === document.activeElement.id);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1
      : step && at >= 0 ? (at + step + items.length) % items.length : -1;
    if (next < 0) return;
    event.preventDefault();
    choose(items[next][0]);
    byId(`${list.id}-${items[next][0]}`).focus();
  };
  const focused = list.contains(document.activeElement) ? document.activeElement.id : null;
  put(list, buttons);
  if (focused && byId(focused)) byId(focused).focus();
}

/** `1 sentence`, `2 sentences`. */
const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** Words of a schema as people write them. */
const plain = (word) => word.replaceAll("_", " ");

/** Runs `what` once, when the browser draws next. */
function soon(what) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; what(); });
  };
}

// A picture that can be moved and zoomed: an SVG with one group whose transform is the view. Graph and map share it.

/** `redraw` is called when the scale has changed: labels and dots keep their size on the screen. */
function canvas(label, redraw) {
  const layer = s("g");
  const svg = s("svg", { class: "canvas", role: "group", "aria-label": label, tabindex: "-1" }, layer);
  const view = { svg, layer, x: 0, y: 0, scale: 1, moved: false, drag: null };
  const later = soon(() => redraw(view));

  view.apply = () => {
    layer.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.scale.toFixed(5)})`);
    later();
  };
  view.size = () => { const box = svg.getBoundingClientRect(); return [box.width || 600, box.height || 400]; };
  view.zoom = (by, px, py) => {
    const [w, high] = view.size();
    const [cx, cy] = [px ?? w / 2, py ?? high / 2];
    const scale = Math.min(view.most ?? 8, Math.max(view.least ?? 0.02, view.scale * by));
    view.x = cx - (cx - view.x) * scale / view.scale;
    view.y = cy - (cy - view.y) * scale / view.scale;
    view.scale = scale;
    view.apply();
  };
  /** Shows a box of the picture's own units. */
  view.fit = ([left, top, right, bottom], nearest = 1.6) => {
    const [w, high] = view.size();
    view.scale = Math.min(nearest, (w - 60) / Math.max(1, right - left), (high - 60) / Math.max(1, bottom - top));
    view.x = w / 2 - (left + right) / 2 * view.scale;
    view.y = high / 2 - (top + bottom) / 2 * view.scale;
    view.apply();
  };
  view.centre = (x, y) => {
    const [w, high] = view.size();
    const [px, py] = [x * view.scale + view.x, y * view.scale + view.y];
    if (px > 60 && py > 40 && px < w - 60 && py < high - 40) return;
    view.x = w / 2 - x * view.scale;
    view.y = high / 2 - y * view.scale;
    view.apply();
  };

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    view.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  const pointers = new Map();
  svg.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    view.moved = false;
    view.held = view.grab?.(event) ?? null;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before[0], event.clientY - before[1]];
    if (!view.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
    if (!view.moved) svg.setPointerCapture(event.pointerId);
    view.moved = true;
    if (pointers.size === 2) {
      const [other] = [...pointers.entries()].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
      const far = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      const box = svg.getBoundingClientRect();
      view.zoom(far([event.clientX, event.clientY]) / Math.max(1, far(before)), other[0] - box.left, other[1] - box.top);
    } else if (view.held) {
      view.held(dx / view.scale, dy / view.scale);
    } else {
      view.x += dx;
      view.y += dy;
      view.apply();
    }
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  const done = (event) => pointers.delete(event.pointerId);
  svg.addEventListener("pointerup", done);
  svg.addEventListener("pointercancel", done);
  // What ends a drag is no click.
  svg.addEventListener("click", (event) => { if (view.moved) { event.stopPropagation(); view.moved = false; } }, true);
  return view;
}

/** Buttons that every picture has. */
function zoomButtons(view, fit) {
  const button = (text, label, act) => h("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
  return h("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
    button("+", "Zoom in", () => view.zoom(1.4)), button("−", "Zoom out", () => view.zoom(1 / 1.4)), button("Fit", "Show all", fit));
}

/** Of labels that would lie on each other the more important stays. `items`: [x, y, width, height, element] on the screen, best first. */
function thin(items) {
  const kept = [];
  for (const [x, y, w, high, element] of items) {
    const free = kept.every(([a, b, c, d]) => x + w < a || a + c < x || y + high < b || b + d < y);
    element.classList.toggle("crowded", !free);
    if (free) kept.push([x, y, w, high]);
  }
}

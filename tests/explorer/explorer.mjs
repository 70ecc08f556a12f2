// What a reader does with the explorer, done in a headless browser. Run by run.sh.
import assert from "node:assert/strict";
import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [browser, work, shots] = process.argv.slice(2);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "explorer-")), { executablePath: browser, args: flags, viewport: { width: 1280, height: 800 } });

/** A page of a file; what it complains of and what it asks the network for is kept. */
async function open(file, hash = "") {
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) page.complaints.push(m.text()); });
  page.on("pageerror", (e) => page.complaints.push(e.message));
  page.on("dialog", (d) => { page.complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) page.complaints.push(`request: ${r.url()}`); });
  await page.goto(`file://${work}/${file}${hash}`);
  await page.waitForSelector("tr[data-at]", { state: "attached" });
  return page;
}

const text = (page, selector) => page.locator(selector).first().innerText();
const number = (words) => Number(/^([\d,]+)/.exec(words)[1].replaceAll(",", ""));
const focused = (page, of) => page.evaluate((f) => { const e = document.activeElement; return f === "text" ? e.textContent : f === "id" ? e.id : e.getAttribute(f); }, of);

const tests = {
  async "it is under a megabyte"() {
    assert.ok(statSync(`${work}/seeds.html`).size < 1_000_000);
  },

  async "tables are tables, and sort"(page) {
    assert.match(await text(page, "#count"), /\d+ nodes · \d+ relations/);
    assert.ok(await page.locator("table thead th[scope=col]").count() >= 4);
    const first = () => text(page, "tr[data-at='0'] button");
    await page.getByRole("button", { name: "Name", exact: true }).click();
    const low = await first();
    await page.getByRole("button", { name: /^Name/ }).click();
    assert.ok(low < await first(), "descending starts later in the alphabet");
    for (const table of ["Relations", "Sentences", "Documents"]) {
      await page.getByRole("tab", { name: new RegExp(`^${table}`) }).click();
      assert.ok(await page.locator("tr[data-at]").count() > 5, table);
    }
  },

  async "search finds names, marks aside, and words in sentences"(page) {
    const all = number(await text(page, "#count"));
    await page.fill("#q", "turkiye");
    await page.waitForFunction((n) => !document.querySelector("#count").textContent.startsWith(`${n} nodes`), all);
    assert.match(await text(page, "tr[data-at='0'] button"), /Türkiye/);
    await page.fill("#q", "zzzz nothing");
    await page.waitForSelector("text=Nothing passes");
    await page.fill("#q", "");
    await page.waitForSelector("tr[data-at='5']");
  },

  async "filters narrow, and the address keeps them"(page) {
    const all = await text(page, "#count");
    await page.click("#filter-button");
    await page.locator("[data-list=modes] button", { hasText: "none" }).click();
    await page.locator("[data-list=modes] input[value=denied]").check();
    const denied = await text(page, "#count");
    assert.notEqual(denied, all);
    await page.getByRole("tab", { name: /^Relations/ }).click();
    assert.ok(await page.locator("tr[data-at]").count() > 0);
    const link = page.url();
    assert.match(link, /modes=denied/);
    const again = await open(link.slice(link.lastIndexOf("/") + 1));
    assert.equal(await text(again, "#count"), denied);
    assert.deepEqual(again.complaints, []);
    await again.close();
    await page.click("#clear");
    assert.equal(await text(page, "#count"), all);
    await page.locator("[data-date=since]").fill("2099");
    await page.waitForFunction(() => /^0 of/.test(document.querySelector("#count").textContent));
    await page.click("#clear");
  },

  async "a relation leads to its sentence, and the sentence to its document"(page) {
    await page.getByRole("tab", { name: /^Relations/ }).click();
    await page.fill("#q", "middle corridor russia");
    await page.locator("tr[data-at]", { hasText: "bypasses" }).first().locator("button").click();
    assert.match(await text(page, "#details blockquote"), /Russia/);
    assert.ok(await page.locator("#details mark").count() > 0);
    const place = await text(page, "#details .place");
    assert.match(place, /\.(txt|md|html):\d+$/);
    await page.locator("#details .place").first().click();
    assert.equal(await text(page, "#details li.here .line"), place.split(":").pop());
    await page.goBack();
    await page.waitForSelector("#details .place");
  },

  async "the graph opens nodes, grows and zooms"(page) {
    await page.getByRole("tab", { name: "Graph" }).click();
    const nodes = () => page.locator(".canvas .node").count();
    const before = await nodes();
    assert.ok(before > 20);
    await page.locator(".canvas .node").last().dispatchEvent("click");
    await page.waitForSelector("#details h2");
    const scale = () => page.locator(".canvas > g").getAttribute("transform");
    const old = await scale();
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.notEqual(await scale(), old);
    await page.getByRole("button", { name: "Show what surrounds it" }).click();
    assert.match(page.url(), /around=/);
    const near = await nodes();
    assert.ok(near < before);
    await page.locator(".canvas .edge").first().dispatchEvent("click");
    await page.waitForSelector("#details blockquote");
    await page.click("#all");
    assert.ok(await nodes() > near);
  },

  async "a node can be dragged"(page) {
    await page.getByRole("tab", { name: "Graph" }).click();
    const node = page.locator(".canvas .node").last();
    const before = await node.getAttribute("transform");
    const box = await node.locator("circle").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 50, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await node.getAttribute("transform"), before);
  },

  async "the map draws ways and lists what it cannot"(page) {
    await page.getByRole("tab", { name: "Map" }).click();
    assert.ok(await page.locator(".way").count() >= 5);
    assert.ok(await page.locator(".way.guessed").count() >= 1, "an order that is not in the texts is told");
    const names = page.locator(".beside h3");
    assert.match(await names.first().innerText(), /ways on the map/i);
    await page.locator(".beside button").first().click();
    assert.ok(await page.locator(".way.on").count() === 1);
  },

  async "the map tells stated from inferred avoidance"(page) {
    await page.getByRole("tab", { name: "Map" }).click();
    await page.selectOption("#avoid", { label: "Russia" });
    assert.match(page.url(), /avoid=state%2Frussia/);
    assert.equal(await focused(page, "id"), "avoid", "the keyboard stays where it was");
    const headings = (await page.locator(".beside h3").allInnerTexts()).join("\n");
    assert.match(headings, /Russia: said to leave it out \(\d+\)/i);
    assert.match(headings, /Russia: inferred/i);
    const counts = await page.evaluate(() => Object.fromEntries(["stated", "inferred", "touching"].map((b) => [b, document.querySelectorAll(`.canvas .way[data-basis=${b}]`).length])));
    assert.ok(counts.stated >= 1 && counts.inferred >= 1, JSON.stringify(counts));
    // Only what a text says has a relation that says it.
    const first = page.locator(".beside h3[data-basis=stated] + ul button").first();
    await first.click();
    // A way may leave out others too: what stands under that very heading must name Russia.
    await page.waitForSelector("#details h3");
    const said = await page.evaluate(() => [...document.querySelectorAll("#details h3, #details h4")]
      .filter((h) => /bypasses|leaves? out|avoids/i.test(h.textContent))
      .flatMap((h) => [...(h.nextElementSibling?.querySelectorAll("button, a") ?? [])].map((to) => to.textContent)));
    assert.ok(said.some((name) => /^Russia\b/.test(name.trim())), JSON.stringify(said));
    await page.selectOption("#avoid", "");
    assert.equal(await page.locator(".canvas .way[data-basis=stated]").count(), 0);
  },

  async "the timeline is in order and leads to evidence"(page) {
    await page.getByRole("tab", { name: "Timeline" }).click();
    const years = await page.locator(".timeline h3").allInnerTexts();
    assert.deepEqual([...years], [...years].sort());
    const words = await page.locator(".timeline li").allInnerTexts();
    assert.ok(words.length > 5 && !words.some((w) => /is located in|passes through/.test(w)), "where things lie is no event");
    await page.locator(".timeline section button").first().click();
    await page.waitForSelector("#details h2");
  },

  async "everything goes by keyboard"(page) {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page, "class"), "row", "the skip link leads into the table");
    const first = await focused(page, "text");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await focused(page, "text"), first);
    await page.keyboard.press("End");
    assert.ok(number(await page.evaluate(() => document.activeElement.closest("tr").dataset.at)) > 50);
    await page.keyboard.press("Home");
    assert.equal(await focused(page, "text"), first);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page, "id"), "details", "the panel takes the focus");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page, "text"), first, "and gives it back");
    await page.keyboard.press("/");
    assert.equal(await focused(page, "id"), "q");
    await page.locator("#views-table").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page, "id"), "views-graph");
    assert.match(page.url(), /view=graph/);
    await page.locator(".canvas .node[tabindex='0']").focus();
    const node = await focused(page, "aria-label");
    let other = node;
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
      await page.keyboard.press(key);
      other = await focused(page, "aria-label");
      if (other !== node) break;
    }
    assert.notEqual(other, node);
    await page.keyboard.press("Enter");
    assert.ok(other.startsWith((await text(page, "#details h2")).trim()));
  },

  async "roles and names are there"(page) {
    for (const view of ["Tables", "Graph", "Map", "Timeline"]) {
      await page.getByRole("tab", { name: view }).click();
      const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, [role=group], [role=tablist]")]
        .filter((e) => e.offsetParent !== null && !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80)));
      assert.deepEqual(nameless, [], view);
    }
    assert.equal(await page.locator("h1").count(), 1);
    assert.equal(await page.locator("#count[role=status]").count(), 1);
  },

  async "print shows every row"(page) {
    const all = number(await text(page, "#count"));
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("tr[data-at]").count(), all);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.ok(await page.locator("tr[data-at]").count() < all || all < 60);
    assert.ok((await page.pdf()).length > 10_000);
  },
};

let failed = 0;
async function run(name, test) {
  try {
    await test();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.stack).split("\n").slice(0, 6).join("\n      ")}`);
  }
}

for (const [name, test] of Object.entries(tests)) {
  await run(name, async () => {
    const page = await open("seeds.html");
    await test(page);
    assert.deepEqual(page.complaints, []);
    await page.close();
  });
}

await run("hostile documents stay text", async () => {
  const page = await open("hostile.html");
  assert.notEqual(await page.title(), "owned");
  for (const view of ["graph", "map", "time", "table"]) {
    await page.locator(`#views-${view}`).click();
    await page.waitForTimeout(100);
  }
  for (const table of ["Relations", "Sentences", "Documents", "Nodes"]) {
    await page.getByRole("tab", { name: new RegExp(`^${table}`) }).click();
    const rows = await page.locator("tr[data-at] .row").count();
    for (let i = 0; i < Math.min(rows, 5); i++) await page.locator("tr[data-at] .row").nth(i).click();
  }
  const scripts = await page.evaluate(() => [document.scripts.length, document.querySelectorAll("img, b[onmouseover], svg[onload], i").length]);
  assert.deepEqual(scripts, [2, 0]);
  // The policy holds even where a page should be tricked into making an element.
  await page.evaluate(() => { const s = document.createElement("script"); s.textContent = "document.title = 'owned'"; document.body.append(s); });
  assert.notEqual(await page.title(), "owned");
  assert.ok(page.complaints.every((c) => /Content Security Policy/.test(c)), page.complaints.join("\n"));
  await page.close();
});

await run("10,000 nodes stay usable", async () => {
  const begin = Date.now();
  const page = await open("big.html");
  const loaded = Date.now() - begin;
  assert.match(await text(page, "#count"), /^10,000 nodes/);
  assert.ok(await page.locator("tr[data-at]").count() < 120, "only rows near the window are in the page");
  const timed = async (what) => { const t = Date.now(); await what(); return Date.now() - t; };
  const search = await timed(async () => { await page.fill("#q", "thing 9999"); await page.waitForFunction(() => document.querySelector("#count").textContent.startsWith("1 of")); });
  await page.fill("#q", "");
  await page.waitForFunction(() => document.querySelector("#count").textContent.startsWith("10,000 nodes"));
  const end = await timed(async () => { await page.locator("tr[data-at='0'] button").focus(); await page.keyboard.press("End"); await page.waitForSelector("tr[data-at='9999']"); });
  const graph = await timed(async () => { await page.locator("#views-graph").click(); await page.waitForSelector(".canvas .node"); });
  console.log(`      loaded in ${loaded} ms, searched in ${search}, to the last row in ${end}, graph in ${graph}; ${(statSync(`${work}/big.html`).size / 1e6).toFixed(2)} MB`);
  assert.ok(loaded < 8000 && search < 4000 && end < 2000 && graph < 5000);
  assert.deepEqual(page.complaints, []);
  await page.close();
});

if (shots) {
  const views = { table: "", relations: "table=edges", graph: "view=graph", node: "view=graph&select=n%3Acorridor%2Fmiddle-corridor", map: "view=map&select=n%3Acorridor%2Fmiddle-corridor", around: "view=map&avoid=state%2Frussia", time: "view=time" };
  for (const [name, hash] of Object.entries(views)) {
    for (const [width, height] of [[1280, 800], [390, 800]]) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await open("seeds.html", `#${hash}`);
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.reload();
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`) });
        await page.close();
      }
    }
  }
}
await context.close();
console.log(failed ? `explorer: ${failed} FAILED` : "explorer: all well");
process.exit(failed ? 1 : 0);

// The main pages are light, also on a first visit, and nothing on them moves once it is there.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, kind, meldAan, venster } from "./browser.mjs";

/** Bytes of HTML, style, script and font of one page on a first visit, as they come over the line. */
const MAX_BYTES = 60_000;
/** Where a page moves more than this, a reader notices. */
const MAX_SCHUIF = 0.01;

let chrome;
before(async () => { chrome = await browser(); });
after(async () => chrome.close());

for (const [naam, rol, pad] of [
  ["ochtendlijst", "verzuimcoordinator", () => "/ochtendlijst"],
  ["leerlingen", "verzuimcoordinator", () => "/leerlingen"],
  ["dossier", "verzuimcoordinator", () => `/leerling/${kind("Sam")}`],
  ["verzuim", "verzuimcoordinator", () => `/leerling/${kind("Sam")}/verzuim`],
  ["monitor", "beleid", () => "/monitor"],
]) {
  test(`${naam}: small, and stands still`, async (t) => {
    const page = await venster(chrome);
    await meldAan(page, rol);
    await page.addInitScript(() => {
      window.schuif = 0;
      new PerformanceObserver((lijst) => {
        for (const stap of lijst.getEntries()) window.schuif += stap.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const lijn = await page.context().newCDPSession(page);
    await lijn.send("Network.enable");
    await lijn.send("Network.setCacheDisabled", { cacheDisabled: true });
    const bytes = { blad: 0, letter: 0 };
    const soort = new Map();
    lijn.on("Network.responseReceived", (e) => soort.set(e.requestId, e.type));
    lijn.on("Network.loadingFinished", (e) => {
      bytes[soort.get(e.requestId) === "Font" ? "letter" : "blad"] += e.encodedDataLength;
    });
    await page.goto(pad(), { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar)))));
    const schuif = await page.evaluate(() => window.schuif);
    t.diagnostic(`${naam}: ${bytes.blad} bytes, font ${bytes.letter} bytes, layout shift ${schuif}`);
    const alles = bytes.blad + bytes.letter;
    assert.ok(bytes.blad > 1_000 && alles <= MAX_BYTES, `${naam} is ${alles} bytes`);
    assert.ok(schuif < MAX_SCHUIF, `${naam} moves by ${schuif}`);
    await page.context().close();
  });
}

// Pictures of the main pages for the handbook, made by `cargo xtask beelden`: the same region, day and window each time.
import { mkdir, rm } from "node:fs/promises";
import { browser, kind, meldAan, venster } from "./e2e/browser.mjs";

const map = new URL("../docs/handleiding/beelden/", import.meta.url).pathname;
await rm(map, { recursive: true, force: true });
await mkdir(map, { recursive: true });
const chrome = await browser();

const sam = `/leerling/${kind("Sam")}`;
const BEELDEN = {
  verzuimcoordinator: [
    ["ochtendlijst", "/ochtendlijst"],
    ["leerlingen", "/leerlingen"],
    ["signalen", "/signalen"],
    ["dossier", sam],
    ["verzuim", `${sam}/verzuim`, kalender],
    ["mdo", `${sam}/mdo`],
    ["contact", `${sam}/contact`],
    ["invoer", "/invoer", controle],
  ],
  beleid: [["monitor", "/monitor"]],
  beheerder: [["beheer", "/beheer"]],
  // So that there is a look to read back.
  leerplichtambtenaar: [["", "/ochtendlijst"]],
  privacy: [["leeslog", "/leeslog"]],
};

/** Where the calendar begins: the picture starts there. */
async function kalender(page) {
  return page.getByRole("heading", { name: "Kalender" }).evaluate((kop) => kop.getBoundingClientRect().top - 24);
}

/** Has a file with a wrong row looked at; nothing of it is taken over. */
async function controle(page) {
  const regels = [
    "brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort",
    "90AA;90AA00;200001;2026-03-19;1;1;;ziek",
    "90AA;90AA00;200002;2026-02-30;1;1;;ziek",
  ];
  await page.getByLabel("verzuim", { exact: true }).check();
  await page.locator("input[type=file]").setInputFiles({ name: "verzuim.csv", mimeType: "text/csv", buffer: Buffer.from(regels.join("\n")) });
  await page.getByRole("button", { name: "Bestand bekijken" }).click();
  await page.getByRole("heading", { name: "Dit staat in het bestand" }).waitFor();
}

try {
  for (const [rol, beelden] of Object.entries(BEELDEN)) {
    const page = await venster(chrome);
    await meldAan(page, rol);
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const [naam, pad, doe] of beelden) {
      await page.goto(pad, { waitUntil: "networkidle" });
      const y = (await doe?.(page)) ?? 0;
      await page.evaluate(() => document.fonts.ready);
      if (!naam) continue;
      const clip = { x: 0, y, width: 1280, height: 800 };
      await page.screenshot({ path: `${map}${naam}.png`, fullPage: y > 0, clip, animations: "disabled", caret: "hide" });
    }
    await page.context().close();
  }
} finally {
  await chrome.close();
}

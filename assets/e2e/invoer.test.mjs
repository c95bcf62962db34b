// Whoever hands over the absence of a school sees first what the file does, and which row is wrong.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, lees, open, opTelefoon, tabNaar } from "./browser.mjs";

const REGELS = [
  "brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort",
  "90AA;90AA00;200001;2026-03-19;1;1;;ziek",
  "90AA;90AA00;200002;2026-02-30;1;1;;ziek",
];

test("a file with a wrong row is shown before anything is taken over", () =>
  alsRol("verzuimcoordinator", async (page) => {
    await open(page, "Invoer");
    await tabNaar(page, "verzuim");
    await page.keyboard.press("Space");
    // The window with which a computer lets one choose a file is outside the page.
    await page.locator("input[type=file]").setInputFiles({ name: "verzuim.csv", mimeType: "text/csv", buffer: Buffer.from(REGELS.join("\n")) });
    await opTelefoon(page);
    await open(page, "Bestand bekijken");
    const told = await lees(page);
    assert.match(told, /Er is nog niets vastgelegd\./);
    assert.match(told, /Bevindingen/);
    assert.match(told, /2026-02-30/);
    await opTelefoon(page);
    await open(page, "Ander bestand kiezen");
  }));

// A mentor: an empty morning, then a call about a pupil of the class.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kijk, kind, lees, open, opTelefoon, tabNaar, typ } from "./browser.mjs";

test("a mentor looks up a pupil of the class and notes what was said", () =>
  alsRol("mentor", async (page) => {
    assert.match(await lees(page), /Ochtendlijst/);
    await open(page, "Leerlingen");
    const links = page.locator("main a[href^='/leerling/']");
    const pupils = await links.evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.innerText]));
    assert.ok(pupils.some(([adres]) => adres.includes(kind("Sam"))), "Sam is in this class");
    // Another pupil, so that journeys of others do not meet this one.
    const [, naam] = pupils.find(([adres]) => !adres.includes(kind("Sam")));
    await open(page, naam);
    await open(page, "Contact vastleggen");
    await opTelefoon(page);
    await tabNaar(page, "Ja");
    await page.keyboard.press("Space");
    await tabNaar(page, "ouders");
    await page.keyboard.press("Space");
    await tabNaar(page, "telefoon");
    await page.keyboard.press("Space");
    await typ(page, "Wat is besproken?", "Het gaat goed in de klas.");
    await open(page, "Vastleggen");
    assert.match(await lees(page), /Vastgelegd\./);
    await open(page, "Gesprekken");
    assert.match(await lees(page), /Het gaat goed in de klas\./);
    await kijk(page);
  }));

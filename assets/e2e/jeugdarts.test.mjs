// A jeugdarts: a consult was asked for; it gets a day. Nothing medical has a place.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kiesDag, kind, lees, open, opTelefoon, regio, tabNaar } from "./browser.mjs";

test("a jeugdarts plans the consult that was asked for", () =>
  alsRol("jeugdarts", async (page) => {
    await open(page, "Leerlingen");
    const naam = await page.locator(`a[href='/leerling/${kind("EindelozeZiekte")}']`).first().innerText();
    await open(page, naam);
    await open(page, "Consult van de jeugdarts");
    await opTelefoon(page);
    await tabNaar(page, "gevraagd");
    await page.keyboard.press("ArrowDown");
    await kiesDag(page, "Wanneer?", regio.vandaag);
    await open(page, "Vastleggen");
    assert.match(await lees(page), /Vastgelegd\./);
    await open(page, "Tijdlijn");
    assert.match(await lees(page), /[Cc]onsult/);
  }));

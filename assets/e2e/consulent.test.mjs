// A consulent passend onderwijs: a call from the morning's list with a next step, and the line that tells it.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kiesDag, kijk, kind, lees, open, opTelefoon, tabNaar, typ } from "./browser.mjs";

test("a consulent notes a call and agrees on a next step, from the list", () =>
  alsRol("consulent", async (page) => {
    const link = page.locator(`h3 a[href='/leerling/${kind("AanbodNietPassend")}']`);
    const naam = await link.innerText();
    const lijn = page.locator("li", { has: link });
    await tabNaar(page, `Belnotitie ${naam}`);
    await page.keyboard.press("Enter");
    await kijk(page);
    await opTelefoon(page);
    await tabNaar(page, "Gesproken");
    await page.keyboard.press("Space");
    await typ(page, "Notitie", "Ouders willen de kleine groep bekijken.");
    await typ(page, "Volgende stap voor u", "Rondleiding in de kleine groep");
    await kiesDag(page, "Uiterlijk", "2026-03-27");
    await open(page, "Notitie vastleggen");
    assert.match(await lees(page), /Vastgelegd\./);
    assert.match(await lijn.innerText(), /Rondleiding in de kleine groep/);
    await open(page, naam);
    assert.match(await lees(page), /Ouders willen de kleine groep bekijken\./);
  }));

// A leerplichtambtenaar: a child without a school gets somebody who is responsible.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kind, lees, open, opTelefoon, tabNaar } from "./browser.mjs";

test("a leerplichtambtenaar takes a child without a school in hand", () =>
  alsRol("leerplichtambtenaar", async (page) => {
    const link = page.locator(`h3 a[href='/leerling/${kind("NooitIngeschreven")}']`);
    const lijn = page.locator("li", { has: link });
    const naam = await link.innerText();
    assert.match(await lijn.innerText(), /absoluut verzuim \(vermoedelijk\)/);
    await open(page, `Iemand aanwijzen voor ${naam}`);
    await opTelefoon(page);
    await tabNaar(page, "verantwoordelijke");
    await page.keyboard.press("Space");
    await open(page, "Vastleggen");
    assert.match(await lees(page), /Vastgelegd\./);
    await open(page, "Ochtendlijst");
    assert.doesNotMatch(await lijn.innerText(), /Wijs een verantwoordelijke aan/);
  }));

// An intern begeleider (po): the line says that nobody is responsible, and afterwards somebody is.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kind, lees, open, opTelefoon, tabNaar } from "./browser.mjs";

test("an ib'er names who is responsible for a child that was sent home", () =>
  alsRol("ib_er", async (page) => {
    const lijn = page.locator("li", { has: page.locator(`h3 a[href='/leerling/${kind("NaarHuisGestuurd")}']`) });
    assert.match(await lijn.innerText(), /Wijs een verantwoordelijke aan/);
    await opTelefoon(page);
    await open(page, "Iemand aanwijzen");
    await tabNaar(page, "verantwoordelijke");
    await page.keyboard.press("Space");
    await open(page, "Vastleggen");
    assert.match(await lees(page), /Vastgelegd\./);
    await open(page, "Ochtendlijst");
    assert.doesNotMatch(await lijn.innerText(), /Wijs een verantwoordelijke aan/);
  }));

// A policy officer: a number, what it means, and no child anywhere.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, lees, open, opTelefoon, regio } from "./browser.mjs";

test("a policy officer reads a number and what it means, and meets no child", () =>
  alsRol("beleid", async (page) => {
    assert.equal(new URL(page.url()).pathname, "/monitor");
    assert.match(await lees(page), /niet getoond/);
    await opTelefoon(page);
    const without = async () => {
      const bytes = await page.content();
      for (const { leerling } of regio.kinderen) assert.ok(!bytes.includes(leerling), `${leerling} on ${page.url()}`);
    };
    await without();
    await open(page, "Waarom kleine aantallen verborgen zijn");
    await without();
    await page.goBack();
    await open(page, "per school");
    await without();
    for (const blad of ["/leerlingen", "/ochtendlijst", `/leerling/${regio.kinderen[0].leerling}`]) {
      const antwoord = await page.goto(blad);
      assert.ok(antwoord.status() >= 400, `${blad} is not for a policy officer`);
      await without();
    }
  }));

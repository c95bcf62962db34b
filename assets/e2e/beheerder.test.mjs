// A beheerder: somebody is invited, with a link that is shown once; and which organisations there are.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, lees, open, opTelefoon, typ } from "./browser.mjs";

test("a beheerder invites somebody and looks at the organisations", () =>
  alsRol("beheerder", async (page) => {
    await open(page, "Beheer");
    await open(page, "Accounts");
    await typ(page, "Naam of e-mailadres", "heiloo-lpa1");
    await open(page, "Zoeken");
    const naam = await page.locator("main tbody a").first().innerText();
    await open(page, naam);
    assert.match(await lees(page), /niet uitgenodigd/);
    await open(page, "Uitnodigen");
    assert.match(await lees(page), /\/welkom\//);
    await opTelefoon(page);
    await open(page, "Beheer");
    await open(page, "Organisaties");
    await open(page, "Gemeente Heiloo");
    assert.ok((await lees(page)).includes(naam));
  }));

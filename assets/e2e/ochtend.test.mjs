// The morning of each role, by keyboard, as it is done.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { axeSchoon, bladzijden, browser, lees, meldAan, open, opTelefoon, regio, tabNaar, venster } from "./browser.mjs";

let chrome;
before(async () => { chrome = await browser(); });
after(async () => chrome.close());

const sam = () => regio.kinderen.find((kind) => kind.verloop === "Sam").leerling;

test("a verzuimcoördinator notes a call that nobody answered, by keyboard", async () => {
  const page = await venster(chrome);
  await meldAan(page, "verzuimcoordinator");
  await page.goto(`/leerling/${sam()}`);
  await tabNaar(page, "Contact vastleggen");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/contact");
  await tabNaar(page, "Ja");
  await page.keyboard.press("ArrowDown");
  await tabNaar(page, "Vastleggen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/gelukt=/);
  assert.match(await page.locator("main").innerText(), /Vastgelegd\./);
  await axeSchoon(page);
  await page.context().close();
});

test("a verzuimcoördinator notes 'geen gehoor' on the morning's list, and the dossier tells it", async () => {
  const page = await venster(chrome);
  await meldAan(page, "verzuimcoordinator");
  const naam = await page.locator(`h3 a[href='/leerling/${sam()}']`).innerText();
  await tabNaar(page, `Belnotitie ${naam}`);
  await page.keyboard.press("Enter");
  await axeSchoon(page);
  await tabNaar(page, "Gesproken");
  await page.keyboard.press("ArrowRight");
  await open(page, "Notitie vastleggen");
  assert.match(await lees(page), /Vastgelegd\./);
  await opTelefoon(page);
  await open(page, naam);
  assert.match(await page.locator("section[aria-labelledby=kop-contact]").innerText(), /20 maart 2026[^]*geen gehoor/i);
  await page.context().close();
});

test("a form that is filled in wrong says so at the top and at the field", async () => {
  const page = await venster(chrome);
  await meldAan(page, "verzuimcoordinator");
  await page.goto(`/leerling/${sam()}/contact`);
  await page.locator("main button[type=submit]").first().click();
  assert.match(await page.locator("[role=alert]").innerText(), /Er is niets vastgelegd/);
  await axeSchoon(page);
  await page.context().close();
});

test("forms work without script, and a resent form changes nothing", async () => {
  const page = await venster(chrome, { zonderScript: true });
  await meldAan(page, "verzuimcoordinator");
  await page.goto(`/leerling/${sam()}/contact`);
  await page.locator("input[type=radio]").first().check();
  await page.locator("textarea").first().fill("Moeder belt morgen terug.");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForURL(/gelukt=/);
  await page.goto(`/leerling/${sam()}/gesprekken`);
  const count = async () => (await page.locator("main").innerText()).split("Moeder belt morgen terug.").length - 1;
  assert.equal(await count(), 1);
  await page.context().close();
});

test("the sheet for a meeting prints on one page", async () => {
  const page = await venster(chrome);
  await meldAan(page, "verzuimcoordinator");
  await page.goto(`/leerling/${sam()}/mdo`);
  assert.equal(await bladzijden(page), 1);
  await page.context().close();
});

test("who may not see a child gets the same page as for a child that is not there", async () => {
  const page = await venster(chrome);
  await meldAan(page, "leerplichtambtenaar");
  const niet = await page.goto(`/leerling/${sam()}`);
  const tekst = await page.locator("main").innerText();
  const geen = await page.goto("/leerling/L-0000-0000-0000");
  assert.deepEqual([niet.status(), geen.status()], [404, 404]);
  assert.equal(await page.locator("main").innerText(), tekst);
  await page.context().close();
});

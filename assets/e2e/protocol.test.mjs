// A verzuimcoördinator of the region's kenniskring tries another protocol out: by keyboard, on a telephone, without
// script, and on paper.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, bladzijden, browser, kijk, lees, meldAan, open, opTelefoon, regio, tabNaar, venster } from "./browser.mjs";

const WAT_ALS = "/protocol/wat-als";

/** The page with its outcome: the first time the absence is made ready. */
async function klaar(page, adres = WAT_ALS) {
  for (let keer = 0; keer < 30; keer += 1) {
    await page.goto(adres);
    if (!(await lees(page)).includes("wordt klaargezet")) return;
    await page.waitForTimeout(1000);
  }
  assert.fail("the absence is never ready");
}

/** Signals a week, now and then. */
const perWeek = async (page) =>
  (await page.locator("#uitkomst tr", { hasText: "Signalen per week" }).locator("td").allInnerTexts()).map((tekst) =>
    Number(tekst.replace(",", ".")),
  );

/** The field of a rule with these words. */
const veld = (page, regel, woorden) =>
  page.locator("fieldset", { has: page.locator("legend", { hasText: new RegExp(`^${regel}$`) }) }).getByLabel(woorden).last();

test("a moved slider is answered beside it, and what cannot be is told at its field", () =>
  alsRol("verzuimcoordinator", async (page) => {
    await klaar(page);
    await kijk(page);
    const [nu, dan] = await perWeek(page);
    assert.equal(nu, dan, "nothing was moved");
    await page.locator("#deel-regels > summary").click();

    await tabNaar(page, "Stappen in schooldagen, weg, schuif");
    for (let keer = 0; keer < 6; keer += 1) await page.keyboard.press("ArrowLeft");
    assert.equal(await veld(page, "weg", "Stappen in schooldagen").inputValue(), "4, 8", "the second step moves along");
    await page.waitForFunction(
      (was) => document.querySelectorAll("#uitkomst td.lr-rechts")[1]?.innerText !== was,
      dan.toFixed(1).replace(".", ","),
    );
    const [still, more] = await perWeek(page);
    assert.ok(still === nu && more > nu, `${still} ${more}`);
    assert.ok(await page.locator("#deel-regels").getAttribute("open") !== null, "what was unfolded stays so");

    await veld(page, "ziek, vaak", "Drempel in keren").fill("2");
    await page.locator("#uitkomst [role=alert]").waitFor();
    assert.match(await page.locator("#uitkomst").innerText(), /Kies hoogstens de drempel: van 1 tot en met 2\./);
    const onder = veld(page, "ziek, vaak", "Pas opnieuw");
    assert.ok(await onder.isVisible(), "the field that was folded away is shown");
    assert.equal(await onder.getAttribute("aria-invalid"), "true");
    await kijk(page);
    await opTelefoon(page);
    await onder.fill("2");
    await page.locator("#uitkomst [role=alert]").waitFor({ state: "detached" });
    assert.equal(await onder.getAttribute("aria-invalid"), null);

    const bytes = await page.content();
    for (const { leerling } of regio.kinderen) assert.ok(!bytes.includes(leerling), "nobody is named");
    assert.ok((await bladzijden(page)) < 20, "it prints");
  }));

test("all schools have a page of their own, and one is found by name", () =>
  alsRol("verzuimcoordinator", async (page) => {
    await klaar(page, `${WAT_ALS}/scholen`);
    if (!page.url().includes("/scholen")) await page.goto(`${WAT_ALS}/scholen`);
    await kijk(page);
    await opTelefoon(page);
    await open(page, "op naam");
    const [eerste] = await page.locator("tbody th").allInnerTexts();
    await page.locator("#zoek").fill(eerste);
    await page.waitForFunction(() => document.querySelectorAll("tbody th").length === 1);
    assert.ok(!page.url().includes(encodeURIComponent(eerste)), "what one searches for stands in no address");
  }));

test("without script a number is filled in and sent", async () => {
  const chrome = await browser();
  try {
    const page = await venster(chrome, { zonderScript: true });
    await meldAan(page, "verzuimcoordinator");
    await klaar(page);
    assert.equal(await page.locator("input[type=range]:visible").count(), 0, "no slider that does nothing");
    await veld(page, "weg", "Stappen in schooldagen").fill("4 8");
    await page.getByRole("button", { name: "Reken uit" }).click();
    const [nu, dan] = await perWeek(page);
    assert.ok(dan > nu, `${nu} ${dan}`);
    await page.locator("#deel-scholen > summary").click();
    assert.ok(await page.locator("#deel-scholen table").isVisible());
  } finally {
    await chrome.close();
  }
});

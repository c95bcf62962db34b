// A real browser on the made-up region: log in as a role, look with axe, at 320 px, without script, in print.
import { chromium } from "playwright-core";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import assert from "node:assert/strict";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where the region is served, and who can log in: made by `cargo xtask e2e`. */
export const regio = JSON.parse(await readFile(process.env.LEERRECHT_E2E, "utf8"));

export async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A window of its own; `zonderScript` as of somebody whose script does not run. */
export async function venster(chrome, { breed = 1280, zonderScript = false, donker = false } = {}) {
  const context = await chrome.newContext({
    viewport: { width: breed, height: 900 },
    javaScriptEnabled: !zonderScript,
    colorScheme: donker ? "dark" : "light",
    baseURL: regio.adres,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** Logs in as the first account with that role, by keyboard. */
export async function meldAan(page, rol) {
  const account = regio.aanmeldingen.find((account) => account.rol === rol);
  assert.ok(account, `no account with the role ${rol}`);
  await page.goto("/inloggen");
  await page.locator("#veld-email").focus();
  await page.keyboard.type(account.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(account.wachtwoord);
  await page.keyboard.press("Enter");
  await page.waitForURL((adres) => adres.pathname !== "/inloggen");
  if (new URL(page.url()).pathname === "/kiezen") {
    await page.locator("main ul button").first().click();
    await page.waitForURL((adres) => adres.pathname !== "/kiezen");
  }
  return account;
}

/** Nothing for axe to say, by WCAG 2.2 AA and good practice. */
export async function axeSchoon(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  const told = violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")}`);
  assert.deepEqual(told, [], `axe on ${page.url()}`);
}

/** The page does not scroll sideways; only regions that are meant to do. */
export async function pastInBeeld(page) {
  const [inhoud, beeld] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(inhoud <= beeld, `${page.url()} is ${inhoud} px wide in a window of ${beeld}`);
}

/** Goes to the next thing that can be used until its text or label fits, as somebody without a mouse does. */
export async function tabNaar(page, tekst, hoogstens = 120) {
  for (let keer = 0; keer < hoogstens; keer += 1) {
    await page.keyboard.press("Tab");
    const hier = await page.evaluate(() => {
      const element = document.activeElement;
      // A region that scrolls is stopped at too, but is not what its text says.
      if (!element?.matches("a, button, input, select, textarea, summary")) return "";
      return [element.innerText, element.getAttribute("aria-label"), ...[...(element.labels ?? [])].map((label) => label.innerText)]
        .filter(Boolean).join(" ").replace(/\s+/g, " ");
    });
    if (hier.includes(tekst)) return;
  }
  assert.fail(`"${tekst}" is not reached by keyboard on ${page.url()}`);
}

/** A4 pages on which the page prints. */
export async function bladzijden(page) {
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** Looks at a page as a whole: axe, and that nothing scrolls sideways. */
export async function kijk(page) {
  await axeSchoon(page);
  await pastInBeeld(page);
}

/** Opens what carries this text, by keyboard, and looks at the page behind it. */
export async function open(page, tekst) {
  await tabNaar(page, tekst);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
  await kijk(page);
}

/** Types in the field with this label, by keyboard. */
export async function typ(page, label, tekst) {
  await tabNaar(page, label);
  await page.keyboard.type(tekst);
}

/** Chooses a day in the field with this label; in which order one types it depends on the language of the browser. */
export async function kiesDag(page, label, dag) {
  await tabNaar(page, label);
  await page.locator(":focus").fill(dag);
}

/** The child in whom a course was planted. */
export const kind = (verloop) => regio.kinderen.find((kind) => kind.verloop === verloop).leerling;

/** What the page tells. */
export const lees = (page) => page.locator("main").innerText();

/** The same page on a telephone. */
export async function opTelefoon(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  await kijk(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** A journey: a browser and a window of its own for somebody in this role. */
export async function alsRol(rol, doe) {
  const chrome = await browser();
  try {
    const page = await venster(chrome);
    await meldAan(page, rol);
    await kijk(page);
    await doe(page);
  } finally {
    await chrome.close();
  }
}

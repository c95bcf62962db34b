// Every main page of every role: nothing for axe to say, nothing that scrolls sideways at 320 px, light and dark.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { axeSchoon, browser, meldAan, pastInBeeld, regio, venster } from "./browser.mjs";

let chrome;
before(async () => { chrome = await browser(); });
after(async () => chrome.close());

const kind = (verloop) => regio.kinderen.find((kind) => kind.verloop === verloop).leerling;
const dossier = (leerling, bladen = ["", "/tijdlijn", "/verzuim", "/gesprekken", "/gegevens", "/mdo", "/belkaart"]) =>
  bladen.map((blad) => `/leerling/${leerling}${blad}`);

const ROLLEN = {
  mentor: ["/ochtendlijst", "/leerlingen", "/signalen"],
  verzuimcoordinator: [
    "/ochtendlijst", "/werklijst", "/leerlingen", "/signalen", "/invoer", "/monitor", "/account", "/account/wachtwoord", "/kiezen",
    ...dossier(kind("Sam")),
    ...dossier(kind("Sam"), ["/contact", "/gesprek", "/melding", "/volgende-stap"]),
  ],
  ib_er: ["/ochtendlijst", "/leerlingen", "/signalen", "/invoer", ...dossier(kind("AlleenZorg"), ["", "/verzuim"])],
  consulent: ["/ochtendlijst", "/leerlingen", "/monitor"],
  leerplichtambtenaar: ["/ochtendlijst", "/leerlingen", "/monitor", "/inzage", ...dossier(kind("VakantieZonderVerlof"), ["", "/gegevens"])],
  jeugdarts: ["/ochtendlijst", "/leerlingen", ...dossier(kind("EindelozeZiekte"), [""])],
  beleid: ["/monitor"],
  privacy: ["/leeslog"],
  beheerder: ["/beheer", "/beheer/accounts", "/beheer/organisaties", "/beheer/leveringen", "/beheer/documenten", "/invoer"],
};

for (const [rol, bladen] of Object.entries(ROLLEN)) {
  test(`${rol}: every page is clean and fits`, async () => {
    const breed = await venster(chrome);
    await meldAan(breed, rol);
    const cookies = await breed.context().cookies();
    const smal = await venster(chrome, { breed: 320, donker: true });
    await smal.context().addCookies(cookies);
    for (const blad of bladen) {
      for (const page of [breed, smal]) {
        const antwoord = await page.goto(blad);
        assert.equal(antwoord.status(), 200, `${rol} ${blad}`);
        assert.equal(await page.locator("h1").count(), 1, `${blad} has one heading of the first level`);
        await axeSchoon(page);
        await pastInBeeld(page);
      }
    }
    await breed.context().close();
    await smal.context().close();
  });
}

test("nobody: the pages before logging in and the handbook", async () => {
  const page = await venster(chrome);
  for (const blad of ["/inloggen", "/hulp", "/hulp/dossier", "/hulp/toegankelijkheid", "/bestaat-niet"]) {
    await page.goto(blad);
    await axeSchoon(page);
    await pastInBeeld(page);
  }
  await page.context().close();
});

// A privacy officer: who of the own organisation looked at whom.
import { test } from "node:test";
import assert from "node:assert/strict";
import { alsRol, kind, lees, open, opTelefoon, typ } from "./browser.mjs";

test("a privacy officer searches the read log for one child", async () => {
  const leerling = kind("VakantieZonderVerlof");
  await alsRol("leerplichtambtenaar", (page) => page.goto(`/leerling/${leerling}`));
  await alsRol("privacy", async (page) => {
    await typ(page, "Leerling (mag leeg)", leerling);
    await opTelefoon(page);
    await open(page, "Zoeken");
    const told = await lees(page);
    assert.ok(told.includes(leerling) && /leerplichtambtenaar/.test(told), told);
    assert.doesNotMatch(new URL(page.url()).search, /L-/, "the child is not in the address");
    await open(page, "Inzagen met een reden");
  });
});

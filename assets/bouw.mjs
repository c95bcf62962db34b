// Bundles style, script and font of the pages into `uit/`: only what the templates use, minified.
// Run by `cargo xtask assets`, after `npm ci`.
import { build, transform } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";

const uit = new URL("./uit/", import.meta.url);
const hier = new URL("./", import.meta.url);
await rm(uit, { recursive: true, force: true });
await mkdir(uit, { recursive: true });

const bron = (naam) => readFile(new URL(naam, hier), "utf8");
// The font is a file of its own: the browser keeps it, and a page never waits for it.
const stijl = (await bron("stijl.css")).replace(/url\("@fontsource[^"]*\/([^"/]+)"\)/, 'url("./$1")');
const css = [
  await bron("node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"),
  await bron("node_modules/@utrecht/component-library-css/dist/index.css"),
  await bron("thema.css"),
  stijl,
].join("\n");
const [zuinig] = await new PurgeCSS().purge({
  css: [{ raw: css }],
  content: ["../crates/server/src/web/**/*.html", "../crates/server/src/web/**/*.rs", "leerrecht.js"].map(
    (patroon) => new URL(patroon, hier).pathname,
  ),
  variables: true,
  fontFace: false,
  safelist: { standard: ["html", "body", "voorbeeld-theme"], greedy: [/^is-/] },
});
// What stands in a rule as the neighbour of something else is not looked at by the above: space between two parts of which
// no page has the second.
const web = new URL("../crates/server/src/web/", hier);
const namen = (await readdir(web, { recursive: true })).filter((naam) => /\.(html|rs)$/.test(naam));
const bladen = (await Promise.all(namen.map((naam) => readFile(new URL(naam, web), "utf8")))).join("\n");
const regels = postcss.parse(zuinig.css);
regels.walkRules((regel) => {
  const buren = (keuze) => [...keuze.matchAll(/:has\(\+\s*\.([\w-]+)/g)].map(([, naam]) => naam);
  const over = regel.selectors.filter((keuze) => buren(keuze).every((naam) => bladen.includes(naam)));
  if (over.length === 0) regel.remove();
  else if (over.length < regel.selectors.length) regel.selectors = over;
});
// The style of long texts is for the handbook alone: no other page waits for it.
const deel = (past) => {
  const kopie = regels.clone();
  kopie.walkRules((regel) => {
    const over = regel.selectors.filter((keuze) => past(keuze));
    if (over.length === 0) regel.remove();
    else if (over.length < regel.selectors.length) regel.selectors = over;
  });
  return kopie;
};
const lang = (keuze) => keuze.includes(".utrecht-rich-text");
for (const [naam, kopie] of [["leerrecht.css", deel((keuze) => !lang(keuze))], ["handleiding.css", deel(lang)]]) {
  if (naam !== "leerrecht.css") kopie.walkAtRules("font-face", (regel) => regel.remove());
  const klein = await transform(kopie.toString(), { loader: "css", minify: true, target: ["chrome123", "firefox120", "safari17.5"] });
  await writeFile(new URL(naam, uit), klein.code);
  console.log(`${naam} ${klein.code.length} bytes`);
}

await build({
  entryPoints: [new URL("leerrecht.js", hier).pathname],
  outfile: new URL("leerrecht.js", uit).pathname,
  bundle: true,
  minify: true,
  target: ["chrome123", "firefox120", "safari17.5"],
});
const letter = "atkinson-hyperlegible-next-latin-wght-normal.woff2";
await cp(new URL(`node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/${letter}`, hier), new URL(letter, uit));
await cp(new URL("teken.svg", hier), new URL("teken.svg", uit));
// Packed once, as well as can be: the server packs pages as quickly as can be.
for (const naam of ["leerrecht.css", "handleiding.css", "leerrecht.js"]) {
  const inhoud = await readFile(new URL(naam, uit));
  await writeFile(new URL(`${naam}.gz`, uit), gzipSync(inhoud, { level: 9 }));
  await writeFile(new URL(`${naam}.br`, uit), brotliCompressSync(inhoud));
}

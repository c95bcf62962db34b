// Comfort only: every page and every form works without this file.

// A list that is searched or filtered is renewed while one types. The form is sent as it would be by its button; of the
// answer only the parts that the form names are taken over; what was unfolded stays so.
for (const formulier of document.querySelectorAll("form[data-ververs]")) {
  let wacht;
  let bezig;
  const ververs = async () => {
    bezig?.abort();
    bezig = new AbortController();
    const gegevens = new URLSearchParams(new FormData(formulier));
    const post = formulier.method === "post";
    const adres = post ? formulier.action : `${formulier.action.split("?")[0]}?${gegevens}`;
    try {
      const antwoord = await fetch(adres, {
        method: post ? "POST" : "GET",
        body: post ? gegevens : undefined,
        headers: { Accept: "text/html" },
        signal: bezig.signal,
      });
      if (!antwoord.ok || antwoord.redirected) return;
      const blad = new DOMParser().parseFromString(await antwoord.text(), "text/html");
      for (const deel of formulier.dataset.ververs.split(" ")) {
        const nieuw = blad.getElementById(deel);
        const oud = document.getElementById(deel);
        if (!nieuw || !oud) continue;
        for (const open of oud.querySelectorAll("details[open][id]")) nieuw.querySelector(`#${open.id}`)?.setAttribute("open", "");
        oud.replaceWith(nieuw);
      }
      // What is wrong is told at its field, and a field that was folded away is shown.
      for (const veld of formulier.querySelectorAll("[aria-describedby^=fout-]")) {
        const fout = document.getElementById(veld.getAttribute("aria-describedby"))?.textContent.trim();
        if (fout) veld.closest("details")?.setAttribute("open", "");
        if (fout) veld.setAttribute("aria-invalid", "true");
        else veld.removeAttribute("aria-invalid");
      }
    } catch {
      // The button of the form does the same.
    }
  };
  formulier.addEventListener("input", () => {
    clearTimeout(wacht);
    wacht = setTimeout(ververs, 120);
  });
}

// A slider beside a number: whichever moves, the other follows. Of a list of steps the slider moves the first, and the
// others in proportion, each above the one before. The form sends the number.
const getallen = (tekst) => (tekst.match(/\d+/g) ?? []).map(Number);
for (const schuif of document.querySelectorAll("input[data-schuif]")) {
  const getal = document.getElementById(schuif.dataset.schuif);
  if (!getal) continue;
  const stappen = getallen(getal.defaultValue);
  const [eerste] = stappen.length ? stappen : stappen.concat(1);
  schuif.hidden = false;
  schuif.addEventListener("input", () => {
    let vorige = 0;
    const mee = (stap) => (vorige = Math.max(vorige + 1, Math.round((stap * schuif.value) / eerste)));
    getal.value = (stappen.length ? stappen : [eerste]).map(mee).join(", ");
  });
  getal.addEventListener("input", () => {
    schuif.value = getallen(getal.value)[0] ?? schuif.min;
  });
}

// A form is sent once, however often its button is pressed.
for (const formulier of document.querySelectorAll("form[method=post]:not([data-ververs])")) {
  formulier.addEventListener("submit", (gebeurtenis) => {
    if (formulier.dataset.verstuurd) gebeurtenis.preventDefault();
    formulier.dataset.verstuurd = "ja";
  });
}
addEventListener("pageshow", () => {
  for (const formulier of document.querySelectorAll("form[data-verstuurd]")) delete formulier.dataset.verstuurd;
});

// Copies a field to the clipboard, and says so.
for (const knop of document.querySelectorAll("button[data-kopieer]")) {
  knop.hidden = false;
  knop.addEventListener("click", async () => {
    const bron = document.getElementById(knop.dataset.kopieer);
    if (!bron) return;
    await navigator.clipboard.writeText(bron.innerText);
    const melding = document.getElementById(`${knop.dataset.kopieer}-gekopieerd`);
    if (melding) melding.textContent = "Gekopieerd.";
  });
}

// Prints the page.
for (const knop of document.querySelectorAll("button[data-afdrukken]")) {
  knop.hidden = false;
  knop.addEventListener("click", () => print());
}

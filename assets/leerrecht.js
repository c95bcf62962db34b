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
    } catch {
      // The button of the form does the same.
    }
  };
  formulier.addEventListener("input", () => {
    clearTimeout(wacht);
    wacht = setTimeout(ververs, 120);
  });
}

// A slider beside a number: whichever moves, the other follows. The form sends the number.
for (const schuif of document.querySelectorAll("input[data-schuif]")) {
  const getal = document.getElementById(schuif.dataset.schuif);
  if (!getal) continue;
  schuif.hidden = false;
  schuif.addEventListener("input", () => {
    getal.value = schuif.value;
  });
  getal.addEventListener("input", () => {
    schuif.value = getal.value;
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

//! *Wat als*: sliders beside what they would have done. An address holds thresholds only, so one can send it to a
//! colleague; nothing is written.

use askama::Template;
use axum::extract::{Query, State};
use domain::ids::OrganisatieId;
use signals::protocol::{Protocol, Regel};

use crate::gebruik::concept::{Keuze, Maat, huidig, pas_toe, schrijf, speelruimte};
use crate::gebruik::watals::{Kant, Uitslag as Weeguitslag, uitleg_nergens};
use crate::gebruik::weegkamer::{Klaar, geldend};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::MAX_VELDEN;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// What stands behind the address: `versie`, and by place of the rule `aan`, `d0` (threshold) and `n0` (warning).
type Velden = Vec<(String, String)>;

/// A number that can be moved.
struct Schuif {
    veld: String,
    woorden: &'static str,
    nu: u16,
    waarde: String,
    van: u16,
    tot: u16,
    fout: Option<String>,
}

/// One rule of the draft.
struct Conceptregel {
    nummer: usize,
    naam: String,
    schakelt: bool,
    aan: bool,
    schuiven: Vec<Schuif>,
}

#[derive(Template)]
#[template(path = "protocol/watals.html")]
struct Blad {
    kader: Kader,
    nummer: usize,
    /// The version that the address was made for no longer holds.
    verouderd: bool,
    regels: Vec<Conceptregel>,
    uitslag: Option<Weeguitslag>,
    uitleg: String,
    /// Whether there is a protocol at all.
    is_er: bool,
}

/// What was asked of a protocol.
struct Vraag {
    keuzes: Vec<Keuze>,
    regels: Vec<Conceptregel>,
    verouderd: bool,
}

fn veld<'a>(velden: &'a Velden, naam: &str) -> Option<&'a str> {
    velden.iter().find(|(veld, _)| veld == naam).map(|(_, waarde)| waarde.as_str())
}

impl Vraag {
    /// What was chosen, by place of the rule; without a choice, or for another version, what holds.
    fn lees(velden: &Velden, protocol: &Protocol, nummer: usize) -> Result<Self, Weigering> {
        if velden.len() > MAX_VELDEN {
            return Err(Weigering::Onleesbaar(format!("Een formulier heeft hoogstens {MAX_VELDEN} velden.")));
        }
        let versie = veld(velden, "versie");
        let own = versie == Some(nummer.to_string().as_str());
        let none = Velden::new();
        let given = if own { velden } else { &none };
        let (mut keuzes, mut regels) = (Vec::new(), Vec::new());
        for (plek, regel) in protocol.regels.iter().enumerate() {
            let (keuze, schuiven) = regelkeuze(given, own, plek, regel);
            let schakelt = speelruimte(regel).schakelt;
            regels.push(Conceptregel {
                nummer: plek,
                naam: regel.naam.clone(),
                schakelt,
                aan: if schakelt { keuze.aan } else { regel.aan },
                schuiven,
            });
            keuzes.push(keuze);
        }
        Ok(Vraag { keuzes, regels, verouderd: versie.is_some() && !own })
    }
}

fn regelkeuze(velden: &Velden, gegeven: bool, plek: usize, regel: &Regel) -> (Keuze, Vec<Schuif>) {
    let (ruimte, mut keuze) = (speelruimte(regel), huidig(regel));
    if gegeven {
        let here = plek.to_string();
        keuze.aan = velden.iter().any(|(veld, waarde)| veld == "aan" && *waarde == here);
    }
    let mut schuiven = Vec::new();
    for (letter, maat, waarde) in [("d", &ruimte.drempel, &mut keuze.drempel), ("n", &ruimte.nadert, &mut keuze.nadert)]
    {
        let Some(maat) = maat else { continue };
        let naam = format!("{letter}{plek}");
        let schuif = Schuif::lees(veld(velden, &naam), naam, maat);
        if schuif.fout.is_none() {
            *waarde = schuif.waarde.parse().ok().or(*waarde);
        }
        schuiven.push(schuif);
    }
    (keuze, schuiven)
}

impl Schuif {
    fn lees(gegeven: Option<&str>, veld: String, maat: &Maat) -> Self {
        let waarde = gegeven.map_or_else(|| maat.nu.to_string(), |tekst| tekst.trim().chars().take(6).collect());
        let (van, tot) = (*maat.bereik.start(), *maat.bereik.end());
        let good = waarde.parse().is_ok_and(|waarde: u16| maat.bereik.contains(&waarde));
        let fout =
            (!good).then(|| format!("Kies een heel getal van {van} tot en met {tot}. Nu is gerekend met {}.", maat.nu));
        Schuif { veld, woorden: maat.woorden, nu: maat.nu, waarde, van, tot, fout }
    }
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(velden): Query<Velden>, bezoek: Bezoek) -> Uitslag {
    let kader = Kader::van(&bezoek, "Wat als: een ander protocol", paden::PROTOCOL, "protocol")?;
    let uitleg = uitleg_nergens();
    let Some((nummer, protocol, _)) = nu(&staat, &bezoek).await? else {
        let leeg = Blad { kader, nummer: 0, verouderd: false, regels: Vec::new(), uitslag: None, uitleg, is_er: false };
        return antwoord::pagina(&leeg);
    };
    let vraag = Vraag::lees(&velden, &protocol, nummer)?;
    // Made ready for another version than the one just read: the next look finds them together.
    let klaar = staat.weegkamer.klaar(&staat.dienst).await?.filter(|klaar| klaar.protocol == protocol);
    let uitslag = match klaar {
        Some(klaar) => Some(weeg(&staat, &klaar, &pas_toe(&protocol, &vraag.keuzes)).await?),
        None => None,
    };
    let Vraag { regels, verouderd, .. } = vraag;
    antwoord::pagina(&Blad { kader, nummer, verouderd, regels, uitslag, uitleg, is_er: true })
}

/// The version that holds: its number, and read; with its text.
async fn nu(staat: &Staat, bezoek: &Bezoek) -> Result<Option<(usize, Protocol, String)>, Weigering> {
    let found = staat.dienst.lees(|register| {
        let (nummer, document) = geldend(register, bezoek.vandaag)?;
        let tekst = document.tekst.zichtbaar().to_owned();
        Some((nummer, signals::protocol::lees(&tekst).ok()?, tekst))
    });
    Ok(found.await?)
}

async fn weeg(staat: &Staat, klaar: &std::sync::Arc<Klaar>, dan: &Protocol) -> Result<Weeguitslag, Weigering> {
    let weging = staat.weegkamer.weeg(klaar, dan).await?;
    let ids: Vec<Option<OrganisatieId>> = klaar.historie.scholen().iter().map(|school| school.id).collect();
    let namen = staat.dienst.lees(|register| {
        let naam = |id: &Option<OrganisatieId>| id.map_or_else(String::new, |id| register.rules().naam(id).to_owned());
        ids.iter().map(naam).collect::<Vec<String>>()
    });
    let namen = namen.await?;
    Ok(Weeguitslag::van(
        &klaar.historie,
        Kant { protocol: &klaar.protocol, weging: &klaar.nu },
        Kant { protocol: dan, weging: &weging },
        |plek| namen.get(plek).cloned().unwrap_or_default(),
    ))
}

/// The draft, as a file that the beheerder can adopt.
pub async fn bestand(State(staat): State<Staat>, Query(velden): Query<Velden>, bezoek: Bezoek) -> Uitslag {
    let (nummer, protocol, tekst) = nu(&staat, &bezoek).await?.ok_or(Weigering::NietGevonden)?;
    let vraag = Vraag::lees(&velden, &protocol, nummer)?;
    let nieuw = schrijf(&tekst, &pas_toe(&protocol, &vraag.keuzes)).ok_or_else(|| {
        let waarom = "De tekst van dit protocol is zo opgemaakt dat de getallen er niet vanzelf in te zetten zijn.";
        Weigering::Onleesbaar(format!("{waarom} Vraag de beheerder om de getallen zelf aan te passen."))
    })?;
    antwoord::bestand("protocol.toml", "application/toml; charset=utf-8", nieuw.into_bytes())
}

//! The signals of one child, and what one does about them.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::body::{Afhandeling, SignaalAfhandeling, Soort, Stem};
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::Fact;
use domain::ids::LeerlingId;
use domain::period::Period;
use domain::signaal::{Signaal, SignaalSoort, VervallenSignaal, gezegd, is_klaar, vervallen};
use serde::Deserialize;

use super::regel::{Lezing, Naam, Signaalregel};
use super::venster::Venster;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beeld::patronen;
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::vastleggen::{Keuzes, Vel, persoon, persoon_tekst, thuis_keuzes};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::{Staat, paden};
use crate::weergave::{feiten, woorden};

/// What is shown, for the read log.
pub const WAT: &str = "signalen";

/// What may stand behind the address of the page.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    gelukt: String,
}

/// The page, without what surrounds it.
struct Model {
    naam: String,
    regels: Vec<Signaalregel>,
    /// The lessons that each signal rests on.
    vensters: Vec<(Naam, Venster)>,
    patronen: String,
    /// Who says of each signal that it is not right, and what.
    betwist: Vec<(Naam, Vec<Betwisting>)>,
    /// What was done about signals that are no longer there.
    vervallen: Vec<String>,
    mag: bool,
    /// Where the reader puts a day of absence right.
    rij: Option<String>,
    /// Who can say that a signal is not right.
    stemmen: Keuzes,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "signalen/kind.html")]
struct Blad {
    kader: Kader,
    m: Model,
    /// The signal of the form that was refused.
    welk: String,
    adres: String,
    dossier: String,
    /// What the rules refuse.
    weigeringen: Vec<Refusal>,
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<Model, Weigering> {
    if !zicht.mag(Facet::Signalen) {
        return Err(Weigering::NietGevonden);
    }
    let lezing = Lezing {
        register: zicht.register,
        vandaag: zicht.bezoek.vandaag,
        wie: zicht.bezoek.actor(),
        leerling: zicht.leerling,
        samenvatting: zicht.vandaag,
        facetten: zicht.facetten,
    };
    let all = zicht.vandaag.signalen_met_opvolging_voor(zicht.facetten).enumerate();
    let vensters = all.map(|(nummer, (signaal, _))| (Naam::van(signaal), Venster::van(zicht, signaal, nummer)));
    let all = zicht.vandaag.signalen_met_opvolging_voor(zicht.facetten);
    let betwist = all.map(|(signaal, _)| (Naam::van(signaal), betwist(zicht, signaal)));
    Ok(Model {
        naam: zicht.vandaag.kaart.naam(),
        regels: lezing.regels(),
        vensters: vensters.collect(),
        betwist: betwist.collect(),
        patronen: patronen(),
        vervallen: weg(zicht),
        mag: zicht.mag_vastleggen(Soort::SignaalAfhandeling),
        rij: zicht.mag_vastleggen(Soort::RijCorrectie).then(|| paden::bij_leerling(zicht.leerling, "rij")),
        stemmen: stemmen(zicht),
        vel: Vel::van(zicht, f)?,
    })
}

/// The signals that are gone, with what was done about them and what was said not to be right.
fn weg(zicht: &Zicht<'_>) -> Vec<String> {
    let vandaag = zicht.bezoek.vandaag;
    // Of a signal that is gone nobody can tell on which rows it rested.
    let all = zicht.facetten.contains_all(Facet::van_signaal(SignaalSoort::Anders));
    let mut per_signaal: Vec<Vec<(&Fact, &SignaalAfhandeling)>> = Vec::new();
    for one in vervallen(zicht.t).filter(|(fact, _)| all && zicht.mag_feit(fact)) {
        let known = per_signaal.iter().position(|stated| stated.iter().all(|(_, other)| zelfde_signaal(other, one.1)));
        match known.and_then(|known| per_signaal.get_mut(known)) {
            Some(stated) => stated.push(one),
            None => per_signaal.push(vec![one]),
        }
    }
    let own = per_signaal.iter().filter_map(|stated| {
        let (regel, dag) = stated.first().map(|(_, gedaan)| (gedaan.regel.zichtbaar(), gedaan.eerste_dag))?;
        let known = zicht.register.signaalregel(regel, dag).is_some();
        let why = if known { "het verzuim is daarna veranderd" } else { "de regel bestaat niet meer" };
        let done = stated.iter().filter(|(_, gedaan)| gedaan.afhandeling != Afhandeling::Betwist);
        let done: BTreeSet<&str> = done.map(|(_, gedaan)| gedaan.afhandeling.label()).collect();
        let done = done.into_iter().collect::<Vec<_>>().join(", ");
        let done = if done.is_empty() { done } else { format!(" ({done})") };
        // What was said not to be right, and what was answered.
        let said = stated.iter().skip_while(|(_, gedaan)| gedaan.afhandeling != Afhandeling::Betwist);
        let said = said.filter(|(_, gedaan)| !gedaan.reden.is_empty()).map(|(fact, gedaan)| {
            format!(" {}: {}", door(zicht, fact, gedaan), woorden::zin(gedaan.reden.zichtbaar()))
        });
        let said: String = said.collect();
        Some(format!("{regel} van {}{done}: vervallen, want {why}.{said}", woorden::dag(dag, vandaag)))
    });
    // What somebody did about home, and not about the signal itself, went with it too.
    let is_behandeld = |gone: &VervallenSignaal| vervallen(zicht.t).any(|(_, gedaan)| gone.signaal.is(gedaan));
    let others = zicht.vandaag.vervallen_voor(zicht.facetten).filter(|gone| !is_behandeld(gone));
    let others = others.map(|VervallenSignaal { signaal, .. }| {
        let dag = woorden::dag(signaal.dag, vandaag);
        format!("{} van {dag}: vervallen, want het verzuim is daarna veranderd.", signaal.regel)
    });
    own.chain(others).collect()
}

/// Whether both are about one signal; whoever did not say at which step it stood, meant any.
fn zelfde_signaal(een: &SignaalAfhandeling, ander: &SignaalAfhandeling) -> bool {
    let stap = een.stap.is_none() || ander.stap.is_none() || een.stap == ander.stap;
    stap && (&een.regel, een.eerste_dag) == (&ander.regel, ander.eerste_dag)
}

/// Who said something of a signal, who put it down, and when.
pub fn door(zicht: &Zicht<'_>, fact: &Fact, gedaan: &SignaalAfhandeling) -> String {
    let by = feiten::door(fact, zicht.register.rules());
    let said = wie_zegt(zicht, gedaan.stem).map_or_else(|| by.clone(), |said| format!("{said}, vastgelegd door {by}"));
    format!("{}, {}", woorden::hoofdletter(&said), woorden::dag(fact.valid.from, zicht.bezoek.vandaag))
}

/// What somebody said not to be right, or the answer to that.
struct Betwisting {
    /// What it is.
    wat: &'static str,
    woorden: String,
    /// Who said so, and when.
    wie: String,
}

/// What of a signal was said not to be right, with the answers, as far as the reader may read it.
fn betwist(zicht: &Zicht<'_>, signaal: &Signaal) -> Vec<Betwisting> {
    let stated = gezegd(zicht.t, signaal, zicht.bezoek.vandaag).into_iter();
    let since = stated.skip_while(|(_, gedaan)| gedaan.afhandeling != Afhandeling::Betwist);
    let read = since.filter(|(fact, _)| zicht.mag_feit(fact));
    let told = read.filter_map(|(fact, gedaan)| {
        let wat = match gedaan.afhandeling {
            Afhandeling::Betwist => "Wat er niet klopt",
            _ if is_klaar(gedaan) => "Antwoord",
            _ => return None,
        };
        let wie = door(zicht, fact, gedaan);
        let reden = gedaan.reden.zichtbaar();
        let words = if reden.is_empty() { woorden::zin(gedaan.afhandeling.label()) } else { reden.to_owned() };
        Some(Betwisting { wat, woorden: words, wie })
    });
    told.collect()
}

/// Who at home says it: by name, for whoever may know who has gezag.
fn wie_zegt(zicht: &Zicht<'_>, stem: Stem) -> Option<String> {
    let named = match stem {
        Stem::Ouder(persoon) => {
            let own = persoon_tekst(Some(persoon));
            thuis_keuzes(zicht).into_iter().find(|(waarde, _)| *waarde == own).map(|(_, woorden)| woorden)
        }
        _ => None,
    };
    named.or_else(|| feiten::stem(stem).map(str::to_owned))
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let made = |zicht: &Zicht<'_>| model(zicht, Vel::leeg(zicht)?);
    let (leerling, m) = kind::toon(&staat, &bezoek, &leerling, None, WAT, made).await?;
    let mut blad = maak(&bezoek, leerling, m, String::new(), Vec::new())?;
    blad.kader = blad.kader.met_gelukt(Some(&vraag.gelukt));
    antwoord::pagina(&blad)
}

fn maak(
    bezoek: &Bezoek,
    leerling: LeerlingId,
    m: Model,
    welk: String,
    weigeringen: Vec<Refusal>,
) -> Result<Blad, Weigering> {
    let kader = Kader::van(bezoek, format!("Signalen {}", m.naam), paden::SIGNALEN, "signalen")?;
    let (adres, dossier) = (paden::bij_leerling(leerling, "signalen"), paden::leerling(leerling));
    Ok(Blad { kader, m, welk, adres, dossier, weigeringen })
}

/// Takes a signal up, closes or contests it.
pub async fn handel_af(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let welk = f.waarde("signaal").to_owned();
    let naam = Naam::lees(&welk);
    let naam = naam.ok_or_else(|| Weigering::Onleesbaar("Het formulier noemt geen signaal.".to_owned()))?;
    let wat = f.keuze("wat", Afhandeling::from_code);
    let reden = f.tekst("reden", MAX_KORT);
    match wat {
        Some(Afhandeling::Gesloten) if reden.is_empty() => {
            f.zet_fout("reden", "Schrijf kort op waarom dit signaal geen gesprek vraagt.");
        }
        Some(Afhandeling::Betwist) if reden.is_empty() => f.zet_fout("reden", "Schrijf kort op wat er niet klopt."),
        _ => {}
    }
    let stem = if wat == Some(Afhandeling::Betwist) { stem(f.waarde("stem")) } else { Some(Stem::Eigen) };
    if stem.is_none() {
        f.zet_fout("stem", "Kies wie zegt dat het niet klopt.");
    }
    let command = wat
        .zip(stem)
        .filter(|_| f.is_goed())
        .map(|(wat, stem)| Command::HandelSignaalAf(Period::day(bezoek.vandaag), naam.afhandeling(wat, reden, stem)));
    let gevraagd = Inzending::van(command.into_iter().collect());
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(id) => {
            antwoord::naar(&format!("{}?gelukt=vastgelegd", paden::bij_leerling(id, "signalen")))
        }
        Verstuurd::Terug(id, m, why) => antwoord::opnieuw(&maak(&bezoek, id, m, welk, why)?),
    }
}

/// In the form, beside the people at home who can be named: whoever fills it in, and somebody else at home.
const EIGEN: &str = "school";
const THUIS: &str = "thuis";

/// Whose word it is, as the form names it.
fn stem(waarde: &str) -> Option<Stem> {
    match waarde {
        EIGEN => Some(Stem::Eigen),
        THUIS => Some(Stem::Thuis),
        _ => persoon(waarde).map(|ouder| ouder.map_or(Stem::Leerling, Stem::Ouder)),
    }
}

/// Whose word it can be.
fn stemmen(zicht: &Zicht<'_>) -> Keuzes {
    let own = |waarde: &str, woorden: &str| (waarde.to_owned(), woorden.to_owned());
    let home = thuis_keuzes(zicht);
    [own(EIGEN, "De school")].into_iter().chain(home).chain([own(THUIS, "Iemand anders thuis")]).collect()
}

const GESLOTEN: &str = Afhandeling::Gesloten.code();

/// What one can do about a signal: code and words.
const KEUZES: &[(&str, &str)] = &[
    ("opgepakt", "Ik pak dit op"),
    ("contact", "Er was contact over dit signaal"),
    (GESLOTEN, "Afsluiten: een gesprek is niet nodig"),
    ("betwist", "Klopt dit niet?"),
];

impl Blad {
    /// The choices; where somebody says that it is not right, closing is the answer to that.
    fn keuzes(&self, regel: &Signaalregel) -> impl Iterator<Item = (&'static str, &'static str)> {
        let contested = regel.open && !self.betwist(regel).is_empty();
        KEUZES.iter().map(move |(code, woorden)| match *code {
            GESLOTEN if contested => (*code, "Nagekeken, en afsluiten: een gesprek is niet nodig"),
            code => (code, *woorden),
        })
    }

    /// The lessons that a signal rests on, if the reader may see any.
    fn venster(&self, regel: &Signaalregel) -> Option<&Venster> {
        let own = self.m.vensters.iter().find(|(naam, _)| *naam == regel.naam);
        own.map(|(_, venster)| venster).filter(|venster| !venster.telt.is_empty())
    }

    /// What of a signal is said not to be right.
    fn betwist(&self, regel: &Signaalregel) -> &[Betwisting] {
        let own = self.m.betwist.iter().find(|(naam, _)| *naam == regel.naam);
        own.map_or(&[], |(_, betwist)| betwist)
    }

    /// Whether the form asks what one does; of a signal that was dealt with it only asks what is not right. A form that
    /// came back asks what it asked before.
    fn vraagt(&self, regel: &Signaalregel) -> bool {
        regel.open || self.is_terug(regel) && !self.gekozen(regel, Afhandeling::Betwist.code())
    }

    /// Whether this signal's form came back.
    fn is_terug(&self, regel: &Signaalregel) -> bool {
        regel.naam.tekst() == self.welk
    }

    /// Whether the form of one of these came back.
    fn is_terug_in(&self, regels: &[Signaalregel]) -> bool {
        regels.iter().any(|regel| self.is_terug(regel))
    }

    fn gekozen(&self, regel: &Signaalregel, code: &str) -> bool {
        self.is_terug(regel) && self.m.vel.f.is("wat", code)
    }

    /// By what a field of the form of this signal is found; in the form that came back, by what its errors point to.
    fn veld(&self, regel: &Signaalregel, naam: &str) -> String {
        if self.is_terug(regel) { format!("veld-{naam}") } else { format!("{naam}-{}", regel.plek) }
    }

    /// What is wrong with a field, in the form that came back.
    fn fout(&self, regel: &Signaalregel, naam: &str) -> Option<&str> {
        if self.is_terug(regel) { self.m.vel.f.fout(naam) } else { None }
    }

    /// What was filled in, in the form that came back.
    fn waarde(&self, regel: &Signaalregel, naam: &str) -> &str {
        if self.is_terug(regel) { self.m.vel.f.waarde(naam) } else { "" }
    }
}

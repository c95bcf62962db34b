//! The list of signals, and taking several up at once.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use domain::body::{Afhandeling, Stem};
use domain::decide::Command;
use domain::ids::LeerlingId;
use domain::period::Period;
use domain::signaal::{Opvolging, Signaal, SignaalSoort};
use domain::tekst::Tekst;
use domain::{Timestamp, codes};
use register::Register;
use serde::Deserialize;

use super::drukte::{Drukte, drukte};
use super::regel::{Lezing, Naam, Signaalregel};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::blik::Beeld;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Gedaan};
use crate::web::{Staat, gezien, paden};
use crate::weergave::herhaling::{Herhaald, per_regel};
use crate::weergave::woorden;

/// Signals on one page, and so the most that are taken up at once.
pub const PER_BLADZIJDE: usize = 100;

codes! {
    /// What was done with a signal, as the list is divided.
    Tab {
        /// Nobody did anything; or somebody says that it is not right.
        Nieuw = "nieuw" "Nieuw",
        /// Taken up.
        Opgepakt = "opgepakt" "Opgepakt",
        /// Gone: there was contact, a melding, or it was closed.
        Afgehandeld = "afgehandeld" "Afgehandeld",
    }
}

impl Tab {
    fn van(opvolging: Opvolging) -> Self {
        match opvolging {
            Opvolging::Nieuw | Opvolging::Betwist(_) => Tab::Nieuw,
            Opvolging::Opgepakt(_) => Tab::Opgepakt,
            Opvolging::Afgehandeld(_) => Tab::Afgehandeld,
        }
    }
}

/// What may stand behind the address of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Vraag {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    soort: String,
    #[serde(default)]
    bladzijde: String,
    #[serde(default)]
    gelukt: String,
}

/// Which signals are listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keuze {
    tab: Tab,
    soort: Option<SignaalSoort>,
}

impl Keuze {
    pub(super) fn lees(tab: &str, soort: &str) -> Self {
        Keuze { tab: Tab::from_code(tab).unwrap_or(Tab::Nieuw), soort: SignaalSoort::from_code(soort) }
    }

    fn adres(self) -> String {
        let tab = format!("tab={}", self.tab.code());
        self.soort.map_or(tab.clone(), |soort| format!("{tab}&soort={}", soort.code()))
    }
}

/// One signal on the list.
pub(super) struct Rij {
    naam: String,
    klas: String,
    adres: String,
    keuze: String,
    pub(super) s: Signaalregel,
}

/// A tab or another choice.
struct Keus {
    adres: String,
    tekst: String,
    hier: bool,
}

/// The page, without what surrounds it.
pub(super) struct Model {
    tab: Tab,
    tabs: Vec<Keus>,
    soorten: Vec<Keus>,
    pub(super) rijen: Vec<Rij>,
    pub(super) bladeren: Bladeren,
    /// Signals that are gathered into one line: words and address.
    pub(super) verzameld: Vec<(String, String)>,
    drukte: Option<Drukte>,
    gezien: Timestamp,
}

#[derive(Template)]
#[template(path = "signalen/lijst.html")]
struct Blad {
    kader: Kader,
    m: Model,
    f: Formulier,
    melding: Option<String>,
}

/// The list.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let m = model(&staat, &bezoek, Keuze::lees(&vraag.tab, &vraag.soort), &vraag.bladzijde).await?;
    let kader = kader(&bezoek)?.met_gelukt(Some(&vraag.gelukt));
    let f = Formulier::leeg(&bezoek.aanmelding, m.gezien)?;
    antwoord::pagina(&Blad { kader, m, f, melding: None })
}

fn kader(bezoek: &Bezoek) -> Result<Kader, Weigering> {
    Kader::van(bezoek, "Signalen", paden::SIGNALEN, "signalen")
}

/// One page of signals, once it is in the read log that it is shown.
pub(super) async fn model(staat: &Staat, bezoek: &Bezoek, keuze: Keuze, bladzijde: &str) -> Result<Model, Weigering> {
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let all = Telling::van(register, blik.kinderen().iter().map(AsRef::as_ref), keuze);
        let bladeren = Bladeren::new(paden::SIGNALEN, &keuze.adres(), all.regels.len(), PER_BLADZIJDE, bladzijde);
        let here = all.regels.get(bladeren.bereik()).unwrap_or_default();
        let shown: Vec<LeerlingId> = here.iter().map(|(beeld, ..)| beeld.leerling).collect();
        let model = Model {
            tab: keuze.tab,
            tabs: all.tabs(keuze),
            soorten: all.soorten(keuze),
            rijen: here.iter().map(|(beeld, s, o)| rij(register, bezoek, beeld, s, *o)).collect(),
            bladeren,
            verzameld: all.verzameld(),
            drukte: drukte(register, bezoek.organisatie, bezoek.rol, blik.kinderen(), bezoek.vandaag),
            gezien: register.bekend_tot(),
        };
        drop(all);
        (blik, model, shown)
    });
    let (blik, model, shown) = made.await?;
    let shown = shown.iter().filter_map(|leerling| blik.kind(*leerling)).map(AsRef::as_ref);
    gezien::toon_lijst(staat, bezoek, "signalenlijst", shown).await?;
    Ok(model)
}

/// All signals of the children in view, counted and chosen from.
struct Telling<'a> {
    regels: Vec<(&'a Beeld, &'a Signaal, Opvolging)>,
    per_tab: BTreeMap<Tab, usize>,
    per_soort: BTreeMap<SignaalSoort, usize>,
    /// Children with a signal of a kind that is gathered, in the tab.
    verzameld: BTreeMap<SignaalSoort, usize>,
}

impl<'a> Telling<'a> {
    fn van(register: &Register, kinderen: impl Iterator<Item = &'a Beeld>, keuze: Keuze) -> Self {
        let (mut regels, mut per_tab) = (Vec::new(), BTreeMap::new());
        let (mut per_soort, mut verzameld) = (BTreeMap::new(), BTreeMap::new());
        for beeld in kinderen {
            let mut gathered: Vec<SignaalSoort> = Vec::new();
            let told = per_tab_en_regel(beeld);
            for (tab, Herhaald { signaal, opvolging, .. }) in told {
                *per_tab.entry(tab).or_default() += 1;
                if tab != keuze.tab {
                    continue;
                }
                *per_soort.entry(signaal.soort).or_default() += 1;
                let rule = register.signaalregel(&signaal.regel, signaal.dag);
                if keuze.soort.is_none() && tab == Tab::Nieuw && rule.is_some_and(|rule| rule.verzamelen) {
                    gathered.push(signaal.soort);
                } else if keuze.soort.is_none_or(|soort| soort == signaal.soort) {
                    regels.push((beeld, signaal, opvolging));
                }
            }
            gathered.dedup();
            gathered.into_iter().for_each(|soort| *verzameld.entry(soort).or_default() += 1);
        }
        // What waits longest comes first; of what is done the last.
        regels.sort_by_key(|(_, signaal, _)| signaal.dag);
        if keuze.tab == Tab::Afgehandeld {
            regels.reverse();
        }
        Telling { regels, per_tab, per_soort, verzameld }
    }

    fn tabs(&self, keuze: Keuze) -> Vec<Keus> {
        let tab = |tab: &Tab| Keus {
            adres: format!("{}?{}", paden::SIGNALEN, Keuze { tab: *tab, soort: None }.adres()),
            tekst: format!("{} ({})", tab.label(), self.per_tab.get(tab).copied().unwrap_or_default()),
            hier: *tab == keuze.tab,
        };
        Tab::ALL.iter().map(tab).collect()
    }

    fn soorten(&self, keuze: Keuze) -> Vec<Keus> {
        let one = |(soort, n): (&SignaalSoort, &usize)| Keus {
            adres: format!("{}?{}", paden::SIGNALEN, Keuze { soort: Some(*soort), ..keuze }.adres()),
            tekst: format!("{} ({n})", soort.label()),
            hier: keuze.soort == Some(*soort),
        };
        if self.per_soort.len() > 1 || keuze.soort.is_some() {
            self.per_soort.iter().map(one).collect()
        } else {
            Vec::new()
        }
    }

    fn verzameld(&self) -> Vec<(String, String)> {
        let line = |(soort, n): (&SignaalSoort, &usize)| {
            let aantal = woorden::aantal(u32::try_from(*n).unwrap_or(u32::MAX), "leerling", "leerlingen");
            let keuze = Keuze { tab: Tab::Nieuw, soort: Some(*soort) };
            (
                woorden::zin(&format!("{}: {aantal} met een nieuw signaal", soort.label())),
                format!("{}?{}", paden::SIGNALEN, keuze.adres()),
            )
        };
        self.verzameld.iter().map(line).collect()
    }
}

/// The signals of a child as they are listed: one line for each rule in each tab, the newest.
fn per_tab_en_regel(beeld: &Beeld) -> impl Iterator<Item = (Tab, Herhaald<'_>)> {
    Tab::ALL.iter().flat_map(|tab| {
        let all = beeld.vandaag.signalen_met_opvolging_voor(beeld.facetten);
        let here = all.filter(|(_, opvolging)| Tab::van(*opvolging) == *tab);
        per_regel(here).into_iter().map(|told| (*tab, told))
    })
}

/// What is taken up with a line of the list: the signal that it names, and the earlier ones of that rule behind it that
/// nobody did anything about.
fn met_eerdere(beeld: &Beeld, naam: Naam) -> Vec<Naam> {
    let mut new = per_tab_en_regel(beeld).filter(|(tab, _)| *tab == Tab::Nieuw).map(|(_, told)| told);
    let behind = new.find(|told| Naam::van(told.signaal) == naam).map(|told| told.eerdere).unwrap_or_default();
    let behind = behind.iter().filter(|(_, opvolging)| *opvolging == Opvolging::Nieuw);
    std::iter::once(naam).chain(behind.map(|(signaal, _)| Naam::van(signaal))).collect()
}

fn rij(register: &Register, bezoek: &Bezoek, beeld: &Beeld, signaal: &Signaal, opvolging: Opvolging) -> Rij {
    let lezing = Lezing {
        register,
        vandaag: bezoek.vandaag,
        wie: bezoek.actor(),
        leerling: beeld.leerling,
        samenvatting: &beeld.vandaag,
        facetten: beeld.facetten,
    };
    let s = Signaalregel::van(&lezing, signaal, opvolging);
    let kaart = &beeld.vandaag.kaart;
    let enrolled = kaart.inschrijving.as_ref().filter(|_| beeld.mag(convenant::Facet::SchoolInschrijving));
    Rij {
        naam: kaart.naam_omgekeerd(),
        klas: enrolled.and_then(woorden::klas).map(|klas| woorden::vast(&klas)).unwrap_or_default(),
        adres: paden::bij_leerling(beeld.leerling, "signalen"),
        keuze: format!("{} {}", beeld.leerling, s.naam.tekst()),
        s,
    }
}

/// Takes up the signals that were ticked: for each child a decision of its own.
pub async fn pak_op(State(staat): State<Staat>, bezoek: Bezoek, f: Formulier) -> Uitslag {
    let mut per_kind: BTreeMap<LeerlingId, Vec<Naam>> = BTreeMap::new();
    for chosen in f.waarden("kies").take(PER_BLADZIJDE) {
        let read = chosen.split_once(' ').and_then(|(id, naam)| Some((id.parse().ok()?, Naam::lees(naam)?)));
        let Some((leerling, naam)) = read else {
            return Err(Weigering::Onleesbaar("Een van de gekozen signalen is niet te lezen.".to_owned()));
        };
        per_kind.entry(leerling).or_default().push(naam);
    }
    let with_earlier = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, &bezoek);
        for (leerling, namen) in &mut per_kind {
            let Some(beeld) = blik.kind(*leerling) else { continue };
            *namen = std::mem::take(namen).into_iter().flat_map(|naam| met_eerdere(beeld, naam)).collect();
        }
    });
    with_earlier.await?;
    let keuze = Keuze::lees(f.waarde("tab"), f.waarde("soort"));
    let (mut done, mut not) = (0, 0);
    let mut waarom = None;
    for (leerling, namen) in &per_kind {
        let vandaag = Period::day(bezoek.vandaag);
        let take = |naam: &Naam| {
            let opgepakt = naam.afhandeling(Afhandeling::Opgepakt, Tekst::default(), Stem::Eigen);
            Command::HandelSignaalAf(vandaag, opgepakt)
        };
        let own = f.deel(&leerling.to_string());
        match kind::beslis(&staat, &bezoek, *leerling, &own, namen.iter().map(take).collect()).await? {
            Gedaan::Ja => done += 1,
            Gedaan::Nee(refusal) => {
                not += 1;
                waarom.get_or_insert(refusal.to_string());
            }
            Gedaan::Intussen => {
                not += 1;
                let first = "Anderen legden intussen iets vast. Open de leerling en kijk wat er nog nodig is.";
                waarom.get_or_insert(first.to_owned());
            }
        }
    }
    match waarom {
        None if done > 0 => antwoord::naar(&format!("{}?gelukt=opgepakt", paden::SIGNALEN)),
        None => opnieuw(&staat, &bezoek, keuze, "Kies eerst een of meer signalen.".to_owned()).await,
        Some(refusal) => {
            let total = done + not;
            let melding = format!("Van {total} leerlingen lukte het er bij {not} niet. {refusal}");
            opnieuw(&staat, &bezoek, keuze, melding).await
        }
    }
}

async fn opnieuw(staat: &Staat, bezoek: &Bezoek, keuze: Keuze, melding: String) -> Uitslag {
    let m = model(staat, bezoek, keuze, "").await?;
    let f = Formulier::leeg(&bezoek.aanmelding, m.gezien)?;
    antwoord::opnieuw(&Blad { kader: kader(bezoek)?, m, f, melding: Some(melding) })
}

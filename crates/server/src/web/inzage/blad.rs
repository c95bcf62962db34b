//! What the convenant gives with a reason, for a day. Each time it is opened stands in the read log, with the reason.

use askama::Template;
use axum::extract::{Path, State};
use convenant::{Facet, Mag, Oordeel};
use domain::body::{Adres, Persoonsgegevens};
use domain::calendar::datum;
use register::Register;

use crate::dienst::lezer;
use crate::toegang::inzage::RedenInzage;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::paden;
use crate::weergave::{moment, woorden};

/// What the read log calls it.
const WAT: &str = "inzage met reden";

/// What is shown: label and words.
type Gegeven = (&'static str, String);

#[derive(Template)]
#[template(path = "inzage/blad.html")]
struct Inzageblad {
    kader: Kader,
    naam: String,
    reden: String,
    tot: String,
    gegevens: Vec<Gegeven>,
}

/// The page, for who began the look, as long as it stands.
pub async fn blad(State(staat): State<Staat>, Path(nummer): Path<String>, bezoek: Bezoek) -> Uitslag {
    let inzage = staat.toegang.inzage(&nummer).await.map_err(|_| Weigering::Storing)?;
    let own = |inzage: &RedenInzage| {
        let same = (inzage.medewerker, inzage.organisatie, inzage.rol);
        same == (bezoek.medewerker, bezoek.organisatie, bezoek.rol) && bezoek.nu < inzage.tot()
    };
    let inzage = inzage.filter(own).ok_or(Weigering::NietGevonden)?;
    if !staat.rem.mag(bezoek.medewerker, inzage.leerling, bezoek.nu) {
        return Err(Weigering::TeVaak);
    }
    let found = staat.dienst.lees(|register| gegevens(register, &bezoek, &inzage)).await?;
    let (naam, gegevens) = found.ok_or(Weigering::NietGevonden)?;
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &[inzage.leerling], WAT, &inzage.reden).await?;
    antwoord::pagina(&Inzageblad {
        // The title stands in the history of the browser: no name there.
        kader: Kader::van(&bezoek, "Inzage met een reden", paden::INZAGE, "inzage")?,
        naam,
        tot: moment(inzage.tot()),
        reden: inzage.reden,
        gegevens,
    })
}

/// The name, and what else the convenant gives with a reason today.
fn gegevens(register: &Register, bezoek: &Bezoek, inzage: &RedenInzage) -> Option<(String, Vec<Gegeven>)> {
    let vandaag = bezoek.vandaag;
    let samenvatting = register.samenvatting_op(inzage.leerling, vandaag)?;
    let timeline = register.timeline_zonder_signalen(inzage.leerling)?;
    let convenant = register.convenant(vandaag);
    let mag = |facet| {
        let oordeel = convenant.decide(&bezoek.actor(), Mag::Lees, &samenvatting.kring, facet);
        !matches!(oordeel, Oordeel::Nee { .. })
    };
    let (_, persoon) = timeline.all::<Persoonsgegevens>().next_back().filter(|_| mag(Facet::PersoonNaam))?;
    let mut gegevens: Vec<Gegeven> = Vec::new();
    if let Some(geboren) = persoon.geboortedatum.filter(|_| mag(Facet::PersoonGeboortedatum)) {
        gegevens.push(("Geboren", datum(geboren)));
    }
    if let Some((_, adres)) = timeline.on::<Adres>(vandaag).next_back().filter(|_| mag(Facet::PersoonAdres)) {
        let open = !adres.geheim || mag(Facet::PersoonAdresGeheim);
        let postcode = adres.postcode.map(|postcode| postcode.to_string()).unwrap_or_default();
        let tekst = format!("{postcode} {}", adres.huisnummer.zichtbaar());
        let tekst = if tekst.trim().is_empty() { "niet bekend".to_owned() } else { tekst.trim().to_owned() };
        gegevens.push(("Adres", if open { tekst } else { "geheim".to_owned() }));
    }
    if mag(Facet::SchoolInschrijving) {
        let mut enrolled = false;
        for (_, inschrijving) in timeline.inschrijvingen_op(vandaag) {
            let school = register.rules().naam(inschrijving.school).to_owned();
            let klas = woorden::klas(inschrijving).map(|klas| format!(", {klas}")).unwrap_or_default();
            gegevens.push(("School", format!("{school}{klas}")));
            enrolled = true;
        }
        if !enrolled {
            gegevens.push(("School", "geen inschrijving bekend".to_owned()));
        }
    }
    Some((woorden::naam(persoon), gegevens))
}

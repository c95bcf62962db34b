//! The question: exactly who, and why. There is no list of hits: one child or the same answer for all other cases.

use askama::Template;
use axum::extract::State;
use convenant::{Facet, Mag, Oordeel};
use domain::Date;
use domain::body::Persoonsgegevens;
use domain::fact::Actor;
use domain::ids::LeerlingId;
use register::{Register, vouw};
use sha2::{Digest, Sha256};

use crate::toegang::inzage::NieuweInzage;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::paden;

/// Longest name, in characters.
const MAX_NAAM: usize = 100;
/// Length of a reason, in characters, both inclusive.
const REDEN: std::ops::RangeInclusive<usize> = 10..=400;
/// The one answer when it is not exactly one child of the own municipality.
const NIET_GEVONDEN: &str = "Met deze naam en geboortedatum is er geen leerling die u mag inzien. Controleer de spelling \
    en de datum. U kunt alleen leerlingen uit uw eigen gemeente of regio inzien.";

#[derive(Template)]
#[template(path = "inzage/zoeken.html")]
struct Zoeken {
    kader: Kader,
    f: Formulier,
}

/// What the seeker must know exactly.
struct Gezocht {
    voornaam: String,
    achternaam: String,
    geboren: Date,
}

/// The form.
pub async fn blad(bezoek: Bezoek) -> Uitslag {
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    antwoord::pagina(&zoekblad(&bezoek, f)?)
}

fn zoekblad(bezoek: &Bezoek, f: Formulier) -> Result<Zoeken, Weigering> {
    Ok(Zoeken { kader: Kader::van(bezoek, "Inzage met een reden", paden::INZAGE, "inzage")?, f })
}

/// Looks for the child; when it is there, the look begins.
pub async fn zoek(State(staat): State<Staat>, bezoek: Bezoek, mut f: Formulier) -> Uitslag {
    let voornaam = f.verplichte_tekst("voornaam", MAX_NAAM, "Vul de roepnaam of de voornamen in.");
    let achternaam = f.verplichte_tekst("achternaam", MAX_NAAM, "Vul de achternaam in, met voorvoegsel.");
    let geboren = f.verplichte_dag("geboren");
    let reden = f.tekst("reden", *REDEN.end());
    if reden.zichtbaar().chars().count() < *REDEN.start() {
        f.zet_fout("reden", "Schrijf in een zin waarom u deze leerling moet zien.");
    }
    if let (Some(geboren), true) = (geboren, f.is_goed()) {
        let gezocht =
            Gezocht { voornaam: vouw(voornaam.zichtbaar()), achternaam: vouw(achternaam.zichtbaar()), geboren };
        // Guessing counts as looking around, whether it hits or not.
        if !staat.rem.mag(bezoek.medewerker, gezocht.als_kind(), bezoek.nu) {
            return Err(Weigering::TeVaak);
        }
        let (actor, vandaag) = (bezoek.actor(), bezoek.vandaag);
        match staat.dienst.lees(|register| gezocht.vind(register, &actor, vandaag)).await? {
            Some((leerling, true)) => {
                let nieuw = NieuweInzage {
                    leerling,
                    medewerker: bezoek.medewerker,
                    organisatie: bezoek.organisatie,
                    rol: bezoek.rol,
                    reden: reden.zichtbaar().to_owned(),
                };
                let begun = staat.toegang.begin_inzage(nieuw, bezoek.nu).await;
                let nummer = begun.map_err(|_| Weigering::Storing)?;
                return antwoord::naar(&format!("{}/{nummer}", paden::INZAGE));
            }
            // Whom one sees already needs no reason.
            Some((leerling, false)) => return antwoord::naar(&paden::leerling(leerling)),
            None => f.zet_fout("achternaam", NIET_GEVONDEN),
        }
    }
    antwoord::opnieuw(&zoekblad(&bezoek, f.opnieuw(&bezoek.aanmelding, bezoek.nu)?)?)
}

impl Gezocht {
    /// A name for this question that is no child's, to count questions by.
    fn als_kind(&self) -> LeerlingId {
        let digest = Sha256::digest(format!("{}\0{}\0{}", self.voornaam, self.achternaam, self.geboren));
        LeerlingId::new(digest.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }

    /// The only child that this is and that the actor may see with a reason (`true`) or may see anyway.
    fn vind(&self, register: &Register, actor: &Actor, vandaag: Date) -> Option<(LeerlingId, bool)> {
        let convenant = register.convenant(vandaag);
        let seen = |leerling: LeerlingId| {
            let kring = &register.samenvatting_op(leerling, vandaag)?.kring;
            match convenant.decide(actor, Mag::Lees, kring, Facet::PersoonNaam) {
                Oordeel::Ja { .. } => Some((leerling, false)),
                Oordeel::MetReden { .. } => Some((leerling, true)),
                Oordeel::Nee { .. } => None,
            }
        };
        let named = register.kinderen().filter(|leerling| self.is_het(register, *leerling));
        let mut found = named.filter_map(seen);
        found.next().filter(|_| found.next().is_none())
    }

    fn is_het(&self, register: &Register, leerling: LeerlingId) -> bool {
        let Some(persoon) = register.laatste::<Persoonsgegevens>(leerling) else { return false };
        let voornaam = [&persoon.roepnaam, &persoon.voornamen];
        let whole = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
        persoon.geboortedatum == Some(self.geboren)
            && voornaam.iter().any(|naam| !naam.is_empty() && vouw(naam.zichtbaar()) == self.voornaam)
            && vouw(whole.trim()) == self.achternaam
    }
}

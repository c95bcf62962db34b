//! The page on which a file is brought in, with what the school delivered before.

use askama::Template;
use axum::extract::State;
use domain::Date;
use domain::body::{Kind, VerzuimLevering};
use domain::calendar::{dag_in_nederland, datum};
use domain::fact::Rol;
use domain::ids::OrganisatieId;
use domain::period::day_number;
use register::Register;

use crate::gebruik::indeling;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};
use crate::weergave::getal;

/// Deliveries that are shown.
const MAX_LEVERINGEN: usize = 24;
/// A school that delivered nothing about so many days is told so loudly.
const STIL: i32 = 10;
/// What a school's own layout begins with.
const VOORBEELD: &str = "basis = \"las\"\n\n[codes]\n\"ZK\" = \"ziek\"\n\"ONG\" = \"ongeoorloofd\"\n";

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levering {
    /// When it came.
    pub moment: String,
    /// What it says something about.
    pub periode: String,
    /// Complete or not, in words.
    pub soort: &'static str,
    /// Rows.
    pub rijen: String,
    /// Refused rows.
    pub afgewezen: String,
    /// Pupils for whom something changed.
    pub gewijzigd: String,
}

/// How a school stands with its deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stand {
    /// "Aangeleverd tot en met 19 maart 2026", or that there is nothing.
    pub tot: String,
    /// Whether that is too long ago.
    pub stil: bool,
    /// The last deliveries, newest first.
    pub leveringen: Vec<Levering>,
}

/// How a school stands with its deliveries on a day.
pub fn stand(register: &Register, school: OrganisatieId, vandaag: Date) -> Stand {
    let last = register.aangeleverd(school).last().and_then(|period| period.last());
    let since = last.map_or(i32::MAX, |last| day_number(vandaag) - day_number(last));
    let known = register.alleen_over(school);
    let all = known.facts().filter_map(|fact| Some((fact, VerzuimLevering::of(&fact.body)?)));
    let leveringen = all.rev().take(MAX_LEVERINGEN).map(|(fact, levering)| Levering {
        moment: datum(dag_in_nederland(fact.known)),
        periode: match fact.valid.last() {
            Some(last) => format!("{} t/m {}", datum(fact.valid.from), datum(last)),
            None => format!("vanaf {}", datum(fact.valid.from)),
        },
        soort: levering.levering.label(),
        rijen: getal(u64::from(levering.rijen)),
        afgewezen: getal(u64::from(levering.afgewezen)),
        gewijzigd: getal(u64::from(levering.gewijzigde_leerlingen)),
    });
    Stand {
        tot: last.map_or_else(
            || "Er is nog geen volledige levering van verzuim.".to_owned(),
            |last| format!("Verzuim is volledig aangeleverd tot en met {}.", datum(last)),
        ),
        stil: since > STIL,
        leveringen: leveringen.collect(),
    }
}

#[derive(Template)]
#[template(path = "invoer/blad.html")]
struct Invoerblad {
    kader: Kader,
    f: Formulier,
    stand: Option<Stand>,
    wat: Vec<(&'static str, &'static str)>,
    indelingen: Vec<(&'static str, &'static str)>,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    antwoord::pagina(&invoerblad(&staat, &bezoek, f.met("wat", "verzuim").met("indeling", "leerrecht")).await?)
}

/// The page again, with what is wrong.
///
/// # Errors
/// As the page.
pub async fn opnieuw(staat: &Staat, bezoek: &Bezoek, f: Formulier) -> Uitslag {
    let f = f.opnieuw(&bezoek.aanmelding, bezoek.nu)?;
    antwoord::opnieuw(&invoerblad(staat, bezoek, f).await?)
}

async fn invoerblad(staat: &Staat, bezoek: &Bezoek, f: Formulier) -> Result<Invoerblad, Weigering> {
    let school = (bezoek.rol != Rol::Beheerder).then_some(bezoek.organisatie);
    let (stand, eigen) = staat
        .dienst
        .lees(|register| {
            let stand = school.map(|school| stand(register, school, bezoek.vandaag));
            let eigen = school.and_then(|school| indeling::van_school(register, school)).map(str::to_owned);
            (stand, eigen)
        })
        .await?;
    let f = match f.waarde("eigen_indeling") {
        "" => f.met("eigen_indeling", eigen.unwrap_or_else(|| VOORBEELD.to_owned())),
        _ => f,
    };
    let mut indelingen = vec![
        ("leerrecht", "de eigen indeling van Leerrecht"),
        ("las", "uitvoer van een leerlingadministratie (LAS)"),
        ("somtoday", "uitvoer met de velden van Somtoday"),
    ];
    if school.is_some() {
        indelingen.push(("eigen", "de indeling van onze school (hieronder)"));
    }
    Ok(Invoerblad {
        kader: Kader::van(bezoek, "Invoer", paden::INVOER, "invoer")?,
        f,
        stand,
        wat: vec![("verzuim", "verzuim"), ("leerlingen", "leerlingen en hun ouders (CSV of EDEXML 2.1)")],
        indelingen,
    })
}

//! How complete the deliveries of schools are: what the numbers are worth.

use askama::Template;
use axum::extract::{Query, State};
use domain::calendar::datum;
use register::Register;
use register::telling::{Cijfer, Dekking, SCHOOLDAGEN, VOLLEDIG_PROCENT};
use serde::Deserialize;

use super::definitie;
use super::kijk::Kijk;
use crate::web::antwoord::{self, Uitslag};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// Schools on one page.
const PER_BLADZIJDE: usize = 100;

/// One school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its name.
    pub naam: String,
    /// The last day of which it delivered, in words.
    pub tot: String,
    /// Days delivered of the last schooldagen, in words.
    pub dagen: String,
    /// Whether counts of its pupils can be relied on.
    pub volledig: bool,
}

/// How deliveries stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Volledigheid {
    /// Schools that count.
    pub scholen: usize,
    /// Those that are complete.
    pub volledig: usize,
    /// Those that never delivered.
    pub nooit: usize,
    /// All, the least complete first.
    pub lijst: Vec<School>,
}

impl Volledigheid {
    /// Of the schools that matter to a role, today. Schools without lessons in the last time are left out.
    pub fn van(register: &Register, kijk: &Kijk, bezoek: &Bezoek) -> Self {
        let r = register.rules();
        let own = r.scholen.keys().filter(|school| kijk.telt_school(r, **school, bezoek.vandaag));
        let mut all: Vec<(String, Dekking)> = own
            .map(|school| (r.naam(*school).to_owned(), register.dekking(*school, bezoek.vandaag)))
            .filter(|(_, dekking)| dekking.schooldagen > 0)
            .collect();
        all.sort_by_cached_key(|(naam, dekking)| (dekking.procent(), register::vouw(naam)));
        Volledigheid {
            scholen: all.len(),
            volledig: all.iter().filter(|(_, dekking)| dekking.is_volledig()).count(),
            nooit: all.iter().filter(|(_, dekking)| dekking.tot_en_met.is_none()).count(),
            lijst: all.into_iter().map(school).collect(),
        }
    }

    /// In words.
    pub fn zin(&self) -> String {
        match (self.scholen, self.volledig) {
            (0, _) => "Er zijn geen schooldagen geweest waarover een school kon leveren.".to_owned(),
            (1, 1) => format!("De school leverde haar verzuim van de laatste {SCHOOLDAGEN} schooldagen aan."),
            (1, _) => format!(
                "De school leverde niet genoeg aan over de laatste {SCHOOLDAGEN} schooldagen. Wat hier staat, is onvolledig."
            ),
            (all, complete) if all == complete => {
                format!("Alle {all} scholen leverden hun verzuim van de laatste {SCHOOLDAGEN} schooldagen aan.")
            }
            (all, complete) => format!(
                "{complete} van {all} scholen leverden hun verzuim van de laatste {SCHOOLDAGEN} schooldagen aan. Van de andere {} is minder bekend: een laag getal is daar geen goed nieuws.",
                all - complete
            ),
        }
    }

    /// Whether something is missing.
    pub fn mist(&self) -> bool {
        self.volledig < self.scholen
    }
}

fn school((naam, dekking): (String, Dekking)) -> School {
    School {
        naam,
        tot: dekking.tot_en_met.map_or_else(|| "nog niets geleverd".to_owned(), datum),
        dagen: format!("{} van {} schooldagen", dekking.geleverd, dekking.schooldagen),
        volledig: dekking.is_volledig(),
    }
}

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    bladzijde: String,
}

#[derive(Template)]
#[template(path = "monitor/volledigheid.html")]
struct Blad {
    kader: Kader,
    zin: String,
    nooit: usize,
    scholen: Vec<School>,
    definitie: String,
    procent: u32,
    b: Bladeren,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let kijk = Kijk::van(&bezoek);
    let made = staat.dienst.lees_lijst(|register| Volledigheid::van(register, &kijk, &bezoek)).await?;
    let b = Bladeren::new("/monitor/volledigheid", "", made.lijst.len(), PER_BLADZIJDE, &vraag.bladzijde);
    let zin = made.zin();
    let shown = made.lijst.into_iter().skip(b.bereik().start).take(PER_BLADZIJDE);
    antwoord::pagina(&Blad {
        kader: Kader::van(&bezoek, "Hoe volledig zijn de leveringen?", paden::MONITOR, "monitor")?,
        zin,
        nooit: made.nooit,
        scholen: shown.collect(),
        definitie: definitie::adres(Cijfer::Onvolledig),
        procent: VOLLEDIG_PROCENT,
        b,
    })
}

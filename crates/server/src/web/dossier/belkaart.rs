//! A card for whoever is about to call: telephone numbers first, then what to know and what to ask. Made for a telephone.

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::calendar::datum_met_dag;

use super::gesprekken::{self, Contactregel};
use super::kop::Kop;
use super::overzicht::{AanZet, aan_zet};
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::{Staat, paden, signalen};
use crate::weergave::mensen::{self, Partner, Thuis};
use crate::weergave::stand::Stand;
use crate::weergave::tekst;
use crate::weergave::woorden::zin;

/// Contacts that are shown.
const CONTACTEN: usize = 4;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belkaart {
    /// Parents and carers.
    pub thuis: Vec<Thuis>,
    /// Telephone and e-mail of the child itself.
    pub eigen_contact: Option<(String, String)>,
    /// How it is with the child.
    pub gaat: Option<String>,
    /// The status.
    pub status: Option<String>,
    /// What somebody says not to be right of the absence, and who that is.
    pub betwist: Vec<(String, String)>,
    /// What to ask.
    pub vragen: Vec<String>,
    /// Who is aan zet.
    pub aan_zet: Option<AanZet>,
    /// The last attempts and contacts.
    pub contacten: Vec<Contactregel>,
    /// The professionals.
    pub partners: Vec<Partner>,
    /// Where a call is put down, if this reader may.
    pub vastleggen: Option<String>,
    /// The day, in words.
    pub vandaag: String,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "belkaart", wat: "belkaart", titel: "Belkaart van een leerling" };

#[derive(Template)]
#[template(path = "dossier/belkaart.html")]
struct Belkaartblad {
    kader: Kader,
    kop: Kop,
    m: Belkaart,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    // One calls today, whatever day was looked at.
    let vraag = Vraag { op: String::new(), ..vraag };
    let (kader, kop, m) =
        toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| Belkaart::van(blik).ok_or(Weigering::NietGevonden))
            .await?;
    antwoord::pagina(&Belkaartblad { kader, kop, m })
}

impl Belkaart {
    /// `None` when telephone numbers are not for this reader.
    fn van(blik: &Blik<'_>) -> Option<Self> {
        let w = &blik.w;
        if !w.oog.mag(Facet::PersoonContact) {
            return None;
        }
        let stand = Stand::uit(w);
        let mut contacten = gesprekken::contacten(blik);
        contacten.truncate(CONTACTEN);
        let betwist = blik
            .zicht
            .betwist()
            .into_iter()
            .map(|(fact, gedaan)| (gedaan.reden.zichtbaar().to_owned(), signalen::door(blik.zicht, fact, gedaan)));
        let mag = blik.zicht.mag_vastleggen(domain::body::Soort::Contact);
        Some(Belkaart {
            thuis: mensen::thuis(w),
            eigen_contact: mensen::eigen_contact(w),
            gaat: tekst::hoe_het_gaat(&stand, &blik.peil()),
            status: stand.status_woorden.as_deref().map(zin),
            vragen: vragen(&stand, &contacten),
            betwist: betwist.collect(),
            aan_zet: stand.aan_zet.as_ref().map(|beurt| aan_zet(blik, beurt)),
            contacten,
            partners: mensen::wie_is_wie(w).into_iter().filter(|partner| !partner.mensen.is_empty()).collect(),
            vastleggen: mag.then(|| paden::bij_leerling(w.leerling, "contact")),
            vandaag: datum_met_dag(blik.op()),
        })
    }
}

/// What to ask: open questions that follow from where the child stands, never about a diagnosis.
fn vragen(stand: &Stand, contacten: &[Contactregel]) -> Vec<String> {
    let naam = &stand.kind.roepnaam;
    let mut vragen = vec![format!("Hoe gaat het met {naam}? Hoe gaat het thuis?")];
    if stand.klok.is_some() {
        vragen.push(format!("Wat maakt dat {naam} nu niet (helemaal) naar school gaat, volgens u en volgens {naam}?"));
        vragen.push(format!("Wat lukt wel? Wat heeft {naam} nodig om weer te leren?"));
    } else {
        vragen.push(format!("Hoe gaat het op school, volgens u en volgens {naam}?"));
    }
    if stand.klok.as_ref().is_some_and(|klok| klok.oneens.is_some()) {
        vragen.push("Wat past er niet aan het aanbod? Wat zou wel passen?".to_owned());
    }
    if contacten.first().is_some_and(|last| last.poging) {
        vragen.push("Wanneer en hoe kunnen wij u het best bereiken?".to_owned());
    }
    vragen.push("Wat spreken wij nu af, en wanneer bellen wij weer?".to_owned());
    vragen
}

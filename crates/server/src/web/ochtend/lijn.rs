//! One line of the work, ready to be shown.

use convenant::Facet;
use domain::body::Soort;
use domain::decide::{View, mag_vastleggen};
use domain::fact::Actor;
use domain::ids::LeerlingId;
use domain::status::StatusSoort;
use domain::timeline::Timeline;

use super::belnotitie::Notitie;
use crate::web::bezoek::Bezoek;
use crate::web::blik::Beeld;
use crate::web::paden;
use crate::weergave::werk::{self, Bellen, Dag, Rang, Stap, bellen};
use crate::weergave::woorden;

/// One child on a list of work.
pub struct Lijn {
    /// Its name.
    pub naam: String,
    /// Address of its dossier.
    pub dossier: String,
    /// Class and school, and how it stands.
    pub waar: String,
    /// How the line is marked.
    pub merk: &'static str,
    /// A label beside the name, with its mark.
    pub label: Option<(&'static str, &'static str)>,
    /// Why it is on the list.
    pub redenen: Vec<String>,
    /// Whom to call.
    pub bellen: Option<Bellen>,
    /// What to do first: words and address.
    pub stap: (&'static str, String),
    /// The note of a call, for whoever may write one.
    pub notitie: Option<Notitie>,
}

/// Most reasons that one line tells; the dossier has the rest.
const MAX_REDENEN: usize = 4;

impl Lijn {
    /// A line of the list. `notitie` makes the form for a note of a call.
    pub(super) fn van(
        beeld: &Beeld,
        lijn: &werk::Lijn<'_>,
        dag: &Dag<'_>,
        bezoek: &Bezoek,
        notitie: impl FnOnce(LeerlingId) -> Option<Notitie>,
    ) -> Self {
        let t = dag.register.timeline_zonder_signalen(beeld.leerling).unwrap_or_default();
        let may = |soort| kan(dag, beeld.leerling, &t, soort, bezoek);
        let stap = lijn.redenen.first().map_or(Stap::Dossier, werk::Reden::stap);
        let mut redenen = werk::zinnen(&lijn.redenen, dag.vandaag);
        redenen.truncate(MAX_REDENEN);
        Lijn {
            naam: beeld.vandaag.kaart.naam(),
            dossier: paden::leerling(beeld.leerling),
            waar: waar(beeld, dag),
            merk: merk(lijn.rang),
            label: label(lijn.rang),
            redenen,
            bellen: bellen(&beeld.voor_werk(), dag, &t),
            stap: stap_van(stap, beeld.leerling, &may),
            notitie: may(Soort::Contact).then(|| notitie(beeld.leerling)).flatten(),
        }
    }
}

fn kan(dag: &Dag<'_>, leerling: LeerlingId, t: &Timeline, soort: Soort, bezoek: &Bezoek) -> bool {
    let view = View::new(leerling, t, dag.register.rules());
    let actor: Actor = bezoek.actor();
    mag_vastleggen(&view, soort, &actor, bezoek.nu)
}

/// Class, the school when it is another one than the reader's, and how the child stands when that is not at school.
fn waar(beeld: &Beeld, dag: &Dag<'_>) -> String {
    let kaart = &beeld.vandaag.kaart;
    let mut parts: Vec<String> = Vec::new();
    if let Some(enrolled) = kaart.inschrijving.as_ref().filter(|_| beeld.mag(Facet::SchoolInschrijving)) {
        parts.extend(woorden::klas(enrolled));
        if enrolled.school != dag.ik.organisatie {
            parts.push(dag.register.rules().naam(enrolled.school).to_owned());
        }
    }
    let status = &beeld.vandaag.status;
    let plain = matches!(status.soort, StatusSoort::GaatNaarSchool | StatusSoort::NietBekend);
    if !plain && beeld.mag_status() {
        parts.push(woorden::status_kort(status, dag.vandaag));
    }
    parts.join(", ")
}

fn merk(rang: Rang) -> &'static str {
    match rang {
        Rang::OverDatum | Rang::Niemand => "is-laat",
        Rang::Vandaag => "is-vandaag",
        Rang::Signaal | Rang::Veranderd => "is-nieuw",
        Rang::Klok => "is-klok",
        _ => "",
    }
}

fn label(rang: Rang) -> Option<(&'static str, &'static str)> {
    Some(match rang {
        Rang::OverDatum => ("over de datum", "is-laat"),
        Rang::Vandaag => ("vandaag", "is-let-op"),
        Rang::DezeWeek => ("deze week", ""),
        Rang::Signaal => ("nieuw signaal", "is-nieuw"),
        Rang::Klok => ("klok", "is-let-op"),
        Rang::ZonderDatum => ("zonder datum", ""),
        Rang::Niemand => ("niemand aan zet", "is-laat"),
        Rang::Veranderd => ("veranderd", "is-nieuw"),
        Rang::Later | Rang::TeLaatKomen => return None,
    })
}

/// What is stated, the words of the button, and the page of the form.
const STAPPEN: &[(Soort, &str, &str)] = &[
    (Soort::Melding, "Melden", "melding"),
    (Soort::Onderzoek, "Onderzoek vastleggen", "onderzoek"),
    (Soort::Verhoor, "Gesprek vastleggen", "verhoor"),
    (Soort::Gesprek, "Gesprek vastleggen", "gesprek"),
    (Soort::Consult, "Consult vragen", "consult"),
    (Soort::Verantwoordelijke, "Iemand aanwijzen", "verantwoordelijke"),
    (Soort::VolgendeStap, "Stap afspreken", "volgende-stap"),
    (Soort::Plan, "Plan vastleggen", "plan"),
    (Soort::Aanbod, "Aanbod vastleggen", "aanbod"),
];

/// The one button of a line: the form that it asks for when the reader may fill that in, else the dossier.
fn stap_van(stap: Stap, leerling: LeerlingId, may: &impl Fn(Soort) -> bool) -> (&'static str, String) {
    let form = match stap {
        Stap::Vastleggen(soort) => STAPPEN.iter().find(|(known, ..)| *known == soort && may(soort)),
        Stap::Signalen => return ("Naar de signalen", paden::bij_leerling(leerling, "signalen")),
        Stap::Dossier => None,
    };
    form.map_or_else(
        || ("Open dossier", paden::leerling(leerling)),
        |(_, tekst, blad)| (*tekst, paden::bij_leerling(leerling, blad)),
    )
}

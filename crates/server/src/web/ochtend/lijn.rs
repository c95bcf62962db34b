//! One line of the work, ready to be shown.

use askama::Template;
use convenant::Facet;
use domain::body::{Contact, Kind, Met, Soort};
use domain::calendar::{dag_in_nederland, uur_in_nederland};
use domain::decide::{View, mag_vastleggen, wie_mag};
use domain::fact::{Actor, Fact, Rol};
use domain::ids::LeerlingId;
use domain::period::days_between;
use domain::status::StatusSoort;
use domain::timeline::Timeline;

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
    /// The last thing one's own organisation did was trying to reach somebody: how, and when.
    pub poging: Option<String>,
    /// What to do first: words and address.
    pub stap: (&'static str, String),
    /// The form for the note of a call, for whoever may write one.
    pub notitie: Option<Notitieveld>,
}

/// The form for the note of a call, inside a line.
pub struct Notitieveld {
    /// Where it is sent to.
    pub adres: String,
    /// The list to come back to.
    pub terug: &'static str,
    /// Whether the reader may agree on a next step.
    pub stap: bool,
    /// Sets the fields of this form apart from those of others on the page.
    pub nummer: usize,
}

impl Notitieveld {
    pub(super) fn new(rol: Rol, leerling: LeerlingId, terug: &'static str, nummer: usize) -> Self {
        let stap = wie_mag(Soort::VolgendeStap).iter().any(|line| line.rollen.contains(&rol));
        Notitieveld { adres: paden::bij_leerling(leerling, "belnotitie"), terug, stap, nummer }
    }

    /// With whom one can have spoken.
    pub fn met(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Met::ALL.iter().map(|met| (met.code(), met.label()))
    }
}

/// Where the fields of a form go that are new each time it is shown.
const PLEK: &str = "<!--bewijs-->";

#[derive(Template)]
#[template(
    source = r#"{% import "ochtend/lijn.html" as lijnen %}{% call lijnen::lijn(l) %}{% endcall %}"#,
    ext = "html"
)]
struct Los<'a> {
    l: &'a Lijn,
}

/// A line in the form in which it is sent, as it stays for as long as nothing is said about anybody in view.
pub struct Getekend {
    /// What stands before the fields of its form that are new each time it is shown.
    pub voor: String,
    /// What stands after these; `None` when it has no form.
    pub na: Option<String>,
}

/// An attempt is told for so many days.
const POGING_DAGEN: i32 = 7;
/// Most reasons that one line tells; the dossier has the rest.
const MAX_REDENEN: usize = 4;

impl Lijn {
    /// A line of the list. `notitie` makes the form for a note of a call.
    pub(super) fn van(
        beeld: &Beeld,
        lijn: &werk::Lijn<'_>,
        dag: &Dag<'_>,
        bezoek: &Bezoek,
        notitie: impl FnOnce(LeerlingId) -> Option<Notitieveld>,
    ) -> Self {
        let t = dag.register.timeline_zonder_signalen(beeld.leerling).unwrap_or_default();
        let may = |soort| kan(dag, beeld.leerling, &t, soort, bezoek);
        let stap = lijn.redenen.first().map_or(Stap::Dossier, werk::Reden::stap);
        // What was left of an earlier school year stands in a group of its own, and comes along with nothing else.
        let rules = dag.register.rules();
        let left = |reden: &&werk::Reden<'_>| matches!(reden, werk::Reden::Termijn(termijn) if termijn.is_van_eerder_schooljaar(dag.vandaag, rules));
        let now = lijn.redenen.iter().filter(|reden| lijn.rang == Rang::VorigSchooljaar || !left(reden));
        let mut redenen = werk::zinnen(&now.cloned().collect::<Vec<_>>(), dag.vandaag);
        redenen.truncate(MAX_REDENEN);
        Lijn {
            naam: beeld.vandaag.kaart.naam(),
            dossier: paden::leerling(beeld.leerling),
            waar: woorden::vast(&waar(beeld, dag)),
            merk: merk(lijn.rang),
            label: label(lijn.rang),
            redenen,
            bellen: bellen(&beeld.voor_werk(), dag, &t),
            poging: poging(beeld, dag, &t),
            stap: stap_van(stap, beeld.leerling, &may),
            notitie: may(Soort::Contact).then(|| notitie(beeld.leerling)).flatten(),
        }
    }

    /// The line as it is sent.
    ///
    /// # Errors
    /// When the template cannot be filled in.
    pub(super) fn teken(&self) -> Result<Getekend, askama::Error> {
        let mut voor = Los { l: self }.render()?;
        // What is filled in is escaped, so this stands there once, in the form.
        let na = voor.find(PLEK).map(|at| voor.split_off(at).split_off(PLEK.len()));
        Ok(Getekend { voor, na })
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

/// An attempt lately that nothing followed: who calls again sees that it was tried, and when.
fn poging(beeld: &Beeld, dag: &Dag<'_>, t: &Timeline) -> Option<String> {
    let own = |fact: &&Fact| fact.by.organisatie() == Some(dag.ik.organisatie);
    let contacts = t.standing().filter(own).filter_map(|fact| Some((fact, Contact::of(&fact.body)?)));
    let (fact, contact) = contacts.max_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id))?;
    let lately = days_between(fact.valid.from, dag.vandaag) <= POGING_DAGEN;
    let convenant = dag.register.convenant(dag.vandaag);
    let may = convenant.leest(&dag.ik.actor(), &beeld.vandaag.kring, fact, dag.register.rules()).is_ja();
    if contact.bereikt || !lately || !may {
        return None;
    }
    let wat = woorden::zin(woorden::poging(contact.wijze));
    let wat = woorden::zonder_punt(&wat);
    // The hour is that of the note; of a day before it says little.
    let same = fact.valid.from == dag.vandaag && dag_in_nederland(fact.known) == dag.vandaag;
    let (uur, minuut) = uur_in_nederland(fact.known);
    Some(match fact.valid.from == dag.vandaag {
        true if same => format!("{wat}, vandaag {uur}.{minuut:02} uur."),
        true => format!("{wat}, vandaag."),
        false => format!("{wat}, {}.", woorden::weekdag(fact.valid.from, dag.vandaag)),
    })
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
        Rang::Vervallen => ("vervallen", ""),
        Rang::Veranderd => ("veranderd", "is-nieuw"),
        Rang::Later | Rang::TeLaatKomen | Rang::VorigSchooljaar => return None,
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

//! The first page of a child: where it stands and why, the clock, who is aan zet, what is due, who is around it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::calendar::datum_met_dag;
use domain::period::days_between;
use domain::termijnen::{Stand as TermijnStand, Termijn};
use register::Samenvatting;

use super::gesprekken::{self, Contactregel};
use super::klok::KlokBlok;
use super::kop::Kop;
use super::{Bladzijde, Blik, Vraag, kader};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beeld::patronen;
use crate::web::bezoek::Bezoek;
use crate::web::inpakken::Stuk;
use crate::web::kind::{self, Zicht};
use crate::web::signalen::regel::{Lezing, Signaalregel};
use crate::web::{Staat, paden};
use crate::weergave::mensen::{self, Collega, Partner, Thuis};
use crate::weergave::stand::{Beurt, Regel, Stand};
use crate::weergave::woorden::{aantal, weekdag, zin, zonder_punt};
use crate::weergave::{feiten, tekst};

/// Facts that are named among the reasons; the rest is on the page with all of them.
const MAX_GRONDEN: usize = 12;
/// Contacts that are shown here; the others are on their own page.
const CONTACTEN: usize = 3;
/// Signals that are shown here; the others are on their own page.
const SIGNALEN: usize = 5;

/// Why the status is what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waarom {
    /// Reasons.
    pub redenen: Vec<String>,
    /// What was stated that it rests on.
    pub feiten: Vec<String>,
    /// Whether it rests on more than the reader may see.
    pub mede: bool,
    /// Rules, with where they stand.
    pub regels: Vec<String>,
}

/// Who owes the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AanZet {
    /// The organisation.
    pub partij: String,
    /// The person there.
    pub collega: Option<Collega>,
    /// What to do.
    pub stap: String,
    /// Last day, in words.
    pub uiterlijk: String,
    /// How much too late, in words.
    pub te_laat: Option<String>,
    /// What is wrong.
    pub let_op: Vec<String>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermijnRegel {
    /// What.
    pub wat: String,
    /// Who.
    pub wie: String,
    /// By when, or when it was done.
    pub wanneer: String,
    /// On what it rests.
    pub bron: String,
}

/// Terms that stand alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermijnGroep {
    /// Heading.
    pub kop: &'static str,
    /// Class of its label.
    pub klasse: &'static str,
    /// The terms.
    pub regels: Vec<TermijnRegel>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overzicht {
    /// The status in words, with how sure it is.
    pub status: Option<String>,
    /// Where one says that the status is not right.
    pub klopt_niet: Option<String>,
    /// What the clock is called beside it.
    pub ook: Vec<&'static str>,
    /// How it is with the child.
    pub gaat: Option<String>,
    /// Why.
    pub waarom: Waarom,
    /// The clock, if one is open.
    pub klok: Option<KlokBlok>,
    /// Who is aan zet.
    pub aan_zet: Option<AanZet>,
    /// Terms.
    pub termijnen: Vec<TermijnGroep>,
    /// Terms of longer ago.
    pub oude_termijnen: usize,
    /// Signals of the school year, those for which something is to be done first.
    pub signalen: Vec<Signaalregel>,
    /// Signals that are not shown here.
    pub meer_signalen: usize,
    /// Where one does something about a signal, if this reader sees signals.
    pub signalen_adres: Option<String>,
    /// The last contacts.
    pub contacten: Vec<Contactregel>,
    /// Parents and carers.
    pub thuis: Vec<Thuis>,
    /// Telephone and e-mail of the child itself.
    pub eigen_contact: Option<(String, String)>,
    /// Who is who.
    pub partners: Vec<Partner>,
    /// In whose view the child is.
    pub in_beeld: String,
    /// What is not known, and what that does.
    pub niet_bekend: Vec<(String, &'static str)>,
    /// Who may see this child, and who not.
    pub mag_zien: (Vec<String>, Vec<String>),
    /// Addresses of the other pages, as of the same day.
    pub gesprekken_adres: String,
    /// All facts.
    pub gegevens_adres: String,
    /// Sheets to take along: words and address.
    pub bladen: Vec<(&'static str, String)>,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "", wat: "overzicht", titel: "Overzicht van een leerling" };

/// All but what surrounds it.
#[derive(Template)]
#[template(path = "dossier/overzicht.html", block = "inhoud")]
struct Inhoud {
    kop: Kop,
    patronen: String,
    m: Overzicht,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let tekst = |zicht: &Zicht<'_>| {
        let blik = Blik::van(zicht, &vraag);
        let inhoud = Inhoud { kop: Kop::van(&blik, BLAD.tab), patronen: patronen(), m: Overzicht::van(&blik) };
        inhoud.render().map_err(|_| Weigering::Storing)
    };
    let stuk = match vraag.op.is_empty() {
        true => kind::toon_bewaard(&staat, &bezoek, &leerling, BLAD.wat, tekst).await?,
        false => {
            let (_, tekst) = kind::toon(&staat, &bezoek, &leerling, vraag.dag(), BLAD.wat, tekst).await?;
            Arc::new(Stuk::van(&tekst))
        }
    };
    antwoord::omlijst(&kader(&bezoek, &BLAD, &vraag)?, stuk)
}

impl Overzicht {
    /// Of a child as of a day.
    pub(super) fn van(blik: &Blik<'_>) -> Self {
        let w = &blik.w;
        let stand = Stand::uit(w);
        let adres = |blad: &str| blik.adres(&paden::bij_leerling(w.leerling, blad));
        let mut contacten = gesprekken::contacten(blik);
        contacten.truncate(CONTACTEN);
        let signalen = signalen(blik);
        Overzicht {
            status: stand.status_woorden.as_deref().map(zin),
            klopt_niet: (stand.status_woorden.is_some() && !blik.terug()).then(|| adres("klopt-niet")),
            ook: tekst::ook(&stand),
            gaat: tekst::hoe_het_gaat(&stand, &blik.peil()),
            waarom: waarom(blik, &stand),
            klok: stand.klok.as_ref().map(|klok| KlokBlok::van(blik, klok)),
            aan_zet: stand.aan_zet.as_ref().map(|beurt| aan_zet(blik, beurt)),
            termijnen: groepen(&stand),
            oude_termijnen: stand.oude_termijnen,
            meer_signalen: signalen.len().saturating_sub(SIGNALEN),
            signalen: signalen.into_iter().take(SIGNALEN).collect(),
            signalen_adres: w.oog.mag(Facet::Signalen).then(|| paden::bij_leerling(w.leerling, "signalen")),
            contacten,
            thuis: mensen::thuis(w),
            eigen_contact: mensen::eigen_contact(w),
            partners: mensen::wie_is_wie(w),
            in_beeld: tekst::in_beeld(&stand.in_beeld, stand.op),
            niet_bekend: stand.niet_bekend.iter().map(|gap| (zin(&gap.wat), gap.gevolg.zin())).collect(),
            mag_zien: (stand.mag_zien.wel, stand.mag_zien.niet),
            gesprekken_adres: adres("gesprekken"),
            gegevens_adres: adres("gegevens"),
            bladen: bladen(blik),
        }
    }
}

/// Signals of the school year of the day, the open ones first, each group newest first.
fn signalen(blik: &Blik<'_>) -> Vec<Signaalregel> {
    let then = blik.terug().then(|| Samenvatting::of(blik.w.t, blik.op(), blik.w.r));
    let lezing = Lezing {
        register: blik.w.register,
        vandaag: blik.op(),
        wie: blik.zicht.bezoek.actor(),
        leerling: blik.w.leerling,
        samenvatting: then.as_ref().unwrap_or(blik.zicht.vandaag),
        facetten: blik.zicht.facetten,
    };
    let mut regels = lezing.regels();
    regels.sort_by_key(|regel| !regel.open);
    regels
}

fn bladen(blik: &Blik<'_>) -> Vec<(&'static str, String)> {
    let adres = |blad: &str| paden::bij_leerling(blik.w.leerling, blad);
    let mdo =
        blik.w.oog.mag(Facet::Klok).then(|| ("MDO-blad: een bladzijde voor een overleg", blik.adres(&adres("mdo"))));
    let bel = blik.w.oog.mag(Facet::PersoonContact).then(|| ("Belkaart: nummers en vragen", adres("belkaart")));
    [bel, mdo].into_iter().flatten().collect()
}

fn waarom(blik: &Blik<'_>, stand: &Stand) -> Waarom {
    let words = |(place, reden)| zin(&tekst::reden_woorden(reden, place == 0, stand.op));
    let stated = stand.rust_op.iter().filter_map(|id| blik.w.t.fact(*id));
    let stated = stated.take(MAX_GRONDEN).map(|fact| zin(&feiten::zin(fact, blik.w.r, stand.op)));
    let regels = stand.onder.iter().map(|regel| {
        let says = domain::rules::regel(regel.regel, stand.op).map(|found| format!(": {}", zonder_punt(found.inhoud)));
        format!("{}{}.", regel.bron, says.unwrap_or_default())
    });
    let mut regels: Vec<String> = regels.collect();
    regels.dedup();
    Waarom {
        redenen: stand.waarom.iter().enumerate().map(words).collect(),
        feiten: stated.collect(),
        mede: stand.mede,
        regels,
    }
}

pub(super) fn aan_zet(blik: &Blik<'_>, beurt: &Beurt) -> AanZet {
    let late = u32::try_from(days_between(beurt.uiterlijk, blik.op())).ok().filter(|days| *days > 0);
    AanZet {
        partij: beurt.partij.clone(),
        collega: beurt.medewerker.map(|id| mensen::collega(&blik.w, id, beurt.organisatie)),
        stap: zin(&beurt.stap),
        uiterlijk: datum_met_dag(beurt.uiterlijk),
        te_laat: late.map(|days| format!("{} te laat", aantal(days, "dag", "dagen"))),
        let_op: beurt.let_op.clone(),
    }
}

/// Terms in the order of their urgency.
fn groepen(stand: &Stand) -> Vec<TermijnGroep> {
    let groups = [
        ("Te laat", "is-laat", TermijnStand::TeLaat),
        ("Vandaag de laatste dag", "is-let-op", TermijnStand::Vandaag),
        ("Te doen", "is-nieuw", TermijnStand::Open),
        ("Kort geleden gedaan", "is-goed", TermijnStand::Vervuld),
    ];
    let of = |state| stand.termijnen.iter().filter(move |line| line.termijn.stand == state);
    let groups = groups.into_iter().map(|(kop, klasse, state)| {
        let regels = of(state).map(|line| termijn(line, stand)).collect();
        TermijnGroep { kop, klasse, regels }
    });
    groups.filter(|group| !group.regels.is_empty()).collect()
}

fn termijn(line: &Regel, stand: &Stand) -> TermijnRegel {
    let Regel { termijn, wie, keer } = line;
    let times = if *keer > 1 { format!(" ({keer} keer)") } else { String::new() };
    TermijnRegel {
        wat: format!("{}{times}", zonder_punt(&termijn.wat)),
        wie: wie.clone(),
        wanneer: wanneer(termijn, stand.op),
        bron: termijn.regel.bron.to_owned(),
    }
}

/// By when; of what was done, when that was.
pub(super) fn wanneer(termijn: &Termijn, op: domain::Date) -> String {
    if let Some(done) = termijn.vervuld_op {
        return format!("gedaan op {}", weekdag(done, op));
    }
    match termijn.uiterlijk {
        Some(last) => format!("uiterlijk {}", weekdag(last, op)),
        None => termijn.norm.in_woorden(),
    }
}

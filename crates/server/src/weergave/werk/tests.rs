//! Whose work it is, why, and in which order: children told as stories, looked at by somebody at work.

use std::sync::Arc;

use convenant::Mag;
use domain::body::{
    Aanbod, AanbodSoort, Afhandeling, Body, Contact, Contactgegevens, Gezag, Indeling, IndelingSoort, JaNee,
    Medewerker, Met, Ondersteuningsvraag, Organisatie, OrganisatieSoort, Persoonsgegevens, Relatie, RolToekenning,
    SchoolUren, Sector, SignaalAfhandeling, Stem, Taak, Vakanties, Verantwoordelijke, VolgendeStap, VraagVan, Wijze,
};
use domain::calendar::{Vakantieregio, begin_van_dag};
use domain::dossier::{Dossier, Opening};
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Rol, Source};
use domain::ids::{PersoonId, Subject};
use domain::nummers::Gemeentecode;
use domain::period::{Period, plus_days};
use domain::signaal::{Daad, Gedaan, Signaal, SignaalSoort, VervallenSignaal};
use testkit::{GEMEENTE, Kind as Verhaal, LEERLING, MOEDER, SCHOOL, SWV, dag as op, kind, mentor};

use super::*;
use crate::weergave::stand::Stand;

/// A Wednesday.
const VANDAAG: Date = Date::constant(2026, 3, 18);
const SINDS: Date = Date::constant(2014, 8, 1);
const IK: MedewerkerId = MedewerkerId::new(101);
const COLLEGA: MedewerkerId = MedewerkerId::new(102);
const CONSULENT: MedewerkerId = MedewerkerId::new(103);

/// A register under construction.
struct Regio {
    register: Register,
    seq: u64,
}

impl Regio {
    /// One school with two verzuimcoördinatoren, its samenwerkingsverband with a consulent, one municipality.
    fn new() -> Self {
        let mut regio = Regio { register: Register::new(), seq: 0 };
        for (id, soort, sector) in [
            (SCHOOL, OrganisatieSoort::School, Some(Sector::Vo)),
            (SWV, OrganisatieSoort::Samenwerkingsverband, None),
            (GEMEENTE, OrganisatieSoort::Gemeente, None),
        ] {
            let gemeente = Gemeentecode::parse("0361").ok();
            let naam = soort.label().to_owned();
            let plaats = String::new();
            let own = Organisatie { naam, soort, sector, vestiging: None, gemeente, swv: None, postcode: None, plaats };
            regio.zegt(id, Period::since(SINDS), own);
        }
        regio.zegt(SCHOOL, Period::since(SINDS), Vakanties { regio: Vakantieregio::Noord });
        regio.zegt(SCHOOL, Period::since(SINDS), Indeling { soort: IndelingSoort::SwvVo, bij: SWV });
        let uren = SchoolUren { jaargroep: String::new(), kwartieren: [20, 20, 20, 20, 20, 0, 0] };
        regio.zegt(SCHOOL, Period::since(SINDS), uren);
        for (id, naam, organisatie, rol) in [
            (IK, "mw. Visser", SCHOOL, Rol::Verzuimcoordinator),
            (COLLEGA, "dhr. Bos", SCHOOL, Rol::Verzuimcoordinator),
            (CONSULENT, "mw. de Wit", SWV, Rol::Consulent),
        ] {
            let werkdagen = [true, true, id != CONSULENT, true, true, false, false];
            let (telefoon, email) = ("072-555 01 23".into(), "".into());
            let wie = Medewerker { naam: naam.into(), functie: rol.label().to_owned(), telefoon, email, werkdagen };
            regio.zegt(id, Period::since(SINDS), wie);
            regio.zegt(id, Period::since(SINDS), RolToekenning { rol, organisatie });
        }
        regio.register.settle();
        regio
    }

    fn zegt(&mut self, about: impl Into<Subject>, valid: Period, body: impl Into<Body>) {
        let by = Actor::Systeem { organisatie: SCHOOL };
        let (ground, source) = (Grondslag::Schooladministratie, Source::of(Bron::School, SCHOOL));
        let about = about.into();
        self.seq += 1;
        let fact = NewFact { about, valid, by, ground, source, replaces: None, body: body.into() };
        self.register.apply(self.seq, fact.recorded(FactId(self.seq.into()), begin_van_dag(SINDS)));
    }

    /// Puts a child in with this story, under a number and a name.
    fn kind(mut self, nummer: u64, verhaal: &Verhaal) -> Self {
        for fact in verhaal.feiten() {
            let mut fact = fact.as_ref().clone();
            fact.id = FactId(fact.id.0 + u128::from(nummer) * 1_000_000);
            if fact.about == Subject::from(LEERLING) {
                fact.about = LeerlingId::new(nummer).into();
            }
            self.seq += 1;
            self.register.apply(self.seq, fact);
        }
        self
    }

    /// The work of somebody of the school or elsewhere: per line its child, where it stands, and why in words.
    fn werk(&mut self, ik: &Ik, vorige: Option<Timestamp>) -> Vec<(u64, Rang, Vec<String>)> {
        self.register.samenvattingen(VANDAAG, 1);
        let dag = Dag { register: &self.register, vandaag: VANDAAG, ik, vorige, gezien: &BTreeMap::new() };
        let seen: Vec<(LeerlingId, Facetten, Arc<Samenvatting>)> = self
            .register
            .kinderen()
            .filter_map(|leerling| {
                let made = self.register.samenvatting_op(leerling, VANDAAG)?;
                let facetten = self.register.convenant(VANDAAG).facetten(&ik.actor(), Mag::Lees, &made.kring);
                (!facetten.is_empty()).then_some((leerling, facetten, made))
            })
            .collect();
        let kinderen = seen.iter().map(|(l, f, made)| Kind { leerling: *l, facetten: *f, vandaag: made });
        let werk = werk(kinderen, &dag);
        let words = |lijn: &Lijn<'_>| (lijn.leerling.0.get(), lijn.rang, zinnen(&lijn.redenen, VANDAAG));
        werk.lijnen.iter().map(words).collect()
    }

    fn ik(&self, wie: MedewerkerId, organisatie: OrganisatieId, rol: Rol) -> Ik {
        Ik::new(&self.register, wie, organisatie, rol, VANDAAG)
    }

    fn coordinator(&self) -> Ik {
        self.ik(IK, SCHOOL, Rol::Verzuimcoordinator)
    }
}

fn sam() -> Verhaal {
    kind(op(2011, 9, 3)).ingeschreven(SCHOOL, op(2025, 8, 1)).woont_hier(op(2025, 8, 1))
}

fn eigenaar(organisatie: OrganisatieId, medewerker: MedewerkerId) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker, taak: Taak::Eigenaar }
}

fn stap(organisatie: OrganisatieId, medewerker: Option<MedewerkerId>, uiterlijk: Date) -> VolgendeStap {
    VolgendeStap { organisatie, medewerker, stap: "Bel de ouders.".into(), uiterlijk }
}

/// A child of whom somebody is responsible and owes a step.
fn met_stap(organisatie: OrganisatieId, medewerker: Option<MedewerkerId>, uiterlijk: Date) -> Verhaal {
    let since = op(2026, 3, 2);
    sam().toestand(since, mentor(SCHOOL), eigenaar(SCHOOL, IK)).gebeurtenis(
        since,
        mentor(SCHOOL),
        stap(organisatie, medewerker, uiterlijk),
    )
}

#[test]
fn lines_stand_in_the_order_of_their_days_and_each_child_has_one() {
    let mut regio = Regio::new()
        .kind(11, &met_stap(SCHOOL, Some(IK), op(2026, 3, 20)))
        .kind(12, &met_stap(SCHOOL, Some(IK), op(2026, 3, 17)))
        .kind(13, &met_stap(SCHOOL, Some(IK), op(2026, 3, 18)))
        .kind(14, &met_stap(SCHOOL, Some(IK), op(2026, 3, 9)))
        .kind(15, &met_stap(SCHOOL, Some(IK), op(2026, 3, 23)))
        .kind(16, &sam().toestand(op(2026, 3, 2), mentor(SCHOOL), eigenaar(SCHOOL, IK)))
        .kind(17, &sam());
    let ik = regio.coordinator();
    let werk = regio.werk(&ik, None);
    let order: Vec<(u64, Rang)> = werk.iter().map(|(kind, rang, _)| (*kind, *rang)).collect();
    assert_eq!(
        order,
        [
            (14, Rang::OverDatum),
            (12, Rang::OverDatum),
            (13, Rang::Vandaag),
            (11, Rang::DezeWeek),
            (16, Rang::ZonderDatum),
            (15, Rang::Later),
        ]
    );
    let words: Vec<&str> = werk.iter().map(|(.., redenen)| redenen[0].as_str()).collect();
    assert_eq!(
        words,
        [
            "U bent aan zet: Bel de ouders (moest uiterlijk maandag 9 maart, 9 dagen geleden).",
            "U bent aan zet: Bel de ouders (moest uiterlijk dinsdag 17 maart, 1 dag geleden).",
            "U bent aan zet: Bel de ouders, vandaag.",
            "U bent aan zet: Bel de ouders, uiterlijk vrijdag 20 maart.",
            "U bent aan zet. Er is nog geen volgende stap afgesproken.",
            "U bent aan zet: Bel de ouders, uiterlijk maandag 23 maart.",
        ]
    );
}

#[test]
fn a_step_is_of_whom_it_names_and_else_of_who_coordinates() {
    for (story, organisatie, medewerker, mine) in [
        ("named", SCHOOL, Some(IK), true),
        ("a colleague", SCHOOL, Some(COLLEGA), false),
        ("nobody in particular", SCHOOL, None, true),
        ("another organisation", SWV, Some(CONSULENT), false),
        ("another organisation, nobody in particular", SWV, None, false),
    ] {
        let mut regio = Regio::new().kind(11, &met_stap(organisatie, medewerker, VANDAAG));
        let ik = regio.coordinator();
        assert_eq!(!regio.werk(&ik, None).is_empty(), mine, "{story}");
    }
    // Of two colleagues in one role the one who is responsible for the child takes what names nobody.
    let since = op(2026, 3, 2);
    let van_collega = sam().toestand(since, mentor(SCHOOL), eigenaar(SCHOOL, COLLEGA)).gebeurtenis(
        since,
        mentor(SCHOOL),
        stap(SCHOOL, None, VANDAAG),
    );
    let mut regio = Regio::new().kind(11, &van_collega);
    let (ik, collega) = (regio.coordinator(), regio.ik(COLLEGA, SCHOOL, Rol::Verzuimcoordinator));
    assert!(regio.werk(&ik, None).is_empty());
    assert!(!regio.werk(&collega, None).is_empty());
}

#[test]
fn the_head_does_what_nobody_at_the_school_was_given_the_role_for() {
    let hoofd = MedewerkerId::new(104);
    let opgepakt = SignaalAfhandeling {
        regel: "weg".into(),
        eerste_dag: op(2026, 3, 2),
        stap: None,
        afhandeling: Afhandeling::Opgepakt,
        reden: "".into(),
        stem: Stem::Eigen,
    };
    let zonder_iemand = sam().gebeurtenis(op(2026, 3, 2), mentor(SCHOOL), opgepakt);
    let mut regio = Regio::new().kind(11, &zonder_iemand);
    let head = regio.ik(hoofd, SCHOOL, Rol::Schoolleider);
    assert!(regio.werk(&head, None).iter().all(|(_, rang, _)| *rang != Rang::Niemand), "there are coordinators");
    let ik = regio.coordinator();
    let found = regio.werk(&ik, None);
    assert_eq!(found[0].1, Rang::Niemand);
    assert_eq!(found[0].2, ["Niemand is aan zet. Wijs een verantwoordelijke aan."]);

    let zonder = |id| Period { from: SINDS, until: Some(op(2026, 1, 1 + i8::try_from(id).unwrap())) };
    let mut leeg = Regio::new().kind(11, &zonder_iemand);
    for (n, wie) in [IK, COLLEGA].into_iter().enumerate() {
        let last = leeg.register.over(wie).next_back().unwrap().clone();
        leeg.seq += 1;
        let ended = domain::fact::Fact {
            id: FactId(leeg.seq.into()),
            valid: zonder(n),
            known: begin_van_dag(op(2026, 1, 5)),
            replaces: Some(last.id),
            ..last
        };
        leeg.register.apply(leeg.seq, ended);
    }
    let head = leeg.ik(hoofd, SCHOOL, Rol::Schoolleider);
    assert!(leeg.werk(&head, None).iter().any(|(_, rang, _)| *rang == Rang::Niemand));
}

#[test]
fn a_clock_is_told_in_the_week_of_its_warning_and_once_three_months_passed() {
    let weg = |begin: Date| {
        met_stap(SWV, Some(CONSULENT), op(2026, 4, 30))
            .gebeurtenis(
                op(2026, 3, 2),
                mentor(SCHOOL),
                Ondersteuningsvraag {
                    van: VraagVan::School,
                    vraag: "".into(),
                    geprobeerd: "".into(),
                    deelname: "".into(),
                    ouders: "".into(),
                    leerling: "".into(),
                },
            )
            .zit_thuis(begin)
    };
    let clock = |begin: Date| {
        let mut regio = Regio::new().kind(11, &weg(begin));
        let ik = regio.coordinator();
        let found = regio.werk(&ik, None);
        let told = found.into_iter().flat_map(|(.., redenen)| redenen);
        told.filter(|reden| reden.contains("klok") || reden.contains("voorbij")).collect::<Vec<_>>()
    };
    // Four weeks after Wednesday 18 February is today.
    assert_eq!(clock(op(2026, 2, 18)), ["De klok is in week 4. Drie maanden zijn om op 18 mei."]);
    assert_eq!(clock(op(2026, 2, 19)), [""; 0], "tomorrow");
    assert_eq!(clock(op(2026, 2, 12)).len(), 1, "within a week");
    assert_eq!(clock(op(2026, 2, 9)), [""; 0], "more than a week ago");
    assert_eq!(clock(op(2025, 12, 17)), ["Drie maanden voorbij sinds 17 maart."]);
}

#[test]
fn what_was_left_of_an_earlier_school_year_is_behind_all_others_and_legal_duties_and_clocks_are_not() {
    use domain::body::{Melding, MeldingSoort, UitschrijfReden};
    let melding = Melding {
        soort: MeldingSoort::V3,
        begin: op(2025, 5, 5),
        einde: None,
        reden: "".into(),
        alle_lessen: false,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    };
    // Left in July 2025 and came again in August: the school never filled in the end, and leerplicht never answered.
    let vorig = kind(op(2011, 9, 3)).ingeschreven(SCHOOL, op(2024, 8, 1)).woont_hier(op(2024, 8, 1));
    let vorig = vorig
        .gebeurtenis(op(2025, 5, 8), mentor(SCHOOL), melding)
        .uitgeschreven(SCHOOL, op(2025, 7, 30), UitschrijfReden::Onbekend)
        .ingeschreven(SCHOOL, op(2025, 8, 1));
    let step = op(2026, 3, 2);
    let nu = vorig.clone().toestand(step, mentor(SCHOOL), eigenaar(SCHOOL, IK)).gebeurtenis(
        step,
        mentor(SCHOOL),
        stap(SCHOOL, Some(IK), VANDAAG),
    );
    let mut regio = Regio::new().kind(11, &vorig).kind(12, &met_stap(SCHOOL, Some(IK), op(2026, 3, 23))).kind(13, &nu);
    let ik = regio.coordinator();
    let found = regio.werk(&ik, None);
    let order: Vec<(u64, Rang)> = found.iter().map(|(kind, rang, _)| (*kind, *rang)).collect();
    assert!(order.starts_with(&[(13, Rang::Vandaag)]), "what is due now goes first: {found:?}");
    assert_eq!(order.last(), Some(&(11, Rang::VorigSchooljaar)), "{found:?}");
    assert!(found.iter().any(|(kind, _, redenen)| *kind == 13 && redenen.last().unwrap().contains("einddatum")));
    let lpa = MedewerkerId::new(105);
    let leerplicht = regio.ik(lpa, GEMEENTE, Rol::Leerplichtambtenaar);
    let theirs = regio.werk(&leerplicht, None);
    let eleven = theirs.iter().find(|(kind, ..)| *kind == 11).unwrap();
    assert_eq!(eleven.1, Rang::OverDatum, "an answer to a melding stays due: {eleven:?}");

    let stand = Stand::van(&regio.register, LeerlingId::new(11), VANDAAG).unwrap();
    let due: Vec<&str> = stand.termijnen.iter().map(|line| line.termijn.wat.as_str()).collect();
    assert!(!due.iter().any(|wat| wat.contains("einddatum")), "the dossier does not press for it either: {due:?}");
    assert!(due.iter().any(|wat| wat.contains("melding")) && stand.oude_termijnen > 0, "{due:?}");
}

#[test]
fn sixteen_hours_wait_with_an_owed_melding_of_their_own_school_year_and_not_from_eighteen_on() {
    use domain::signaal::{Signaal, SignaalSoort};
    let fired = |soort: SignaalSoort, dag| Signaal {
        regel: soort.code().to_owned(),
        soort,
        dag,
        van: dag,
        stap: 0,
        was: None,
        waarde: 64,
        bekend: None,
        onvolledig: false,
    };
    let zestien = fired(SignaalSoort::ZestienUur, op(2025, 10, 6));
    for (sinds, geboren, waits) in [
        (op(2025, 9, 8), Some(op(2011, 9, 3)), true),
        (op(2025, 9, 8), None, true),
        (op(2025, 10, 7), Some(op(2011, 9, 3)), false),
        (op(2025, 7, 3), Some(op(2011, 9, 3)), false),
        (op(2025, 9, 8), Some(op(2007, 10, 7)), true),
        (op(2025, 9, 8), Some(op(2007, 10, 6)), false),
    ] {
        assert_eq!(redenen::wacht_mee(&zestien, sinds, geboren), waits, "{sinds} {geboren:?}");
    }
    assert!(!redenen::wacht_mee(&fired(SignaalSoort::TeLaat, op(2025, 10, 6)), op(2025, 9, 8), None));
}

#[test]
fn a_mentor_sees_an_own_pupil_who_is_at_home_whoever_is_aan_zet() {
    // Twenty-two days: no week of a warning.
    let since = plus_days(VANDAAG, -22);
    let story = met_stap(SCHOOL, Some(COLLEGA), op(2026, 4, 30)).zit_thuis(since);
    let mentor_is = MedewerkerId::new(106);
    let named = story.toestand(since, mentor(SCHOOL), eigenaar(SCHOOL, mentor_is));
    let mut regio = Regio::new().kind(11, &named);
    let mentor = regio.ik(mentor_is, SCHOOL, Rol::Mentor);
    let found = regio.werk(&mentor, None);
    let told = found.iter().flat_map(|(.., redenen)| redenen).find(|reden| reden.starts_with("Gaat nu niet"));
    assert!(told.is_some() && found[0].1 <= Rang::Klok, "{found:?}");
    let ik = regio.coordinator();
    let others = regio.werk(&ik, None);
    assert!(!others.iter().any(|(.., r)| r.iter().any(|reden| reden.starts_with("Gaat nu niet"))), "{others:?}");
}

#[test]
fn what_others_stated_since_the_last_visit_is_told_as_far_as_one_may_read_it() {
    let contact = |day, by| {
        let contact = Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: "".into() };
        met_stap(SWV, Some(CONSULENT), op(2026, 4, 30)).gebeurtenis(day, by, contact)
    };
    let told = |verhaal: &Verhaal, vorige: Option<Date>| {
        let mut regio = Regio::new().kind(11, verhaal);
        let ik = regio.coordinator();
        let found = regio.werk(&ik, vorige.map(begin_van_dag));
        found.into_iter().filter(|(_, rang, _)| *rang == Rang::Veranderd).flat_map(|(.., r)| r).collect::<Vec<_>>()
    };
    let yesterday = op(2026, 3, 17);
    let me = Actor::Medewerker { id: IK, organisatie: SCHOOL, rol: Rol::Verzuimcoordinator };
    let arts = Actor::Medewerker { id: MedewerkerId::new(9), organisatie: testkit::JGZ, rol: Rol::Jeugdarts };
    let by_mentor = contact(yesterday, mentor(SCHOOL));
    assert_eq!(told(&by_mentor, Some(op(2026, 3, 16))), ["Nieuw sinds uw vorige bezoek: contact."]);
    assert_eq!(told(&by_mentor, Some(op(2026, 3, 18))), [""; 0], "seen already");
    assert_eq!(told(&by_mentor, None), [""; 0], "the first time everything is new");
    assert_eq!(told(&contact(yesterday, me), Some(op(2026, 3, 16))), [""; 0], "one's own");
    assert_eq!(told(&contact(yesterday, arts), Some(op(2026, 3, 16))), [""; 0], "what one may not read");
}

#[test]
fn one_calls_a_parent_with_gezag_the_youth_of_age_and_the_colleague_whose_turn_it_is() {
    let wie_te_bellen = |verhaal: &Verhaal, extra: &[(PersoonId, &str, &str)]| {
        let mut regio = Regio::new().kind(11, verhaal);
        for (persoon, naam, telefoon) in extra {
            let leeg = domain::tekst::Tekst::default;
            let named = Persoonsgegevens {
                achternaam: (*naam).into(),
                voorvoegsel: leeg(),
                voornamen: leeg(),
                roepnaam: leeg(),
                geboortedatum: None,
                geslacht: domain::body::Geslacht::Onbekend,
                bsn: None,
                onderwijsnummer: None,
            };
            let contact = Contactgegevens {
                telefoon: (*telefoon).into(),
                email: leeg(),
                taal: "Pools".into(),
                tolk: JaNee::Ja,
                veilig_contact: "Niet bellen na 17.00 uur.".into(),
            };
            regio.zegt(*persoon, Period::since(SINDS), named);
            regio.zegt(*persoon, Period::since(SINDS), contact);
        }
        regio.register.samenvattingen(VANDAAG, 1);
        let ik = regio.coordinator();
        let dag = Dag { register: &regio.register, vandaag: VANDAAG, ik: &ik, vorige: None, gezien: &BTreeMap::new() };
        let made = regio.register.samenvatting_op(LeerlingId::new(11), VANDAAG).unwrap();
        let facetten = regio.register.convenant(VANDAAG).facetten(&ik.actor(), Mag::Lees, &made.kring);
        let kind = Kind { leerling: LeerlingId::new(11), facetten, vandaag: &made };
        let t = regio.register.timeline_zonder_signalen(kind.leerling).unwrap();
        let found = bellen(&kind, &dag, &t);
        let none = bellen(&Kind { facetten: Facetten::GEEN, ..kind }, &dag, &t);
        assert!(none.is_none(), "nothing for whoever may not see how to reach them");
        found
    };
    let opa = PersoonId::new(3);
    let (moeder, grootvader) = ((MOEDER, "Marieke Proefman", "06-555 00001"), (opa, "Jan Proefman", "06-555 00003"));
    let bij_opa = Gezag { persoon: opa, relatie: Relatie::Verzorger, gezag: JaNee::Nee, woont_bij_kind: JaNee::Ja };
    let mine = met_stap(SCHOOL, Some(IK), VANDAAG).toestand(op(2025, 9, 1), mentor(SCHOOL), bij_opa);
    let found = wie_te_bellen(&mine, &[moeder, grootvader]).unwrap();
    assert_eq!((found.wie.as_str(), found.nummer().as_str()), ("Marieke Proefman (moeder)", "0655500001"));
    assert_eq!(found.let_op, ["Niet bellen na 17.00 uur.", "spreekt Pools", "tolk nodig"]);

    let theirs = met_stap(SWV, Some(CONSULENT), VANDAAG);
    let found = wie_te_bellen(&theirs, &[moeder]).unwrap();
    assert_eq!(found.wie, "mw. de Wit (consulent passend onderwijs, samenwerkingsverband, ma, di, do en vr)");
    assert_eq!((found.collega, found.let_op), (true, vec!["werkt vandaag niet".to_owned()]), "it is Wednesday");

    let own = Contactgegevens {
        telefoon: "06-555 00009".into(),
        email: "".into(),
        taal: "".into(),
        tolk: JaNee::Onbekend,
        veilig_contact: "".into(),
    };
    let achttien =
        kind(op(2008, 3, 18)).ingeschreven(SCHOOL, op(2025, 8, 1)).toestand(op(2025, 8, 1), mentor(SCHOOL), own);
    let found = wie_te_bellen(&achttien, &[moeder]).unwrap();
    assert_eq!(found.telefoon, "06-555 00009");
}

#[test]
fn a_consulent_sees_a_child_only_after_a_question() {
    let zonder = met_stap(SWV, Some(CONSULENT), VANDAAG);
    let mut regio = Regio::new().kind(11, &zonder);
    let consulent = regio.ik(CONSULENT, SWV, Rol::Consulent);
    assert!(regio.werk(&consulent, None).is_empty(), "no name before the question");
    let vraag = Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "Wat past?".into(),
        geprobeerd: "".into(),
        deelname: "".into(),
        ouders: "".into(),
        leerling: "".into(),
    };
    let mut regio = Regio::new().kind(11, &zonder.gebeurtenis(op(2026, 3, 3), mentor(SCHOOL), vraag));
    assert_eq!(regio.werk(&consulent, None)[0].1, Rang::Vandaag);
}

#[test]
fn the_button_of_a_line_leads_to_what_its_first_reason_asks() {
    let aanbod = Aanbod {
        soort: AanbodSoort::Onderwijs,
        wat: "".into(),
        voorziening: None,
        organisatie: Some(SCHOOL),
        kwartieren_per_week: 20,
        opbouw: Vec::new(),
        schriftelijk_op: None,
    };
    let verhaal = met_stap(SCHOOL, Some(IK), VANDAAG).toestand(plus_days(VANDAAG, -7), mentor(SCHOOL), aanbod);
    let mut regio =
        Regio::new().kind(11, &verhaal).kind(12, &sam().toestand(op(2026, 3, 2), mentor(SCHOOL), eigenaar(SCHOOL, IK)));
    let ik = regio.coordinator();
    regio.register.samenvattingen(VANDAAG, 1);
    let dag = Dag { register: &regio.register, vandaag: VANDAAG, ik: &ik, vorige: None, gezien: &BTreeMap::new() };
    let made: Vec<_> = [11, 12]
        .map(LeerlingId::new)
        .into_iter()
        .map(|leerling| (leerling, regio.register.samenvatting_op(leerling, VANDAAG).unwrap()))
        .collect();
    let kinderen =
        made.iter().map(|(leerling, vandaag)| Kind { leerling: *leerling, facetten: Facetten::ALLE, vandaag });
    let werk = werk(kinderen, &dag);
    let stappen: Vec<Stap> = werk.lijnen.iter().map(|lijn| lijn.redenen[0].stap()).collect();
    assert_eq!(stappen, [Stap::Dossier, Stap::Vastleggen(domain::body::Soort::VolgendeStap)]);
    assert_eq!((werk.vanochtend(), werk.groep(Rang::Vandaag).len(), werk.groep(Rang::Later).len()), (2, 1, 0));
}

/// Child 11 with a signal of 2 March that went on a day, with which somebody did something the day after it.
fn met_vervallen(regio: &Regio, dossier: Dossier, daad: Daad, sinds: Date) -> Samenvatting {
    let signaal = Signaal {
        regel: "16 uur".to_owned(),
        soort: SignaalSoort::ZestienUur,
        dag: op(2026, 3, 2),
        van: op(2026, 2, 2),
        stap: 0,
        was: None,
        waarde: 66,
        bekend: None,
        onvolledig: false,
    };
    let gedaan = vec![Gedaan { wie: IK, organisatie: SCHOOL, daad, dag: op(2026, 3, 3) }];
    let gone = VervallenSignaal { signaal, sinds: begin_van_dag(sinds), gedaan };
    let mut made = Samenvatting::clone(&regio.register.samenvatting_op(LeerlingId::new(11), VANDAAG).unwrap());
    (made.vervallen, made.dossier) = ([gone].into(), dossier);
    made
}

/// What somebody is told of it, who looked at the signals on a day.
fn verteld(regio: &Regio, made: &Samenvatting, ik: &Ik, seen: Option<Date>, facetten: Facetten) -> Option<String> {
    let leerling = LeerlingId::new(11);
    let gezien: BTreeMap<LeerlingId, Timestamp> = seen.map(|day| (leerling, begin_van_dag(day))).into_iter().collect();
    let dag = Dag { register: &regio.register, vandaag: VANDAAG, ik, vorige: None, gezien: &gezien };
    let found = werk([Kind { leerling, facetten, vandaag: made }], &dag);
    let lijn = found.groep(Rang::Vervallen).first().cloned()?;
    assert_eq!(lijn.redenen[0].stap(), Stap::Signalen);
    Some(zinnen(&lijn.redenen, VANDAAG)[0].clone())
}

#[test]
fn a_signal_that_went_is_told_to_who_acted_until_they_saw_so_or_ten_schooldagen_passed() {
    let mut regio = Regio::new().kind(11, &sam());
    regio.register.samenvattingen(VANDAAG, 1);
    let told = |ik: &Ik, daad, sinds, seen, facetten| {
        verteld(&regio, &met_vervallen(&regio, Dossier::Geen, daad, sinds), ik, seen, facetten)
    };
    let ik = regio.coordinator();
    let collega = regio.ik(COLLEGA, SCHOOL, Rol::Verzuimcoordinator);
    let elders = regio.ik(IK, SWV, Rol::Consulent);
    let all = Facetten::ALLE;
    let zonder = Facetten::of(&[convenant::Facet::PersoonNaam]);
    let since = op(2026, 3, 10);
    for (story, wie, sinds, seen, facetten, shown) in [
        ("who acted", &ik, since, None, all, true),
        ("a colleague", &collega, since, None, all, false),
        ("the same person at work elsewhere", &elders, since, None, all, false),
        ("who may not see the signal", &ik, since, None, zonder, false),
        ("seen before it went", &ik, since, Some(op(2026, 3, 9)), all, true),
        ("seen since", &ik, since, Some(op(2026, 3, 11)), all, false),
        ("ten schooldagen ago", &ik, op(2026, 3, 4), None, all, true),
        ("eleven schooldagen ago", &ik, op(2026, 3, 3), None, all, false),
    ] {
        assert_eq!(told(wie, Daad::Contact, sinds, seen, facetten).is_some(), shown, "{story}");
    }
    for (daad, words) in [
        (Daad::Opgepakt, "U pakte het op 3 maart op. U hoeft niets meer te doen."),
        (Daad::Betwist, "U legde op 3 maart vast dat het niet klopt. U hoeft niets meer te doen."),
        (Daad::Gesloten, "U sloot het op 3 maart af. U hoeft niets meer te doen."),
        (Daad::Contact, "U had op 3 maart contact. U hoeft niets meer te doen."),
        (Daad::Gesprek, "U had op 3 maart een gesprek. U hoeft niets meer te doen."),
        (Daad::Melding, "U deed op 3 maart een melding. Kijk of die melding nog klopt."),
    ] {
        let first = "Signaal vervallen: 16 uur ongeoorloofd in 4 lesweken (16,5 uur), maandag 2 maart. Het verzuim is \
                     daarna verbeterd. ";
        assert_eq!(told(&ik, daad, since, None, all).unwrap(), format!("{first}{words}"));
    }
}

#[test]
fn a_signal_that_went_leaves_the_dossier_that_it_opened_to_be_closed() {
    let mut regio = Regio::new().kind(11, &sam());
    regio.register.samenvattingen(VANDAAG, 1);
    let ik = regio.coordinator();
    let open = Dossier::Open { sinds: op(2026, 3, 3), door: Opening::Signaal(FactId(1)) };
    for (daad, words) in [
        (Daad::Opgepakt, "Speelt er verder niets? Sluit dan het dossier."),
        (Daad::Melding, "Kijk of die melding nog klopt."),
    ] {
        let made = met_vervallen(&regio, open, daad, op(2026, 3, 10));
        let told = verteld(&regio, &made, &ik, None, Facetten::ALLE).unwrap();
        assert!(told.ends_with(words), "{told}");
    }
}

//! `import leerlingen`: the pupil file of a school becomes children, families and enrolments.

use std::collections::{BTreeMap, BTreeSet};

use domain::body::{
    Body, Contactgegevens, Gezag, Inschrijving, JaNee, Persoonsgegevens, UitschrijfReden, Uitschrijving,
};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{LeerlingId, OrganisatieId, PersoonId, Subject};
use domain::nummers::{Bsn, Onderwijsnummer};
use domain::period::Period;
use domain::tekst::Tekst;
use domain::timeline::Timeline;
use exchange::invoer::{Gebrek, LeerlingRij, VerzorgerRij, read_leerlingen};
use exchange::regio::Regio;
use register::{Kenmerken, Koppeling, verschil, vouw};

use super::{Verslag, Wijze, gemeenten, kader, weigering};
use crate::fout::Fout;
use crate::logboek::Logboek;

/// What the rows of a file come to.
#[derive(Default)]
struct Oogst {
    /// Per row what belongs together: half of it would leave a child without a school, or a parent without a name.
    feiten: Vec<Vec<NewFact>>,
    geweigerd: BTreeMap<u64, (&'static str, Gebrek)>,
    nieuw: u64,
    lijkt_op: u64,
    gezien: Gezien,
}

/// Children and carers of earlier rows, which the register does not know yet.
#[derive(Default)]
struct Gezien {
    leerlingnummer: BTreeMap<(OrganisatieId, Box<str>), LeerlingId>,
    bsn: BTreeMap<Bsn, LeerlingId>,
    onderwijsnummer: BTreeMap<Onderwijsnummer, LeerlingId>,
    verzorgers: BTreeMap<LeerlingId, Vec<(String, PersoonId)>>,
}

impl Gezien {
    /// Rows of one file that share a number were checked against each other when they were read.
    fn leerling(&self, school: OrganisatieId, rij: &LeerlingRij) -> Option<LeerlingId> {
        let at_school = (school, rij.inschrijving.leerlingnummer.zichtbaar().into());
        let by_bsn = rij.persoon.bsn.and_then(|bsn| self.bsn.get(&bsn));
        let by_number = rij.persoon.onderwijsnummer.and_then(|nummer| self.onderwijsnummer.get(&nummer));
        self.leerlingnummer.get(&at_school).or(by_bsn).or(by_number).copied()
    }

    fn note(&mut self, school: OrganisatieId, rij: &LeerlingRij, leerling: LeerlingId) {
        let at_school = (school, rij.inschrijving.leerlingnummer.zichtbaar().into());
        self.leerlingnummer.insert(at_school, leerling);
        self.bsn.extend(rij.persoon.bsn.map(|bsn| (bsn, leerling)));
        self.onderwijsnummer.extend(rij.persoon.onderwijsnummer.map(|nummer| (nummer, leerling)));
    }

    fn verzorgers(&self, leerling: LeerlingId, naam: &str) -> impl Iterator<Item = PersoonId> {
        let seen = self.verzorgers.get(&leerling).into_iter().flatten();
        seen.filter(move |(known, _)| known == naam).map(|(_, persoon)| *persoon)
    }
}

/// Reads a pupil file and writes what its schools had not said yet.
///
/// # Errors
/// When the file as a whole cannot be read, or the log cannot be written.
pub async fn lees_in(logboek: &mut Logboek, regio: &Regio, bytes: &[u8], wijze: Wijze) -> Result<Verslag, Fout> {
    let codes = gemeenten(regio);
    let kader = kader(regio, &codes, &wijze);
    let mut invoer = read_leerlingen(bytes, &kader).map_err(|w| weigering(&w))?;
    let mut oogst = Oogst::default();
    for rij in &invoer.inhoud {
        neem_rij(logboek, &mut oogst, rij, wijze)?;
    }
    if !oogst.geweigerd.is_empty() {
        invoer.weiger(bytes, &kader, &oogst.geweigerd).map_err(|w| weigering(&w))?;
    }
    let geschreven = wijze.mag_schrijven(&invoer.telling);
    let count = oogst.feiten.iter().map(|rij| rij.len() as u64).sum();
    if geschreven {
        logboek.schrijf_reeks(wijze.nu, oogst.feiten).await?;
    }
    let mut gedaan =
        vec![format!("{} leerlingen in het bestand, {} nieuw in het register", invoer.inhoud.len(), oogst.nieuw)];
    if oogst.lijkt_op > 0 {
        gedaan.push(format!(
            "{} nieuwe leerlingen lijken op een leerling die er al was; kijk of het hetzelfde kind is",
            oogst.lijkt_op
        ));
    }
    let afgewezen = if invoer.afgewezen.is_empty() { String::new() } else { invoer.afgewezen.to_csv() };
    Ok(Verslag {
        telling: invoer.telling,
        bevindingen: invoer.bevindingen,
        afgewezen,
        nieuw: count,
        alleen_geheel: false,
        gedaan,
        geschreven,
    })
}

fn neem_rij(logboek: &mut Logboek, oogst: &mut Oogst, rij: &LeerlingRij, wijze: Wijze) -> Result<(), Fout> {
    let Some(school) = logboek.register().school(rij.inschrijving.vestiging) else {
        oogst.geweigerd.insert(rij.rij, ("vestigingscode", onbekende_school()));
        return Ok(());
    };
    if !wijze.neemt(school) {
        oogst.geweigerd.insert(rij.rij, ("vestigingscode", andere_school()));
        return Ok(());
    }
    let leerling = match koppel(logboek, oogst, school, rij)? {
        Ok(leerling) => leerling,
        Err((veld, gebrek)) => {
            oogst.geweigerd.insert(rij.rij, (veld, gebrek));
            return Ok(());
        }
    };
    let timeline = logboek.register().timeline_zonder_signalen(leerling).unwrap_or_default();
    let mut feiten = verschil(&timeline, &over_leerling(school, leerling, rij), wijze.vandaag);
    let mut taken = BTreeSet::new();
    for verzorger in &rij.verzorgers {
        feiten.extend(over_verzorger(logboek, oogst, &timeline, school, leerling, rij, verzorger, &mut taken, wijze)?);
    }
    oogst.feiten.push(feiten);
    Ok(())
}

fn koppel(
    logboek: &mut Logboek,
    oogst: &mut Oogst,
    school: OrganisatieId,
    rij: &LeerlingRij,
) -> Result<Result<LeerlingId, (&'static str, Gebrek)>, Fout> {
    let nummer = rij.inschrijving.leerlingnummer.zichtbaar();
    let Some(geboortedatum) = rij.persoon.geboortedatum else {
        return Ok(Err(("geboortedatum", zonder_geboortedatum())));
    };
    let kenmerken = Kenmerken {
        bsn: rij.persoon.bsn,
        onderwijsnummer: rij.persoon.onderwijsnummer,
        school,
        leerlingnummer: nummer,
        geboortedatum,
        achternaam: rij.persoon.achternaam.zichtbaar(),
    };
    let koppeling = logboek.register().koppel(&kenmerken);
    let leerling = match koppeling {
        Koppeling::Bekend(leerling) => leerling,
        Koppeling::Tegenspraak { leerlingnummer, .. } => {
            let by_school = logboek.register().leerling(school, nummer).is_some();
            let veld = if by_school { "leerlingnummer" } else { "bsn" };
            return Ok(Err((veld, verschil_in_registratie(leerlingnummer.is_some(), by_school))));
        }
        Koppeling::Nieuw { lijkt_op } => {
            if let Some(leerling) = oogst.gezien.leerling(school, rij) {
                return Ok(Ok(leerling));
            }
            oogst.nieuw += 1;
            oogst.lijkt_op += u64::from(!lijkt_op.is_empty());
            LeerlingId::new(logboek.toeval().bits()?)
        }
    };
    oogst.gezien.note(school, rij, leerling);
    Ok(Ok(leerling))
}

/// What a school states.
fn state(school: OrganisatieId, about: impl Into<Subject>, valid: Period, body: impl Into<Body>) -> NewFact {
    NewFact {
        about: about.into(),
        valid,
        by: Actor::Systeem { organisatie: school },
        ground: Grondslag::Schooladministratie,
        source: Source::of(Bron::School, school),
        replaces: None,
        body: body.into(),
    }
}

fn over_leerling(school: OrganisatieId, leerling: LeerlingId, rij: &LeerlingRij) -> Vec<NewFact> {
    let in_school = &rij.inschrijving;
    let sinds = Period::since(in_school.inschrijfdatum);
    let geboren = rij.persoon.geboortedatum.map_or(sinds, Period::since);
    let inschrijving = Inschrijving {
        school,
        leerlingnummer: in_school.leerlingnummer.clone(),
        jaargroep: in_school.jaargroep.clone(),
        klas: in_school.klas.clone(),
        mentor: in_school.mentor.clone(),
    };
    let mut feiten = vec![
        state(school, leerling, geboren, rij.persoon.clone()),
        state(school, leerling, sinds, rij.adres.clone()),
        state(school, leerling, sinds, inschrijving),
    ];
    if !rij.telefoon.is_empty() {
        let contact = Contactgegevens {
            telefoon: rij.telefoon.clone(),
            email: Tekst::default(),
            taal: Tekst::default(),
            tolk: JaNee::Onbekend,
            veilig_contact: Tekst::default(),
        };
        feiten.push(state(school, leerling, sinds, contact));
    }
    if let Some(dag) = in_school.uitschrijfdatum {
        let uit = Uitschrijving { school, reden: UitschrijfReden::Onbekend };
        feiten.push(state(school, leerling, Period::day(dag), uit));
    }
    feiten
}

/// A carer is the same person when a school named somebody of the same name for this child before. Parents of
/// brothers and sisters are not joined: a machine never joins people.
#[expect(clippy::too_many_arguments, reason = "one row of a file, and where it is being put")]
fn over_verzorger(
    logboek: &mut Logboek,
    oogst: &mut Oogst,
    timeline: &Timeline,
    school: OrganisatieId,
    leerling: LeerlingId,
    rij: &LeerlingRij,
    verzorger: &VerzorgerRij,
    taken: &mut BTreeSet<PersoonId>,
    wijze: Wijze,
) -> Result<Vec<NewFact>, Fout> {
    let sinds = Period::since(rij.inschrijving.inschrijfdatum);
    let gevouwen = vouw(verzorger.naam.zichtbaar());
    let stated = timeline.all::<Gezag>().map(|(_, gezag)| gezag.persoon);
    let known = stated
        .filter(|persoon| heet(logboek, *persoon, &gevouwen))
        .chain(oogst.gezien.verzorgers(leerling, &gevouwen))
        .find(|persoon| !taken.contains(persoon));
    let persoon = match known {
        Some(persoon) => persoon,
        None => PersoonId::new(logboek.toeval().bits()?),
    };
    taken.insert(persoon);
    oogst.gezien.verzorgers.entry(leerling).or_default().push((gevouwen, persoon));
    let gezag =
        Gezag { persoon, relatie: verzorger.relatie, gezag: verzorger.gezag, woont_bij_kind: verzorger.woont_bij_kind };
    let mut feiten = verschil(timeline, &[state(school, leerling, sinds, gezag)], wijze.vandaag);
    let naam = Persoonsgegevens {
        achternaam: verzorger.naam.clone(),
        voorvoegsel: Tekst::default(),
        voornamen: Tekst::default(),
        roepnaam: Tekst::default(),
        geboortedatum: None,
        geslacht: domain::body::Geslacht::Onbekend,
        bsn: None,
        onderwijsnummer: None,
    };
    let stated = vec![state(school, persoon, sinds, naam), state(school, persoon, sinds, verzorger.contact.clone())];
    feiten.extend(verschil(&logboek.register().alleen_over(persoon), &stated, wijze.vandaag));
    Ok(feiten)
}

fn heet(logboek: &Logboek, persoon: PersoonId, gevouwen: &str) -> bool {
    let register = logboek.register();
    let known = register.laatste::<Persoonsgegevens>(persoon);
    known.is_some_and(|known| vouw(known.achternaam.zichtbaar()) == gevouwen)
}

fn andere_school() -> Gebrek {
    Gebrek::new(
        "andere school",
        "Deze leerling staat in het bestand bij een andere school dan de uwe.",
        "Lever alleen leerlingen van uw eigen school.",
    )
}

fn onbekende_school() -> Gebrek {
    Gebrek::new(
        "onbekende school",
        "Deze school staat niet in het register.",
        "Lees eerst de scholen in met `leerrecht import scholen`, of controleer de vestigingscode.",
    )
}

fn zonder_geboortedatum() -> Gebrek {
    Gebrek::new("geboortedatum", "De geboortedatum ontbreekt.", "Vul de geboortedatum in als jjjj-mm-dd.")
}

fn verschil_in_registratie(twee: bool, by_school: bool) -> Gebrek {
    let wat = match (twee, by_school) {
        (true, _) => "Het BSN of onderwijsnummer hoort bij een andere leerling dan het leerlingnummer.",
        (false, true) => "Dit leerlingnummer hoort bij een leerling met een ander BSN of een andere geboortedatum.",
        (false, false) => "Dit BSN of onderwijsnummer hoort bij een leerling met een andere geboortedatum.",
    };
    Gebrek::new(
        "verschil in registratie",
        wat,
        "Controleer de nummers. Gaf u het leerlingnummer opnieuw uit, geef dan een nieuw nummer.",
    )
}

//! Writing down what people state around a planted child, in the order in which they would.

use domain::body::{
    Aanbod, AanbodReactie, AanbodSoort, Bewaarcategorie, Body, Contact, Geinformeerd, Gesprek, GesprekSoort, Melding,
    MeldingSoort, MeldingStand, MeldingStatus, Met, Ondersteuningsvraag, Onderwerp, Oordeel, Realisatie, Taak,
    Verantwoordelijke, VolgendeStap, VraagVan, Wijze,
};
use domain::calendar::begin_van_dag;
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Rol, Source};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::period::{Period, monday, plus_days};
use domain::tekst::Tekst;
use domain::{Date, Timestamp};

use super::{Betrokkenen, GeplantFeit};

/// Seconds after midnight of the first statement of a story; each next one is a minute later, so that their order is kept.
const EERSTE_UUR: i64 = 8 * 3600;
/// The most weeks of which hours are filled in.
const MAX_WEKEN: i32 = 60;

/// Who states something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wie {
    /// The school's verzuimcoördinator or intern begeleider.
    School,
    Leerplicht,
    Swv,
    Jgz,
    /// The n-th parent with gezag.
    Ouder(usize),
    Leerling,
    /// The municipality's own registers.
    Gemeente,
}

/// The facts of one story.
pub(super) struct Boek<'a> {
    pub b: &'a Betrokkenen,
    feiten: Vec<GeplantFeit>,
    n: u32,
}

impl<'a> Boek<'a> {
    pub(super) fn van(b: &'a Betrokkenen) -> Self {
        Boek { b, feiten: Vec::new(), n: 0 }
    }

    /// All facts, in order of moment.
    pub(super) fn klaar(mut self) -> Vec<GeplantFeit> {
        self.feiten.sort_by_key(|feit| (feit.moment, feit.id));
        self.feiten
    }

    /// Something that happened on a day, told that day.
    pub(super) fn op(&mut self, dag: Date, wie: Wie, body: impl Into<Body>) -> FactId {
        self.feit(dag, Period::day(dag), wie, body)
    }

    /// Something that is so for a period, told on a day.
    pub(super) fn feit(&mut self, dag: Date, valid: Period, wie: Wie, body: impl Into<Body>) -> FactId {
        let about = self.b.leerling.into();
        self.over(about, dag, valid, wie, body)
    }

    /// Something about the child or a person around it. What would be told after today is left out.
    pub(super) fn over(
        &mut self,
        about: domain::ids::Subject,
        dag: Date,
        valid: Period,
        wie: Wie,
        body: impl Into<Body>,
    ) -> FactId {
        self.n += 1;
        let id = self.b.feit(self.n);
        let body = body.into();
        let Some((by, source)) = self.actor(wie).filter(|_| dag <= self.b.vandaag) else { return id };
        let seconds = begin_van_dag(dag).as_second() + EERSTE_UUR + 60 * i64::from(self.n);
        let ground = ground(wie, body.soort().categorie());
        let fact = NewFact { about, valid, by, ground, source, replaces: None, body };
        self.feiten.push(GeplantFeit { id, moment: Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX), fact });
        id
    }

    fn actor(&self, wie: Wie) -> Option<(Actor, Source)> {
        let professional = |bron, rollen: &[Rol]| {
            let (rol, organisatie, id) = self.medewerker(rollen)?;
            Some((Actor::Medewerker { id, organisatie, rol }, Source::of(bron, organisatie)))
        };
        match wie {
            Wie::School => professional(Bron::School, &[Rol::Verzuimcoordinator, Rol::IbEr]),
            Wie::Leerplicht => professional(Bron::Gemeente, &[Rol::Leerplichtambtenaar]),
            Wie::Swv => professional(Bron::Samenwerkingsverband, &[Rol::Consulent]),
            Wie::Jgz => professional(Bron::Jgz, &[Rol::Jeugdarts]),
            Wie::Ouder(n) => {
                let persoon = *self.b.ouders.get(n)?;
                Some((Actor::Ouder { persoon }, Source { bron: Bron::Ouders, organisatie: None }))
            }
            Wie::Leerling => {
                let leerling = self.b.leerling;
                Some((Actor::Leerling { leerling }, Source { bron: Bron::Leerling, organisatie: None }))
            }
            Wie::Gemeente => {
                let organisatie = self.b.gemeente;
                Some((Actor::Systeem { organisatie }, Source::of(Bron::Gemeente, organisatie)))
            }
        }
    }

    /// The first professional with one of these roles.
    pub(super) fn medewerker(&self, rollen: &[Rol]) -> Option<(Rol, OrganisatieId, MedewerkerId)> {
        self.b.medewerkers.iter().copied().find(|(rol, ..)| rollen.contains(rol))
    }

    /// An attempt to call that nobody answered.
    pub(super) fn geen_gehoor(&mut self, dag: Date) {
        let contact =
            Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: false, notitie: "Geen gehoor.".into() };
        self.op(dag, Wie::School, contact);
    }

    /// A call that was answered.
    pub(super) fn gebeld(&mut self, dag: Date, notitie: &str) {
        let contact = Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: notitie.into() };
        self.op(dag, Wie::School, contact);
    }

    /// A talk with parents and child.
    pub(super) fn gesprek(&mut self, dag: Date, wie: Wie, soort: GesprekSoort, afspraken: &str) {
        self.op(dag, wie, Gesprek { soort, ouders: true, leerling: true, afspraken: afspraken.into() });
    }

    /// The school's owner of the case, from a day on.
    pub(super) fn eigenaar(&mut self, dag: Date) {
        let Some((_, organisatie, medewerker)) = self.medewerker(&[Rol::Verzuimcoordinator, Rol::IbEr]) else { return };
        let eigenaar = Verantwoordelijke { organisatie, medewerker, taak: Taak::Eigenaar };
        self.feit(dag, super::vanaf(dag), Wie::School, eigenaar);
    }

    /// The next step of somebody with one of these roles.
    pub(super) fn aan_zet(&mut self, dag: Date, wie: Wie, rollen: &[Rol], stap: &str, uiterlijk: Date) {
        let Some((_, organisatie, medewerker)) = self.medewerker(rollen) else { return };
        let stap = VolgendeStap { organisatie, medewerker: Some(medewerker), stap: stap.into(), uiterlijk };
        self.op(dag, wie, stap);
    }

    /// A melding of the school, taken up by leerplicht three working days later; parents are told before.
    pub(super) fn melding(&mut self, dag: Date, soort: MeldingSoort, begin: Date, reden: &str) -> FactId {
        for n in 0..self.b.ouders.len() {
            let ouder = self.b.ouders.get(n).copied();
            self.op(dag, Wie::School, Geinformeerd { ouder, over: Onderwerp::Melding });
        }
        let nummer = format!("PROEF-{}", 1_000 + self.b.reeks);
        let melding = self.op(
            dag,
            Wie::School,
            Melding {
                soort,
                begin,
                einde: None,
                reden: reden.into(),
                alle_lessen: true,
                actie_school: "Gebeld met ouders, verzuimgesprek gehouden.".into(),
                actie_gewenst: "Graag een gesprek met ouders en leerling.".into(),
                meldingsnummer: nummer.as_str().into(),
            },
        );
        self.status(plus_days(dag, 3), melding, MeldingStand::InBehandeling, "");
        melding
    }

    /// A status of a melding, set by leerplicht.
    pub(super) fn status(&mut self, dag: Date, melding: FactId, status: MeldingStand, reden: &str) {
        self.op(dag, Wie::Leerplicht, MeldingStatus { melding, status, reden: reden.into() });
    }

    /// The school's written question to the samenwerkingsverband; parents are told before.
    pub(super) fn vraag(&mut self, dag: Date, vraag: &str) {
        for n in 0..self.b.ouders.len() {
            let ouder = self.b.ouders.get(n).copied();
            self.op(dag, Wie::School, Geinformeerd { ouder, over: Onderwerp::Ondersteuningsvraag });
        }
        self.op(
            dag,
            Wie::School,
            Ondersteuningsvraag {
                van: VraagVan::School,
                vraag: vraag.into(),
                geprobeerd: "Aangepast begin van de dag, vaste mentor, huisbezoek.".into(),
                deelname: "Op dit moment geen lessen.".into(),
                ouders: "Wij willen dat ons kind weer kan leren, in kleine stappen.".into(),
                leerling: "Ik wil wel, maar niet meteen hele dagen.".into(),
            },
        );
    }

    /// A written offer that starts on a day.
    pub(super) fn aanbod(&mut self, dag: Date, geldig: Period, soort: AanbodSoort, wat: &str, per_week: u16) -> FactId {
        let aanbod = Aanbod {
            soort,
            wat: wat.into(),
            voorziening: None,
            organisatie: Some(self.b.swv),
            kwartieren_per_week: per_week,
            opbouw: Vec::new(),
            schriftelijk_op: Some(dag),
        };
        self.feit(dag, geldig, Wie::Swv, aanbod)
    }

    /// The parents' answer, each of them, and the child's own.
    pub(super) fn antwoord(&mut self, dag: Date, aanbod: FactId, ouders: Oordeel, leerling: Oordeel) {
        let words = |oordeel| -> Tekst {
            match oordeel {
                Oordeel::Passend => "Dit past bij ons kind.".into(),
                Oordeel::Proberen => "Wij proberen het.".into(),
                Oordeel::NietPassend => "De groep is te groot en de reis te lang.".into(),
            }
        };
        for n in 0..self.b.ouders.len() {
            let ouder = self.b.ouders.get(n).copied();
            self.op(dag, Wie::Ouder(n), AanbodReactie { aanbod, ouder, oordeel: ouders, woorden: words(ouders) });
        }
        let reactie = AanbodReactie { aanbod, ouder: None, oordeel: leerling, woorden: words(leerling) };
        self.op(dag, Wie::Leerling, reactie);
    }

    /// Hours realised in every week that ended, from the first day of an offer up to another (exclusive).
    pub(super) fn realisatie(&mut self, aanbod: FactId, van: Date, tot: Date, kwartieren: u16) {
        for week in 0..MAX_WEKEN {
            let maandag = plus_days(monday(van), 7 * week);
            let vrijdag = plus_days(maandag, 4);
            if vrijdag >= tot {
                break;
            }
            let lessons = (0..5).filter(|n| self.b.is_schooldag(plus_days(maandag, *n))).count();
            let here = kwartieren * u16::try_from(lessons).unwrap_or(5) / 5;
            if here > 0 {
                self.feit(vrijdag, Period::day(maandag), Wie::Swv, Realisatie { aanbod, kwartieren: here });
            }
        }
    }
}

/// The ground on which somebody may state a fact of that category.
fn ground(wie: Wie, categorie: Bewaarcategorie) -> Grondslag {
    match (wie, categorie) {
        (Wie::Ouder(_) | Wie::Leerling, _) => Grondslag::EigenInbreng,
        (Wie::School, Bewaarcategorie::Verzuim | Bewaarcategorie::Leerplicht) => Grondslag::Verzuimadministratie,
        (Wie::School | Wie::Swv, _) => Grondslag::Ondersteuningstaak,
        (Wie::Jgz, _) => Grondslag::Jeugdgezondheidszorg,
        (Wie::Leerplicht | Wie::Gemeente, _) => Grondslag::Leerplichttaak,
    }
}

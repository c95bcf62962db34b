//! What people do. Every kind of fact about a child has exactly one way in; imports have their own.

use crate::body::*;
use crate::fact::FactId;
use crate::period::Period;
use crate::tekst::Tekst;

/// What a command asks to put in the log.
pub(super) enum Doel {
    /// A new statement.
    Stel(Period, Body),
    /// Another statement in the place of an earlier one.
    Corrigeer { feit: FactId, geldig: Period, wordt: Body },
    /// An earlier statement no longer stands.
    TrekIn { feit: FactId, reden: Tekst },
}

macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident($body:ident);)+) => {
        /// What people do, with the days it is about: one day for what happened, a span for what is so.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $command(Period, $body),)+
            /// Puts another statement in the place of an earlier one.
            Corrigeer {
                /// Which statement.
                feit: FactId,
                /// The days it should have been about.
                geldig: Period,
                /// What it should have said; of the same kind.
                wordt: Box<Body>,
            },
            /// Takes a statement back, with a reason. Taking back an `Intrekking` lets the statement stand again.
            TrekIn {
                /// Which statement.
                feit: FactId,
                /// Why.
                reden: Tekst,
            },
        }

        impl Command {
            /// Each kind that has a command of its own, with the name of that command.
            pub const WEGEN: &[(&'static str, Soort)] = &[$((stringify!($command), Soort::$body),)+];

            pub(super) fn doel(self) -> Doel {
                match self {
                    $(Command::$command(geldig, body) => Doel::Stel(geldig, body.into()),)+
                    Command::Corrigeer { feit, geldig, wordt } => Doel::Corrigeer { feit, geldig, wordt: *wordt },
                    Command::TrekIn { feit, reden } => Doel::TrekIn { feit, reden },
                }
            }

            /// The command that states this body; `None` for kinds that only an import or a command of its own brings in.
            pub fn stel(geldig: Period, body: Body) -> Option<Command> {
                match body {
                    $(Body::$body(body) => Some(Command::$command(geldig, body)),)+
                    _ => None,
                }
            }
        }
    };
}

commands! {
    /// Name, birth date, number.
    LegPersoonVast(Persoonsgegevens);
    /// Where the child lives.
    LegAdresVast(Adres);
    /// How to reach the child.
    LegContactgegevensVast(Contactgegevens);
    /// Who has gezag.
    LegGezagVast(Gezag);
    /// Enrols, or states a new year group or class.
    SchrijfIn(Inschrijving);
    /// Deregisters; the day is the last day of enrolment.
    SchrijfUit(Uitschrijving);
    /// School years and diplomas.
    LegSchoolloopbaanVast(Schoolloopbaan);
    /// The pupil's own timetable.
    LegRoosterVast(Rooster);
    /// Reports the child absent.
    MeldAfwezig(Afwezigheid);
    /// Corrects one absence row.
    CorrigeerRij(RijCorrectie);
    /// Says that the child does not go to school at all.
    ZegZitThuis(ZitThuis);
    /// Takes up, closes or contests a signal.
    HandelSignaalAf(SignaalAfhandeling);
    /// Reports to leerplicht.
    MeldVerzuim(Melding);
    /// Sets the status of a melding.
    ZetStatusMelding(MeldingStatus);
    /// Sets the end date of a melding.
    BeeindigMelding(MeldingEinde);
    /// Examines (LPW art. 22).
    DoeOnderzoek(Onderzoek);
    /// Hears a parent or the youth (LPW art. 22).
    Hoor(Verhoor);
    /// Asks the samenwerkingsverband.
    StelOndersteuningsvraag(Ondersteuningsvraag);
    /// Asks, plans, holds a consult, or records an objection.
    ZetConsult(Consult);
    /// Advises on participation.
    AdviseerDeelname(DeelnameAdvies);
    /// Gives notice of an exemption.
    GeefKennis(Kennisgeving);
    /// Records the statement with a notice.
    LegVerklaringVast(Verklaring);
    /// Records the view of the treating professional.
    GeefPerspectief(PerspectiefBehandelaar);
    /// Advises on an exemption.
    AdviseerVrijstelling(SwvAdvies);
    /// Tests a notice.
    ToetsKennisgeving(KennisgevingToets);
    /// Decides under art. 3a, 3b or 15.
    BesluitVrijstelling(VrijstellingBesluit);
    /// Grants, notes or refuses leave.
    GeefVerlof(Verlof);
    /// Makes an offer.
    DoeAanbod(Aanbod);
    /// Says what parents or child think of an offer.
    ReageerOpAanbod(AanbodReactie);
    /// Records the hours of one week of an offer.
    LegRealisatieVast(Realisatie);
    /// Makes a plan.
    MaakPlan(Plan);
    /// Records contact, or an attempt.
    NeemContact(Contact);
    /// Records a talk.
    LegGesprekVast(Gesprek);
    /// Names who is responsible.
    WijsVerantwoordelijkeAan(Verantwoordelijke);
    /// Agrees who owes the next step.
    SpreekVolgendeStapAf(VolgendeStap);
    /// Records that somebody was told.
    Informeer(Geinformeerd);
    /// Agrees with a plan, or not.
    StemInMetPlan(InstemmingPlan);
    /// Gives or refuses consent.
    GeefToestemming(Toestemming);
    /// Sets a rule aside.
    WijkAf(Afwijking);
    /// Decides.
    NeemBesluit(Besluit);
    /// Confirms or contradicts a derived status.
    Bevestig(Bevestiging);
    /// Closes the dossier.
    Sluit(Sluiting);
    /// Joins two children into one.
    VoegSamen(ZelfdeKind);
}

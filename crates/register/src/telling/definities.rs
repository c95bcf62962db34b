//! What each figure means: the words behind every number, with the rule that they rest on. What the region agreed on can
//! change; therefore a figure also names the version of the protocol.

use domain::finding::Citation;
use domain::rules::{R59, R60, R61};
use domain::status::StatusSoort;

use super::{Looptijd, Stand};

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cijfer {
    /// A column of tables.
    Stand(Stand),
    /// How long a clock runs.
    Looptijd(Looptijd),
    /// The status that heads the page of a child.
    Status(StatusSoort),
    /// *Heeft passend aanbod volgens ouders en kind*.
    PassendAanbod,
    /// *Onvolledig*: too little was delivered.
    Onvolledig,
    /// Small counts are not shown.
    KleineAantallen,
}

/// The pact's promise that children with an exemption are counted too, and the law under which they have it.
const VRIJSTELLING: Citation =
    Citation { regel: "vrijstelling", bron: "Leerplichtwet 1969, art. 3a, 3b, 5, 5a en 15", versie: "2018-07-28" };
const ABSOLUUT: Citation =
    Citation { regel: "absoluut", bron: "Leerplichtwet 1969, art. 2 lid 1 en 19", versie: "2018-07-28" };
const CIJFERS: Citation = Citation { regel: "cijfers", bron: "Afspraken over cijfers van de regio", versie: "" };

impl Cijfer {
    /// All figures that a page can show.
    pub fn alle() -> impl Iterator<Item = Cijfer> {
        let first = [Cijfer::PassendAanbod, Cijfer::Onvolledig, Cijfer::KleineAantallen];
        let shown = StatusSoort::ALL.iter().filter(|soort| **soort != StatusSoort::GaatNaarSchool);
        let stands = Stand::ALL.iter().copied().map(Cijfer::Stand);
        let clocks = Looptijd::ALL.iter().copied().map(Cijfer::Looptijd);
        stands.chain(clocks).chain(shown.copied().map(Cijfer::Status)).chain(first)
    }

    /// The word in addresses.
    pub fn code(self) -> String {
        match self {
            Cijfer::Stand(stand) => stand.code().to_owned(),
            Cijfer::Looptijd(looptijd) => format!("klok-{}", looptijd.code()),
            Cijfer::Status(soort) => format!("status-{}", soort.code()),
            Cijfer::PassendAanbod => "passend-aanbod".to_owned(),
            Cijfer::Onvolledig => "onvolledig".to_owned(),
            Cijfer::KleineAantallen => "kleine-aantallen".to_owned(),
        }
    }

    /// The figure with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::alle().find(|cijfer| cijfer.code() == code)
    }

    /// Its name.
    pub fn naam(self) -> &'static str {
        match self {
            Cijfer::Stand(stand) => stand.label(),
            Cijfer::Looptijd(looptijd) => looptijd.label(),
            Cijfer::Status(soort) => soort.woord(),
            Cijfer::PassendAanbod => "heeft passend aanbod volgens ouders en kind",
            Cijfer::Onvolledig => "onvolledig",
            Cijfer::KleineAantallen => "kleine aantallen",
        }
    }

    /// What is counted, and what is not.
    pub fn inhoud(self) -> &'static str {
        match self {
            Cijfer::Stand(stand) => van_stand(stand),
            Cijfer::Looptijd(looptijd) => van_looptijd(looptijd),
            Cijfer::Status(soort) => van_status(soort),
            Cijfer::PassendAanbod => {
                "Leerlingen met een schriftelijk aanbod dat alle ouders met gezag en de leerling zelf (vanaf 12 jaar) passend noemen. Wie zegt: wij proberen het, telt hier nog niet mee. Minder thuiszitters is geen doel op zich; daarom staat dit getal naast elk ander getal."
            }
            Cijfer::Onvolledig => {
                "Van minder dan 80 procent van de laatste 20 schooldagen leverde de school haar verzuim aan. Van leerlingen van zo'n school is minder bekend: een laag getal is dan geen goed nieuws."
            }
            Cijfer::KleineAantallen => {
                "Wie geen namen mag zien, ziet ook geen aantallen van 1 tot en met 9. Kan zo'n aantal worden uitgerekend uit een totaal of uit een andere tabel, dan blijft ook een groter aantal ernaast weg. Voor elk verborgen klein aantal blijven minstens vijf waarden mogelijk, en ook voor de kleine aantallen van een rij of kolom samen als dat er minder dan tien zijn. Een totaal onder de 10 wordt niet uitgesplitst. Deze tabellen veranderen één keer per maand, zodat van dag tot dag niets is af te leiden."
            }
        }
    }

    /// Where it stands.
    pub fn bron(self) -> Citation {
        match self {
            Cijfer::Stand(Stand::DrieMaandenVoorbij) | Cijfer::Looptijd(Looptijd::Voorbij) => R61.citation,
            Cijfer::Stand(Stand::Absoluut) | Cijfer::Status(StatusSoort::Absoluut) => ABSOLUUT,
            Cijfer::Stand(Stand::Vrijgesteld | Stand::VrijgesteldZonderLeeraanbod)
            | Cijfer::Status(StatusSoort::Vrijgesteld | StatusSoort::VrijgesteldZonderLeeraanbod) => VRIJSTELLING,
            Cijfer::Stand(Stand::Traject | Stand::TrajectPassend | Stand::ZorgLoopt)
            | Cijfer::Status(StatusSoort::InTraject | StatusSoort::ZorgLoopt)
            | Cijfer::Looptijd(Looptijd::StaatStil)
            | Cijfer::PassendAanbod => R60.citation,
            Cijfer::Onvolledig | Cijfer::KleineAantallen | Cijfer::Stand(Stand::NietBekend) => CIJFERS,
            Cijfer::Status(StatusSoort::NietBekend | StatusSoort::NietIngeschreven) => CIJFERS,
            Cijfer::Stand(_) | Cijfer::Looptijd(_) | Cijfer::Status(_) => R59.citation,
        }
    }
}

fn van_stand(stand: Stand) -> &'static str {
    match stand {
        Stand::GaatSteedsMinder => van_status(StatusSoort::GaatSteedsMinder),
        Stand::ThuisTotZesWeken => {
            "De klok van drie maanden loopt, nog geen 6 weken. De klok begint op de eerste van 10 schooldagen zonder deelname, om welke reden ook, bij deelname onder de helft over 4 lesweken zonder plan, of als ouders of school zeggen dat het kind thuis zit."
        }
        Stand::ThuisTotDrieMaanden => {
            "De klok van drie maanden loopt 6 weken of langer en de drie maanden zijn nog niet om. Vakanties tellen mee: voor een kind gaat de tijd door."
        }
        Stand::ZiekInOverleg => {
            "De klok loopt en het kind is ziek; over onderwijs is overleg. De drie maanden zijn nog niet om."
        }
        Stand::Absoluut => {
            "Leerplichtig of kwalificatieplichtig, nergens ingeschreven en niet vrijgesteld. De drie maanden zijn nog niet om. Vermoedelijk, tot leerplicht het bevestigt."
        }
        Stand::DrieMaandenVoorbij => {
            "De klok loopt en de drie maanden zijn om zonder aanbod dat op tijd begon: thuiszittend, ziek of nergens ingeschreven. Leerlingen met een vrijstelling staan apart."
        }
        Stand::ZorgLoopt => van_status(StatusSoort::ZorgLoopt),
        Stand::Traject => {
            "Een aanbod is geaccepteerd en wordt geleverd. Ouders of kind proberen het nog en noemen het niet of nog niet passend."
        }
        Stand::TrajectPassend => {
            "Een aanbod is geaccepteerd, wordt geleverd, en alle ouders met gezag en de leerling zelf (vanaf 12 jaar) noemen het passend."
        }
        Stand::VrijgesteldZonderLeeraanbod => van_status(StatusSoort::VrijgesteldZonderLeeraanbod),
        Stand::Vrijgesteld => van_status(StatusSoort::Vrijgesteld),
        Stand::NietBekend => van_status(StatusSoort::NietBekend),
    }
}

fn van_looptijd(looptijd: Looptijd) -> &'static str {
    match looptijd {
        Looptijd::TotVierWeken => "De klok van drie maanden loopt, nog geen 4 weken. Dag 1 is de eerste dag thuis.",
        Looptijd::TotZesWeken => "De klok loopt 4 weken of langer en nog geen 6 weken.",
        Looptijd::TotNegenWeken => "De klok loopt 6 weken of langer en nog geen 9 weken.",
        Looptijd::TotElfWeken => "De klok loopt 9 weken of langer en nog geen 11 weken.",
        Looptijd::TotDrieMaanden => "De klok loopt 11 weken of langer en de drie maanden zijn nog niet om.",
        Looptijd::Voorbij => "De klok loopt en de drie maanden zijn om zonder aanbod dat op tijd begon.",
        Looptijd::StaatStil => {
            "De klok staat stil omdat een geaccepteerd aanbod, of zorg, wordt geleverd. Valt dat weg, dan loopt zij verder."
        }
    }
}

fn van_status(soort: StatusSoort) -> &'static str {
    match soort {
        StatusSoort::GaatNaarSchool => "Van de laatste schooldagen is genoeg bekend en het kind nam deel.",
        StatusSoort::NietBekend => {
            "Van de laatste schooldagen is te weinig aangeleverd om te kunnen zeggen of het kind naar school gaat. Dit is geen goed nieuws en geen slecht nieuws."
        }
        StatusSoort::NietIngeschreven => "Nergens ingeschreven, en niet leerplichtig of kwalificatieplichtig.",
        StatusSoort::GaatSteedsMinder => {
            "De deelname over de laatste 4 lesweken is lager dan over de 4 lesweken daarvoor en te laag om als deelname te tellen. Er loopt geen klok. Het is een reden om te praten."
        }
        StatusSoort::InTraject => "Een aanbod is geaccepteerd en wordt geleverd.",
        StatusSoort::ZorgLoopt => {
            "Zorg is begonnen en de klok staat stil; het kind leert nog niet. Na hoogstens 6 weken wordt opnieuw gekeken."
        }
        StatusSoort::ZiekInOverleg => "De klok loopt en het kind is ziek; over onderwijs is overleg.",
        StatusSoort::VrijgesteldZonderLeeraanbod => {
            "Vrijgesteld van inschrijving of schoolbezoek, en er is geen leeraanbod. De telling loopt door, ook na drie maanden."
        }
        StatusSoort::Vrijgesteld => {
            "Vrijgesteld, met een leeraanbod of nog niet lang genoeg om zonder aanbod te heten."
        }
        StatusSoort::Absoluut => {
            "Leerplichtig of kwalificatieplichtig, nergens ingeschreven en niet vrijgesteld. Vermoedelijk, tot leerplicht het bevestigt."
        }
        StatusSoort::Thuiszittend => {
            "De klok van drie maanden loopt: het kind neemt nu niet deel aan onderwijs, om welke reden ook. Vermoedelijk, tot leerplicht het bevestigt."
        }
    }
}

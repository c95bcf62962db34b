//! Samples of every kind of fact: one with every field filled, for the golden files, and any number of random ones.

use domain::Date;
use domain::body::*;
use domain::calendar::Vakantieregio;
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Rol, Source};
use domain::ids::*;
use domain::nummers::*;
use domain::period::{Period, from_day_number};
use domain::tekst::Tekst;
use domain::verzuim::{Duur, VerzuimSoort};

/// Where the values of a sample come from.
pub(super) struct Kans<'a> {
    bytes: Box<dyn Iterator<Item = u8> + 'a>,
    /// Every optional field is there, every list has an element.
    vol: bool,
}

impl<'a> Kans<'a> {
    /// Always the same values, all of them there.
    pub(super) fn vol() -> Self {
        Kans { bytes: Box::new((1..=255).cycle()), vol: true }
    }

    /// Values that follow these bytes; zeros after the last one.
    pub(super) fn willekeurig(bytes: &'a [u8]) -> Self {
        Kans { bytes: Box::new(bytes.iter().copied().chain(std::iter::repeat(0))), vol: false }
    }

    fn byte(&mut self) -> u8 {
        self.bytes.next().unwrap_or(0)
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    fn getal(&mut self) -> u64 {
        u64::from_be_bytes(self.bytes())
    }

    /// One of these; for the golden files always the second, so that a new word at the end changes none of them.
    fn keuze<T: Copy>(&mut self, uit: &[T]) -> T {
        let place = if self.vol { 1 } else { usize::from(self.byte()) };
        uit[place % uit.len()]
    }

    fn een<T: Monster>(&mut self) -> T {
        T::monster(self)
    }

    /// A fact about nobody in particular.
    pub(super) fn feit(&mut self, soort: Soort) -> NewFact {
        NewFact {
            about: LeerlingId::new(1).into(),
            valid: self.een(),
            by: self.een(),
            ground: self.een(),
            source: Source { bron: self.een(), organisatie: self.een() },
            replaces: self.een(),
            body: inhoud(soort, self),
        }
    }
}

pub(super) trait Monster {
    fn monster(kans: &mut Kans<'_>) -> Self;
}

macro_rules! monsters {
    ($($type:ty = |$kans:ident| $waarde:expr;)+) => {$(
        impl Monster for $type {
            fn monster($kans: &mut Kans<'_>) -> Self {
                $waarde
            }
        }
    )+};
}

monsters! {
    bool = |kans| kans.vol || kans.byte() % 2 == 1;
    u8 = |kans| kans.byte();
    u16 = |kans| u16::from_be_bytes(kans.bytes());
    u32 = |kans| u32::from_be_bytes(kans.bytes());
    u64 = |kans| kans.getal();
    u128 = |kans| u128::from_be_bytes(kans.bytes());
    [u8; 32] = |kans| kans.bytes();
    [u8; 7] = |kans| kans.bytes();
    [bool; 7] = |kans| std::array::from_fn(|_| kans.een());
    LeerlingId = |kans| LeerlingId::new(kans.getal());
    PersoonId = |kans| PersoonId::new(kans.getal());
    OrganisatieId = |kans| OrganisatieId::new(kans.getal());
    MedewerkerId = |kans| MedewerkerId::new(kans.getal());
    VoorzieningId = |kans| VoorzieningId::new(kans.getal());
    FactId = |kans| FactId(kans.een());
    Bsn = |kans| Bsn::parse(kans.keuze(&["999990019", "111222333"])).unwrap();
    Onderwijsnummer = |kans| onderwijsnummer(kans.een());
    Brin = |kans| Brin::parse(kans.keuze(&["90AA", "99ZZ"])).unwrap();
    Vestigingscode = |kans| Vestigingscode::parse(kans.keuze(&["90AA00", "99ZZ12"])).unwrap();
    Gemeentecode = |kans| Gemeentecode::parse(kans.keuze(&["0361", "1980"])).unwrap();
    Postcode = |kans| Postcode::parse(kans.keuze(&["1811AB", "9999ZZ"])).unwrap();
    SwvNummer = |kans| SwvNummer::parse(kans.keuze(&["PO2703", "VO2704"])).unwrap();
    Vakantieregio = |kans| kans.keuze(&Vakantieregio::ALL);
    Tekst = |kans| Tekst::new(&kans.een::<String>());
    String = |kans| if kans.vol { format!("woorden {} \"é\" \\ \n einde", kans.byte()) } else { tekst(kans) };
    Date = |kans| if kans.vol { from_day_number(20_000 + i32::from(kans.byte())) } else { dag(kans) };
    Period = |kans| Period { from: kans.een(), until: kans.een() };
    OpbouwStap = |kans| OpbouwStap { vanaf: kans.een(), kwartieren_per_week: kans.een() };
    Duur = |kans| if kans.een() { Duur::Kwartieren(kans.een()) } else { Duur::Dag };
    (VerzuimSoort, Duur) = |kans| (kans.een(), kans.een());
    Stem = |kans| match kans.byte() % 4 {
        0 => Stem::Eigen,
        1 if !kans.vol => Stem::Leerling,
        2 if !kans.vol => Stem::Thuis,
        _ => Stem::Ouder(kans.een()),
    };
    Actor = |kans| match kans.byte() % 4 {
        0 => Actor::Ouder { persoon: kans.een() },
        1 => Actor::Medewerker { id: kans.een(), organisatie: kans.een(), rol: kans.een() },
        2 => Actor::Leerling { leerling: kans.een() },
        _ => Actor::Systeem { organisatie: kans.een() },
    };
}

impl<T: Monster> Monster for Option<T> {
    fn monster(kans: &mut Kans<'_>) -> Self {
        (kans.vol || kans.byte() % 2 == 1).then(|| kans.een())
    }
}

impl<T: Monster> Monster for Vec<T> {
    fn monster(kans: &mut Kans<'_>) -> Self {
        let aantal = if kans.vol { 2 } else { kans.byte() % 4 };
        (0..aantal).map(|_| kans.een()).collect()
    }
}

fn onderwijsnummer(van: u16) -> Onderwijsnummer {
    let van = 100_000_000 + u32::from(van);
    (van..).find_map(|getal| Onderwijsnummer::parse(&getal.to_string()).ok()).unwrap()
}

fn tekst(kans: &mut Kans<'_>) -> String {
    let bytes: Vec<u8> = kans.een();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn dag(kans: &mut Kans<'_>) -> Date {
    match kans.byte() {
        1 => Date::MIN,
        2 => Date::MAX,
        _ => from_day_number(kans.een::<u32>() as i32 % 100_000),
    }
}

/// Closed lists: any of their words, and all of them in one line each.
macro_rules! woorden {
    ($($type:ident)+) => {
        $(
            impl Monster for $type {
                fn monster(kans: &mut Kans<'_>) -> Self {
                    kans.keuze(&$type::ALL)
                }
            }
        )+

        pub(super) fn woorden() -> String {
            let mut lijst = String::new();
            $(
                let words: Vec<&str> = $type::ALL.iter().map(|value| value.code()).collect();
                lijst += &format!("{}: {}\n", stringify!($type), words.join(" "));
            )+
            lijst
        }
    };
}

woorden! {
    AanbodSoort Afhandeling Afwijkendedag BesluitSoort Bron ConsultStap DocumentSoort Geslacht GesprekSoort Grondslag
    Hoedanigheid IndelingSoort JaNee LeveringSoort MeldingSoort MeldingStand Met OnderzoekStap Onderwerp Oordeel
    OrganisatieSoort Relatie Rol Sector SluitReden Soort Taak TeBevestigen ToestemmingVoor ToetsUitkomst UitschrijfReden
    VerlofGrond VerzuimSoort VraagVan VrijstellingSoort VsoProfiel Wijze
}

macro_rules! inhoud {
    ($($kind:ident { $($veld:ident)+ })+) => {
        fn inhoud(soort: Soort, kans: &mut Kans<'_>) -> Body {
            match soort {
                $(Soort::$kind => $kind { $($veld: kans.een()),+ }.into(),)+
            }
        }
    };
}

inhoud! {
    Persoonsgegevens {
        achternaam voorvoegsel voornamen roepnaam geboortedatum geslacht bsn onderwijsnummer
    }
    Adres { postcode huisnummer gemeente geheim }
    Contactgegevens { telefoon email taal tolk veilig_contact }
    Gezag { persoon relatie gezag woont_bij_kind }
    Inschrijving { school leerlingnummer jaargroep klas mentor }
    Uitschrijving { school reden }
    Schoolloopbaan { schooljaren startkwalificatie pro_getuigschrift vso_uitstroom }
    Rooster { kwartieren }
    VerzuimLevering { levering nummer rijen afgewezen gewijzigde_leerlingen inhoud bestand }
    Afwezigheid { soort toelichting }
    RijCorrectie { lesuur soort wordt reden }
    ZitThuis { relatie woorden }
    SignaalAfhandeling { regel eerste_dag stap afhandeling reden stem }
    Melding { soort begin einde reden alle_lessen actie_school actie_gewenst meldingsnummer }
    MeldingStatus { melding status reden }
    MeldingEinde { melding einde }
    Onderzoek { melding stap }
    Verhoor { melding ouder }
    Ondersteuningsvraag { van vraag geprobeerd deelname ouders leerling }
    Consult { stap }
    DeelnameAdvies { kwartieren_per_week opbouw }
    Kennisgeving { grond ontvangen eerder geen_jaarlijkse_verklaring }
    Verklaring { hoedanigheid aangewezen behandelend tot blijvend }
    PerspectiefBehandelaar { woorden }
    SwvAdvies { advies }
    KennisgevingToets { kennisgeving uitkomst reden }
    VrijstellingBesluit { grond toegekend }
    Verlof { grond toegekend kwartieren_per_week }
    Aanbod { soort wat voorziening organisatie kwartieren_per_week opbouw schriftelijk_op }
    AanbodReactie { aanbod ouder oordeel woorden }
    Realisatie { aanbod kwartieren }
    Plan { doel kwartieren_per_week }
    Contact { met wijze bereikt notitie }
    Gesprek { soort ouders leerling afspraken }
    Verantwoordelijke { organisatie medewerker taak }
    VolgendeStap { organisatie medewerker stap uiterlijk }
    Geinformeerd { ouder over }
    InstemmingPlan { plan ouder akkoord }
    Toestemming { ouder voor aan gegeven }
    Afwijking { regel waarom }
    Besluit { soort inhoud }
    Bevestiging { wat klopt reden }
    Sluiting { reden toelichting }
    Intrekking { reden }
    ZelfdeKind { ander reden }
    Organisatie { naam soort sector vestiging gemeente swv postcode plaats }
    Indeling { soort bij }
    SchoolUren { jaargroep kwartieren }
    SchoolDagen { dag }
    Vakanties { regio }
    Medewerker { naam functie telefoon email werkdagen }
    RolToekenning { rol organisatie }
    Regiodocument { soort versie tekst }
    Vernietigd { sleutel reden }
}

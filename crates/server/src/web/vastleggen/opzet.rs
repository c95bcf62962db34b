//! What a form about a child is made of: its fields, with what they are filled in beforehand, and what they state.

use domain::Date;
use domain::body::{Body, Onderwerp, Soort};
use domain::decide::{MAX_KORT, MAX_LANG};
use domain::fact::{Fact, FactId, Rol};
use domain::ids::PersoonId;
use domain::period::Period;
use domain::tekst::Tekst;

use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kind::Zicht;

/// Values to choose from, each with its words.
pub type Keuzes = Vec<(String, String)>;

/// All values of a closed list of the domain, with their words.
macro_rules! keuzes {
    ($list:ty) => {
        <$list>::ALL.iter().map(|value| (value.code().to_owned(), value.label().to_owned())).collect::<Vec<_>>()
    };
}
pub(super) use keuzes;

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoer {
    /// A line of text; hours a week too.
    Tekst,
    /// Some lines of text.
    Lang,
    /// A day.
    Dag,
    /// One out of a list; the words stand for making no choice, and are empty where one must be made.
    Lijst(Keuzes, &'static str),
    /// One out of a few.
    Rondjes(Keuzes),
    /// Any out of a few.
    Vinkjes(Keuzes),
    /// Yes or no.
    Vinkje,
    /// A day and, in the field of this name, hours a week from then on.
    Stap(&'static str),
    /// A week, by its Monday, and in the field of this name its hours.
    Week(&'static str),
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veld {
    /// Its name in the form.
    pub naam: &'static str,
    /// What is asked.
    pub label: String,
    /// What helps to answer it.
    pub uitleg: &'static str,
    /// How it is filled in.
    pub invoer: Invoer,
}

impl Veld {
    /// A field.
    pub fn new(naam: &'static str, label: impl Into<String>, invoer: Invoer) -> Self {
        Veld { naam, label: label.into(), uitleg: "", invoer }
    }

    /// The same field with help.
    #[must_use]
    pub fn uitleg(mut self, uitleg: &'static str) -> Self {
        self.uitleg = uitleg;
        self
    }

    /// Whether one must choose and there is nothing to choose from.
    pub fn zonder_keuze(&self) -> bool {
        match &self.invoer {
            Invoer::Lijst(keuzes, leeg) => keuzes.is_empty() && leeg.is_empty(),
            Invoer::Rondjes(keuzes) => keuzes.is_empty(),
            _ => false,
        }
    }
}

/// A text of several lines; what a note is.
pub fn woorden(naam: &'static str, label: &'static str) -> Veld {
    Veld::new(naam, label, Invoer::Lang)
}

/// A day.
pub fn dag(naam: &'static str, label: &'static str) -> Veld {
    Veld::new(naam, label, Invoer::Dag)
}

/// First and last day of something that is so.
pub fn van_tot(van: &'static str) -> [Veld; 2] {
    [dag("van", van), dag("tot", "Tot en met").uitleg("Laat leeg als u dat nog niet weet.")]
}

/// Most words of an address that a form takes over.
const MAX_VRAAG: usize = 8;

/// What is known before a form is made: what its address says (which melding, which offer), or what is corrected.
#[derive(Debug, Clone, Default)]
pub struct Vraag(pub Vec<(String, String)>);

impl Vraag {
    /// A word of the address.
    pub fn get(&self, naam: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == naam).map(|(_, waarde)| waarde.as_str())
    }

    /// The same as the end of an address. Only words and numbers of ours survive it.
    pub fn adres(&self) -> String {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let pairs = self.0.iter().filter(|(naam, waarde)| plain(naam) && plain(waarde) && naam != "gelukt");
        let pairs: Vec<String> = pairs.take(MAX_VRAAG).map(|(naam, waarde)| format!("{naam}={waarde}")).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Something stated: the days it is about, and what.
pub type Stelling = (Period, Body);

/// A form that is being read.
pub struct Lezing<'a> {
    /// The form.
    pub f: &'a mut Formulier,
    /// Today.
    pub vandaag: Date,
    /// In which role it was sent.
    pub rol: Rol,
    /// What is being corrected. What the form does not ask stays as it was.
    pub eerder: Option<&'a Fact>,
    /// The days that were read, if they could be.
    pub gelezen: Option<Period>,
}

/// Stands for words that are missing or too long, so that the rest of a form can be tried. A form with a wrong field is never written.
pub const ONTBREEKT: &str = "…";

impl<'a> Lezing<'a> {
    /// A form that somebody sent.
    pub fn new(f: &'a mut Formulier, bezoek: &Bezoek, eerder: Option<&'a Fact>) -> Self {
        Lezing { f, vandaag: bezoek.vandaag, rol: bezoek.rol, eerder, gelezen: None }
    }
}

impl Lezing<'_> {
    /// The day on which it happened.
    pub fn op_dag(&mut self) -> Option<Period> {
        self.gelezen = self.f.verplichte_dag("dag").map(Period::day);
        self.gelezen
    }

    /// The day of what was stated before, or else today.
    pub fn nu(&self) -> Period {
        self.eerder.map_or_else(|| Period::day(self.vandaag), |fact| fact.valid)
    }

    /// The days on which it is so.
    pub fn dagen(&mut self) -> Option<Period> {
        let (van, tot) = (self.f.verplichte_dag("van"), self.f.dag("tot"));
        let van = van?;
        self.gelezen = match tot {
            Some(tot) if tot < van => {
                self.f.zet_fout("tot", "De laatste dag ligt voor de eerste dag. Controleer beide dagen.");
                None
            }
            Some(tot) => Some(Period::through(van, tot)),
            None => Some(Period::since(van)),
        };
        self.gelezen
    }

    /// Words that may be left out.
    pub fn tekst(&mut self, naam: &'static str) -> Tekst {
        let tekst = self.f.tekst(naam, MAX_LANG);
        self.te_proberen(naam, tekst)
    }

    /// A line of words that may be left out.
    pub fn kort(&mut self, naam: &'static str) -> Tekst {
        let tekst = self.f.tekst(naam, MAX_KORT);
        self.te_proberen(naam, tekst)
    }

    /// Words that must be there.
    pub fn woorden(&mut self, naam: &'static str, vraag: &str) -> Tekst {
        self.verplicht(naam, MAX_LANG, vraag)
    }

    /// A line of words that must be there.
    pub fn regel(&mut self, naam: &'static str, vraag: &str) -> Tekst {
        self.verplicht(naam, MAX_KORT, vraag)
    }

    fn verplicht(&mut self, naam: &'static str, hoogstens: usize, vraag: &str) -> Tekst {
        let tekst = self.f.verplichte_tekst(naam, hoogstens, vraag);
        self.te_proberen(naam, tekst)
    }

    /// The words, or what stands for words that are wrong.
    fn te_proberen(&self, naam: &str, tekst: Tekst) -> Tekst {
        if self.f.fout(naam).is_some() { ONTBREEKT.into() } else { tekst }
    }

    /// Whether the box was ticked.
    pub fn aan(&self, naam: &str) -> bool {
        self.f.is(naam, "ja")
    }

    /// Yes or no, one of which must be chosen.
    pub fn ja_nee(&mut self, naam: &'static str) -> Option<bool> {
        self.f.keuze(naam, |waarde| match waarde {
            "ja" => Some(true),
            "nee" => Some(false),
            _ => None,
        })
    }

    /// Another fact that the form is about.
    pub fn feit(&mut self, naam: &'static str) -> Option<FactId> {
        self.f.keuze(naam, |waarde| waarde.parse().ok())
    }

    /// A parent (`Some`), or the child itself (`None`).
    pub fn persoon(&mut self, naam: &'static str) -> Option<Option<PersoonId>> {
        self.f.keuze(naam, persoon)
    }
}

/// The word for the child itself where a form asks for a person.
pub const LEERLING: &str = "leerling";

/// A parent, or the child itself, as a form names them.
pub fn persoon(waarde: &str) -> Option<Option<PersoonId>> {
    if waarde == LEERLING { Some(None) } else { waarde.parse().ok().map(Some) }
}

/// The same the other way round.
pub fn persoon_tekst(persoon: Option<PersoonId>) -> String {
    persoon.map_or_else(|| LEERLING.to_owned(), |id| id.to_string())
}

/// A form: everything about it that is its own. What all forms share is in [`super::blad`].
pub struct Opzet {
    /// Its last word in the address ("contact").
    pub blad: &'static str,
    /// The pattern of its address.
    pub pad: &'static str,
    /// What it states.
    pub soort: Soort,
    /// Its heading.
    pub titel: &'static str,
    /// A sentence under it; empty where the heading says enough.
    pub uitleg: &'static str,
    /// What is good to know of this child before one fills it in.
    pub vooraf: fn(&Zicht<'_>) -> Vec<String>,
    /// Its fields.
    pub velden: fn(&Zicht<'_>, &Vraag) -> Vec<Veld>,
    /// With what they are filled in when it is opened.
    pub begin: fn(&Zicht<'_>, &Vraag) -> Vec<(&'static str, String)>,
    /// What it states; nothing when a field is wrong. Exactly one statement for a correction.
    pub lees: fn(&mut Lezing<'_>) -> Option<Vec<Stelling>>,
    /// With what the fields are filled in to correct a statement.
    pub vul: fn(Period, &Body) -> Vec<(&'static str, String)>,
    /// About what parents and child are told first, where the form asks so.
    pub vertel: Option<Onderwerp>,
    /// Whether the next step can be agreed with it at once.
    pub vervolg: bool,
}

/// What most forms have in common; a form names what differs.
pub const GEWOON: Opzet = Opzet {
    blad: "",
    pad: "",
    soort: Soort::Contact,
    titel: "",
    uitleg: "",
    vooraf: |_| Vec::new(),
    velden: |_, _| Vec::new(),
    begin: |_, _| Vec::new(),
    lees: |_| None,
    vul: |_, _| Vec::new(),
    vertel: None,
    vervolg: false,
};

/// Today, for the field of the day.
pub fn vandaag(zicht: &Zicht<'_>) -> (&'static str, String) {
    ("dag", zicht.bezoek.vandaag.to_string())
}

/// The day of a statement, for its field.
pub fn op_dag(geldig: Period) -> (&'static str, String) {
    ("dag", geldig.from.to_string())
}

/// The days of a statement, for their fields.
pub fn dagen(geldig: Period) -> [(&'static str, String); 2] {
    [("van", geldig.from.to_string()), ("tot", geldig.last().map(|dag| dag.to_string()).unwrap_or_default())]
}

/// Hours as people write them, for a field: "4,5".
pub fn uren(kwartieren: u16) -> String {
    let text = crate::weergave::woorden::uren(kwartieren.into());
    text.trim_end_matches(" uur").to_owned()
}

/// Yes or no, for a field.
pub fn ja_nee(ja: bool) -> String {
    if ja { "ja" } else { "nee" }.to_owned()
}

/// Yes and no with their words.
pub fn ja_of_nee(ja: &str, nee: &str) -> Invoer {
    Invoer::Rondjes(vec![("ja".to_owned(), ja.to_owned()), ("nee".to_owned(), nee.to_owned())])
}

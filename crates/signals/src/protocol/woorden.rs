//! The protocol in plain Dutch, as `check protocol` prints it: what the file says, so that who agreed on it can read
//! what the machine will do.

use domain::verzuim::VerzuimSoort;

use super::{Daarna, Eenheid, Ontvanger, Protocol, Regel, Termijn, Venster, Vorm};

impl Regel {
    /// What the rule does, in plain Dutch sentences.
    pub fn in_woorden(&self) -> String {
        let soorten = opsomming("of", self.soorten.iter().map(soort_in_woorden));
        let mut tekst = self.vorm.in_woorden(&soorten);
        if self.per_school {
            tekst.push_str(" Alleen rijen van de school van die dag tellen mee.");
        }
        if !self.nadert.is_empty() {
            let stappen = opsomming("en", self.nadert.iter().map(u16::to_string));
            tekst.push_str(&format!(" Vooraf een bericht dat de drempel nadert bij {stappen}."));
        }
        tekst.push_str(&daarna_in_woorden(self.daarna, &self.vorm));
        let wie = opsomming("en", self.wie.iter().map(|wie| wie.in_woorden()));
        tekst.push_str(&format!(" Het signaal gaat naar {wie}"));
        match self.binnen {
            Some(Termijn::Werkdagen(1)) => tekst.push_str(", op te pakken binnen 1 werkdag"),
            Some(Termijn::Werkdagen(n)) => tekst.push_str(&format!(", op te pakken binnen {n} werkdagen")),
            Some(Termijn::Schooldagen(1)) => tekst.push_str(", op te pakken binnen 1 schooldag"),
            Some(Termijn::Schooldagen(n)) => tekst.push_str(&format!(", op te pakken binnen {n} schooldagen")),
            None => {}
        }
        tekst.push_str(if self.verzamelen { ", verzameld in één bericht per dag." } else { "." });
        tekst
    }
}

impl Vorm {
    fn in_woorden(&self, soorten: &str) -> String {
        match self {
            Vorm::SomInVenster { eenheid, venster, drempel } => {
                format!("Signaal bij {} of meer {soorten} in {}.", telling(*drempel, *eenheid), venster.in_woorden())
            }
            Vorm::KerenPerSchooljaar { stappen } => {
                let stappen = opsomming("en", stappen.iter().map(u16::to_string));
                format!(
                    "Signaal bij elke stap van {stappen} keer {soorten} in een schooljaar (1 augustus t/m 31 juli)."
                )
            }
            Vorm::ReeksenInVenster { venster, drempel } => {
                format!("Signaal als {soorten} voor de {drempel}e keer of vaker begint in {}.", venster.in_woorden())
            }
            Vorm::Aaneengesloten { stappen, hele_dag } => {
                let stappen = opsomming("en", stappen.iter().map(|stap| format!("{stap}e")));
                format!("Signaal op de {stappen} schooldag achter elkaar {}{soorten}.", hele(*hele_dag))
            }
            Vorm::Kalendermaanden { maanden, hele_dag } => {
                let maanden = if *maanden == 1 { "1 maand".to_owned() } else { format!("{maanden} maanden") };
                let elke = if *hele_dag { "elke schooldag de hele dag" } else { "elke schooldag een deel van de dag" };
                format!("Signaal als een leerling {maanden} lang {elke} weg was. Dat telt bij: {soorten}.")
            }
            Vorm::Stijging { eenheid, venster, factor, minimum } => format!(
                "Signaal als {soorten} in {} ten minste {factor} keer zo veel is als in de periode daarvoor, \
                 en ten minste {}.",
                venster.in_woorden(),
                telling(*minimum, *eenheid)
            ),
            Vorm::Weekdag { venster, drempel } => format!(
                "Signaal bij {drempel} of meer dagen {soorten} op dezelfde dag van de week in {}.",
                venster.in_woorden()
            ),
        }
    }
}

impl Venster {
    fn in_woorden(self) -> String {
        match self {
            Venster::Lesweken(1) => "1 lesweek".to_owned(),
            Venster::Lesweken(n) => format!("{n} lesweken"),
            Venster::Schooldagen(1) => "1 schooldag".to_owned(),
            Venster::Schooldagen(n) => format!("{n} schooldagen"),
        }
    }
}

impl Ontvanger {
    /// Who it is, as a sentence names them.
    pub fn in_woorden(self) -> &'static str {
        match self {
            Self::Mentor => "de mentor of groepsleerkracht",
            Self::Verzuimcoordinator => "de verzuimcoördinator",
            Self::IbEr => "de intern begeleider",
            Self::Ondersteuningscoordinator => "de ondersteuningscoördinator",
            Self::Schoolleider => "de schoolleider",
            Self::Schoolbestuur => "het schoolbestuur",
            Self::Ouders => "de ouders",
        }
    }
}

impl Protocol {
    /// What is allowed but deserves a second look, in Dutch.
    pub fn bevindingen(&self) -> Vec<String> {
        let mut lijst = Vec::new();
        let telt = |soort: VerzuimSoort| {
            self.regels.iter().any(|regel| {
                let uren = matches!(
                    regel.vorm,
                    Vorm::SomInVenster { eenheid: Eenheid::Uren, .. } | Vorm::Stijging { eenheid: Eenheid::Uren, .. }
                );
                uren && regel.soorten.contains(soort)
            })
        };
        for (kwartieren, soort) in
            [(self.telt_uren.te_laat, VerzuimSoort::TeLaat), (self.telt_uren.uitgestuurd, VerzuimSoort::Uitgestuurd)]
        {
            if kwartieren > 0 && !telt(soort) {
                let soort = soort.code();
                lijst.push(format!(
                    "telt_uren, {soort}: er is geen regel in uren met \"{soort}\" bij soorten, dus dit telt nergens mee"
                ));
            }
        }
        if !self.regels.iter().any(|regel| regel.aan) {
            lijst.push("regel, aan: geen enkele regel staat aan; dit protocol geeft nooit een signaal".to_owned());
        }
        for regel in self.regels.iter().filter(|regel| regel.aan) {
            if matches!(regel.vorm, Vorm::Weekdag { .. }) {
                lijst.push(format!(
                    "regel \"{}\": een vaste dag kan een gebedsdag, therapie of co-ouderschap zijn; bespreek of u dit wilt",
                    regel.naam
                ));
            }
            lijst.extend(regel.vreemde_getallen().iter().map(|getal| {
                format!(
                    "regel \"{}\", zin: hier staat {getal}, maar dat is geen getal van de regel; pas de zin aan, want \
                     school en ouders lezen hem",
                    regel.naam
                )
            }));
        }
        lijst
    }
}

fn daarna_in_woorden(daarna: Daarna, vorm: &Vorm) -> String {
    match (daarna, vorm) {
        (Daarna::Herstart, _) => {
            " Na een signaal begint de telling opnieuw: eerdere dagen tellen niet meer mee.".to_owned()
        }
        (Daarna::Hysterese { onder }, _) => {
            format!(" Pas opnieuw als het aantal eerst onder de {onder} is geweest.")
        }
        (Daarna::Stilte { schooldagen }, Vorm::Weekdag { .. }) => {
            format!(" Per dag van de week pas opnieuw na {schooldagen} schooldagen waarin dit niet zo was.")
        }
        (Daarna::Stilte { schooldagen }, _) => {
            format!(" Pas opnieuw na {schooldagen} schooldagen waarin dit niet zo was.")
        }
        (Daarna::Geen, Vorm::KerenPerSchooljaar { .. }) => " Elke stap één keer per schooljaar.".to_owned(),
        (Daarna::Geen, _) => " Eén keer per aaneengesloten periode.".to_owned(),
    }
}

fn telling(aantal: u16, eenheid: Eenheid) -> String {
    match eenheid {
        Eenheid::Uren => format!("{aantal} uur"),
        Eenheid::Keren => format!("{aantal} keer"),
        Eenheid::Dagen if aantal == 1 => "1 dag".to_owned(),
        Eenheid::Dagen => format!("{aantal} dagen"),
    }
}

fn hele(hele_dag: bool) -> &'static str {
    if hele_dag { "hele dagen " } else { "" }
}

fn soort_in_woorden(soort: VerzuimSoort) -> &'static str {
    match soort {
        VerzuimSoort::Ongeoorloofd => "ongeoorloofd afwezig",
        VerzuimSoort::Luxe => "vakantie zonder verlof",
        VerzuimSoort::TeLaat => "te laat",
        VerzuimSoort::Ziek => "ziek",
        VerzuimSoort::Verlof => "verlof",
        VerzuimSoort::Uitgestuurd => "uitgestuurd",
        VerzuimSoort::Geschorst => "geschorst",
        VerzuimSoort::Verwijderd => "verwijderd",
        VerzuimSoort::Vrijstelling => "vrijstelling",
        VerzuimSoort::VrijgesteldLes => "vrijgesteld van een les",
        VerzuimSoort::AangepastRooster => "aangepast rooster",
        VerzuimSoort::ThuisOpVerzoekSchool => "thuis op verzoek van de school",
        VerzuimSoort::Lesuitval => "lesuitval",
        VerzuimSoort::OverigGeoorloofd => "overig geoorloofd afwezig",
    }
}

/// `a`, `a en b`, `a, b en c`.
fn opsomming<S: Into<String>>(voegwoord: &str, delen: impl Iterator<Item = S>) -> String {
    let mut delen: Vec<String> = delen.map(Into::into).collect();
    let laatste = delen.pop().unwrap_or_default();
    if delen.is_empty() { laatste } else { format!("{} {voegwoord} {laatste}", delen.join(", ")) }
}

//! Who at home was told of the melding. Both parents with gezag get the same (BW 1:377b, practice of the pact): the form
//! names each of them, and of each the school says whether it told them.

use domain::Date;
use domain::body::{Geinformeerd, Onderwerp};
use domain::ids::PersoonId;

use super::super::mensen;
use super::super::opzet::{ja_nee, persoon, persoon_tekst};
use crate::web::formulier::{Formulier, lees_dag};
use crate::web::kind::Zicht;
use crate::weergave::woorden;

/// The hidden field with everybody whom the form asks about.
const THUIS: &str = "thuis";
/// How the field of one person begins; then follows who it is.
const VERTELD: &str = "verteld-";
/// Most people at home whom a form asks about: parents, guardians and the child.
const MAX_THUIS: usize = 12;

/// Somebody at home whom the form names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thuisgenoot {
    /// Who, as the form names them.
    pub wie: String,
    /// Name, and what they are to the child.
    pub woorden: String,
    /// The name of the field.
    pub veld: String,
    /// On which day they were told already, in words; the form asks nothing then.
    pub al: Option<String>,
    /// What was answered: "ja", "nee" or nothing yet.
    pub antwoord: String,
}

/// Parents and guardians with gezag, as the pupil file of the school tells them, and the child from 12. Told since this
/// absence began counts as told.
pub fn thuis(zicht: &Zicht<'_>, f: &Formulier) -> Vec<Thuisgenoot> {
    let since = lees_dag(f.waarde("begin")).unwrap_or(zicht.bezoek.vandaag);
    let all = mensen::thuis(zicht).into_iter().take(MAX_THUIS).map(|wie| {
        let tekst = persoon_tekst(wie.persoon);
        let veld = format!("{VERTELD}{tekst}");
        Thuisgenoot {
            al: sinds(zicht, wie.persoon, since).map(|dag| woorden::dag(dag, zicht.bezoek.vandaag)),
            antwoord: f.waarde(&veld).to_owned(),
            woorden: wie.woorden,
            wie: tekst,
            veld,
        }
    });
    all.collect()
}

/// The last day on which somebody was told of a melding, if that was since a day.
fn sinds(zicht: &Zicht<'_>, wie: Option<PersoonId>, since: Date) -> Option<Date> {
    let told = zicht.t.all::<Geinformeerd>().filter(|(_, g)| g.over == Onderwerp::Melding && g.ouder == wie);
    told.map(|(fact, _)| fact.valid.from).filter(|dag| *dag >= since).max()
}

/// In words, those who were not told yet of the melding of a day.
pub fn nog_niet(zicht: &Zicht<'_>, sinds_dag: Date) -> Vec<String> {
    let open = mensen::thuis(zicht).into_iter().filter(|wie| sinds(zicht, wie.persoon, sinds_dag).is_none());
    open.map(|wie| wie.woorden).collect()
}

/// Who was told, as the form says; everybody whom it named must have an answer.
pub fn lees(f: &mut Formulier) -> Vec<Option<PersoonId>> {
    let named: Vec<String> = f.waarden(THUIS).take(MAX_THUIS).map(str::to_owned).collect();
    let answer = |wie: &String| f.waarde(&format!("{VERTELD}{wie}")).to_owned();
    let answers: Vec<(Option<Option<PersoonId>>, String)> =
        named.iter().map(|wie| (persoon(wie), answer(wie))).collect();
    if answers.iter().any(|(_, answer)| ![ja_nee(true), ja_nee(false)].contains(answer)) {
        f.zet_fout("verteld", "Kies bij ieder of u het hebt verteld.");
    }
    answers.into_iter().filter(|(_, answer)| *answer == ja_nee(true)).filter_map(|(wie, _)| wie).collect()
}

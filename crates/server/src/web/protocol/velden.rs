//! The draft behind an address: which version it is made from, and by place of the rule what was chosen.

use signals::protocol::{Protocol, Regel};

use crate::gebruik::concept::{Getal, Keuze, Maat, concept, getallen, maten, schakelt};
use crate::web::antwoord::Weigering;
use crate::web::formulier::MAX_VELDEN;

/// What stands behind the address, or in a form: `versie`, `aan` by place of the rule, and for a number its letter with
/// the place of the rule.
pub type Velden = Vec<(String, String)>;

/// Most characters of a field that are read: a dozen numbers.
const MAX_TEKENS: usize = 80;

/// A number, or a list of them, that can be moved.
pub struct Veld {
    /// Its name in the address.
    pub veld: String,
    /// What it is.
    pub woorden: &'static str,
    /// What it is under the version that holds.
    pub nu: String,
    /// What was filled in.
    pub waarde: String,
    /// Lowest and highest.
    pub van: u16,
    /// Highest.
    pub tot: u16,
    /// Whether it is a list.
    pub lijst: bool,
    /// Of what one mostly moves: up to what its slider goes, and where that stands.
    pub schuif: Option<(u16, u16)>,
    /// What is wrong with it, and what to do.
    pub fout: Option<String>,
}

/// One rule of the draft.
pub struct Conceptregel {
    /// Its place.
    pub nummer: usize,
    /// What it is called.
    pub naam: String,
    /// Whether it can be put on and off.
    pub schakelt: bool,
    /// Whether it is on.
    pub aan: bool,
    /// What one mostly moves.
    pub schuiven: Vec<Veld>,
    /// What one seldom moves.
    pub meer: Vec<Veld>,
}

impl Conceptregel {
    /// Whether something is wrong with what one seldom moves.
    pub fn meer_fout(&self) -> bool {
        self.meer.iter().any(|veld| veld.fout.is_some())
    }

    /// All fields of which something is wrong.
    pub fn fouten(&self) -> impl Iterator<Item = (&Veld, &str)> {
        self.schuiven.iter().chain(&self.meer).filter_map(|veld| Some((veld, veld.fout.as_deref()?)))
    }
}

/// What was asked of a protocol.
pub struct Vraag {
    /// The protocol that was asked for; a rule of which a number is not right is as it holds.
    pub concept: Protocol,
    /// Its rules as a form.
    pub regels: Vec<Conceptregel>,
    /// The version that the address was made for no longer holds.
    pub verouderd: bool,
    /// What was chosen, as fields: numbers that are right only.
    pub velden: Velden,
}

fn waarde<'a>(velden: &'a Velden, naam: &str) -> Option<&'a str> {
    velden.iter().find(|(veld, _)| veld == naam).map(|(_, waarde)| waarde.as_str())
}

impl Vraag {
    /// What was chosen; without a choice, or for another version, what holds.
    ///
    /// # Errors
    /// When there are more fields than a form has.
    pub fn lees(velden: &Velden, protocol: &Protocol, nummer: usize) -> Result<Self, Weigering> {
        if velden.len() > MAX_VELDEN {
            return Err(Weigering::Onleesbaar(format!("Een formulier heeft hoogstens {MAX_VELDEN} velden.")));
        }
        let versie = waarde(velden, "versie");
        let own = versie == Some(nummer.to_string().as_str());
        let given = own.then_some(velden);
        let mut vraag = Vraag {
            concept: Protocol { regels: Vec::new(), ..protocol.clone() },
            regels: Vec::new(),
            verouderd: versie.is_some() && !own,
            velden: vec![("versie".to_owned(), nummer.to_string())],
        };
        for (plek, regel) in protocol.regels.iter().enumerate() {
            vraag.lees_regel(given, plek, regel);
        }
        Ok(vraag)
    }

    fn lees_regel(&mut self, given: Option<&Velden>, plek: usize, regel: &Regel) {
        let here = plek.to_string();
        let on = |velden: &Velden| velden.iter().any(|(veld, waarde)| veld == "aan" && *waarde == here);
        let mut keuze = Keuze { aan: given.map_or(regel.aan, on), getallen: Vec::new() };
        let mut velden: Vec<(Getal, Veld)> = Vec::new();
        let all = maten(regel);
        for maat in &all {
            let veld = Veld::lees(given, maat, plek);
            if let Ok(waarden) = maat.lees(&veld.waarde) {
                keuze.getallen.push((maat.getal, waarden));
            }
            velden.push((maat.getal, veld));
        }
        let (nieuw, past) = concept(regel, &keuze);
        for (getal, fout) in past {
            if let Some((_, veld)) = velden.iter_mut().find(|(own, veld)| *own == getal && veld.fout.is_none()) {
                veld.fout = Some(fout);
            }
        }
        // A rule of which a number is not right is as it holds, with all its numbers.
        let wrong = velden.iter().any(|(_, veld)| veld.fout.is_some());
        let nieuw = if wrong { Regel { aan: nieuw.aan, ..regel.clone() } } else { nieuw };
        if nieuw.aan {
            self.velden.push(("aan".to_owned(), here));
        }
        let chosen = maten(&nieuw).into_iter().filter(|maat| all.iter().any(|own| own.getal == maat.getal));
        self.velden.extend(chosen.map(|maat| (naam(maat.getal, plek), getallen(&maat.nu).replace(' ', ""))));
        let (meer, schuiven): (Vec<_>, Vec<_>) = velden.into_iter().partition(|(_, veld)| veld.schuif.is_none());
        self.regels.push(Conceptregel {
            nummer: plek,
            naam: regel.naam.clone(),
            schakelt: schakelt(regel),
            aan: nieuw.aan,
            schuiven: schuiven.into_iter().map(|(_, veld)| veld).collect(),
            meer: meer.into_iter().map(|(_, veld)| veld).collect(),
        });
        self.concept.regels.push(nieuw);
    }

    /// What stands behind an address of this draft: our own letters, digits and commas only.
    pub fn adres(&self) -> String {
        self.velden.iter().map(|(veld, waarde)| format!("{veld}={waarde}")).collect::<Vec<_>>().join("&")
    }

    /// Whether some number is not right.
    pub fn heeft_fouten(&self) -> bool {
        self.regels.iter().any(|regel| regel.fouten().next().is_some())
    }
}

fn naam(getal: Getal, plek: usize) -> String {
    format!("{}{plek}", getal.letter())
}

impl Veld {
    fn lees(given: Option<&Velden>, maat: &Maat, plek: usize) -> Self {
        let veld = naam(maat.getal, plek);
        let nu = getallen(&maat.nu);
        let filled_in = given.and_then(|velden| waarde(velden, &veld));
        let waarde: String =
            filled_in.map_or_else(|| nu.clone(), |tekst| tekst.trim().chars().take(MAX_TEKENS).collect());
        let read = maat.lees(&waarde);
        let first = read.as_ref().ok().unwrap_or(&maat.nu).first().copied();
        Veld {
            veld,
            woorden: maat.woorden,
            van: *maat.bereik.start(),
            tot: *maat.bereik.end(),
            lijst: maat.hoogstens > 1,
            schuif: maat.schuif.map(|top| (top, first.unwrap_or(1).min(top))),
            fout: read.err(),
            nu,
            waarde: if maat.hoogstens > 1 { waarde.replace(',', ", ").replace("  ", " ") } else { waarde },
        }
    }
}

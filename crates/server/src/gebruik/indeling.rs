//! How the package of a school lays out its files of absence: a text that the school keeps itself, in versions.

use domain::Timestamp;
use domain::body::{DocumentSoort, Regiodocument};
use domain::calendar::dag_in_nederland;
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{DocumentId, OrganisatieId};
use domain::nummers::Vestigingscode;
use domain::period::Period;
use exchange::invoer::VerzuimIndeling;
use register::{Overlay, Register};

use crate::fout::Fout;
use crate::logboek::{Beslissing, Besluit, Logboek};

/// Sets the documents of schools apart from those of the region.
const INDELING: u64 = 0x0194_DE11_1D5C_0A1E;

fn document(school: OrganisatieId) -> DocumentId {
    DocumentId::new(school.0.get() ^ INDELING)
}

/// The layout that a school stated last; `None` when it never did.
pub fn van_school(register: &Register, school: OrganisatieId) -> Option<&str> {
    let stated = register.laatste::<Regiodocument>(document(school))?;
    Some(stated.tekst.zichtbaar()).filter(|_| stated.soort == DocumentSoort::Indeling)
}

/// Reads the text of a layout.
///
/// # Errors
/// What is wrong in it, a line each.
pub fn lees(tekst: &str) -> Result<VerzuimIndeling, Vec<String>> {
    VerzuimIndeling::lees(tekst).map_err(|fouten| fouten.iter().map(ToString::to_string).collect())
}

/// The layout with the school that its rows are about when they do not say so themselves.
pub fn voor_school(mut indeling: VerzuimIndeling, vestiging: Option<Vestigingscode>) -> VerzuimIndeling {
    if let (VerzuimIndeling::Vertaald(vertaling), Some(vestiging)) = (&mut indeling, vestiging) {
        vertaling.met_vestiging(vestiging);
    }
    indeling
}

/// Keeps a layout for a school, unless it is what the school stated last.
///
/// # Errors
/// When the log cannot be written.
pub async fn bewaar(
    logboek: &mut Logboek,
    school: OrganisatieId,
    tekst: &str,
    by: Actor,
    nu: Timestamp,
) -> Result<(), Fout> {
    if van_school(&logboek.register(), school) == Some(tekst) {
        return Ok(());
    }
    let about = document(school);
    let feit = NewFact {
        about: about.into(),
        valid: Period::since(dag_in_nederland(nu)),
        by,
        ground: Grondslag::Verzuimadministratie,
        source: Source::of(Bron::School, school),
        replaces: None,
        body: Regiodocument {
            soort: DocumentSoort::Indeling,
            versie: dag_in_nederland(nu).to_string(),
            tekst: tekst.into(),
        }
        .into(),
    };
    let besluit = move |_: &Overlay<'_>, _| {
        Ok(Besluit { feiten: vec![feit.clone()], gelezen: vec![about.into()], antwoord: Vec::new() })
    };
    logboek.beslis_samen(nu, vec![Beslissing::new(besluit)]).await.map(drop)
}

//! A new version of a document of the region: checked line by line, shown beside the one that holds, and adopted from a
//! day. Nothing is written before it was checked and a person decided.

use askama::Template;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use convenant::Convenant;
use domain::Date;
use domain::body::DocumentSoort;
use domain::calendar::datum;
use domain::fact::Rol;
use domain::period::{Period, next_day};
use exchange::regio::Regio;
use register::Register;

use super::documenten::{soort, zonder_kop};
use super::kader;
use super::verschil::{Verschil, verschil};
use crate::fout::Fout;
use crate::gebruik;
use crate::gebruik::drukte::{self, Omvang, komma};
use crate::logboek::Logboek;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::{self, Formulier};
use crate::web::kader::Kader;

/// Largest text of a document, in bytes.
const MAX_TEKST: usize = 1 << 20;
/// Largest form, in bytes: the text twice (typed and as a file), and the other fields.
const MAX_FORMULIER: usize = 2 * MAX_TEKST + (64 << 10);
/// Most parts of the form.
const MAX_DELEN: usize = 12;
/// Longest name of a version, in characters.
const MAX_VERSIE: usize = 40;
/// Most findings that are shown.
const MAX_BEVINDINGEN: usize = 100;
/// Threads that weigh a protocol.
const DRADEN: usize = 2;
/// Days back over which a protocol is weighed: a year.
const TERUG: i32 = 365;

/// What the check found.
#[derive(Debug, Clone, Default)]
pub struct Keuring {
    /// What makes it unusable, a line each.
    pub fouten: Vec<String>,
    /// What deserves a second look.
    pub let_op: Vec<String>,
    /// The expected load under a protocol, a line each.
    pub drukte: Vec<String>,
    /// The version that the text itself names.
    pub versie: Option<String>,
    /// The first day from which the text may be adopted.
    pub vanaf: Option<Date>,
}

#[derive(Template)]
#[template(path = "beheer/nieuw.html")]
struct Nieuw {
    kader: Kader,
    f: Formulier,
    code: &'static str,
    naam: &'static str,
    is_regio: bool,
    tekst: String,
    /// The check, once it was asked for.
    keuring: Option<Keuring>,
    verschil: Verschil,
    /// What changes in who sees what, under a convenant.
    matrix: Option<Verschil>,
    /// When a region's document begins to hold, in words.
    vanaf: String,
}

impl Nieuw {
    /// Whether the text can be adopted as it stands.
    fn is_klaar(&self) -> bool {
        self.keuring.as_ref().is_some_and(|keuring| keuring.fouten.is_empty())
    }
}

/// The form, with the version that holds now to start from.
pub async fn blad(State(staat): State<Staat>, Path(code): Path<String>, bezoek: Bezoek) -> Uitslag {
    let (soort, naam) = soort(&code)?;
    let tekst = staat.dienst.lees(|register| huidige(register, soort)).await?;
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    antwoord::pagina(&Nieuw { tekst, ..leeg(&bezoek, soort, naam, f)? })
}

fn leeg(bezoek: &Bezoek, soort: DocumentSoort, naam: &'static str, f: Formulier) -> Result<Nieuw, Weigering> {
    Ok(Nieuw {
        kader: kader(bezoek, format!("Nieuwe versie: {}", naam.to_lowercase()))?,
        f,
        code: soort.code(),
        naam,
        is_regio: soort == DocumentSoort::Regio,
        tekst: String::new(),
        keuring: None,
        verschil: Verschil::default(),
        matrix: None,
        vanaf: String::new(),
    })
}

fn huidige(register: &Register, soort: DocumentSoort) -> String {
    register.document(soort).map(|document| document.tekst.zichtbaar().to_owned()).unwrap_or_default()
}

/// Checks the text, or adopts it.
pub async fn neem(State(staat): State<Staat>, Path(code): Path<String>, bezoek: Bezoek, request: Request) -> Uitslag {
    formulier::eigen_herkomst(request.headers())?;
    let (mut f, tekst) = lees(request, &staat, &bezoek).await?;
    let (soort, naam) = soort(&code)?;
    if tekst.trim().is_empty() {
        f.zet_fout("tekst", "Plak de tekst van de nieuwe versie, of kies een bestand.");
        return toon(&staat, &bezoek, soort, naam, f, tekst, None).await;
    }
    let vandaag = bezoek.vandaag;
    let keuring = staat.dienst.lees(|register| keur(register, soort, &tekst, vandaag)).await?;
    if !keuring.fouten.is_empty() || f.waarde("doe") != "aannemen" {
        return toon(&staat, &bezoek, soort, naam, f, tekst, Some(keuring)).await;
    }
    let (versie, vanaf) = wanneer(&mut f, &keuring, soort, vandaag);
    let (Some(vanaf), true) = (vanaf, f.is_goed()) else {
        return toon(&staat, &bezoek, soort, naam, f, tekst, Some(keuring)).await;
    };
    let nu = bezoek.nu;
    let text = tekst.clone();
    let adopted = staat.dienst.schrijf(async move |logboek: &mut Logboek| {
        Ok(neem_aan(logboek, soort, &text, &versie, vanaf, nu).await.map_err(|fout| fout.to_string()))
    });
    if let Err(waarom) = adopted.await? {
        f.zet_fout(if soort == DocumentSoort::Regio { "tekst" } else { "versie" }, waarom);
        return toon(&staat, &bezoek, soort, naam, f, tekst, Some(keuring)).await;
    }
    let own = bezoek.aanmelding.0.account;
    staat.toegang.noteer_document(own, nu).await.map_err(|_| Weigering::Storing)?;
    antwoord::naar("/beheer/documenten?gelukt=bewaard")
}

/// The name of the version and the day from which it holds, as the form says; a region's document says so itself.
fn wanneer(f: &mut Formulier, keuring: &Keuring, soort: DocumentSoort, vandaag: Date) -> (String, Option<Date>) {
    if soort == DocumentSoort::Regio {
        return (keuring.versie.clone().unwrap_or_default(), keuring.vanaf);
    }
    let vraag = "Geef deze versie een naam, zoals 2026-2.";
    let versie = f.verplichte_tekst("versie", MAX_VERSIE, vraag).zichtbaar().to_owned();
    let vanaf = f.verplichte_dag("vanaf");
    let eerst = keuring.vanaf.unwrap_or(vandaag).max(vandaag);
    if vanaf.is_some_and(|vanaf| vanaf < eerst) {
        f.zet_fout("vanaf", format!("Deze versie kan niet eerder gelden dan {}. Kies die dag of later.", datum(eerst)));
    }
    (versie, vanaf)
}

async fn toon(
    staat: &Staat,
    bezoek: &Bezoek,
    soort: DocumentSoort,
    naam: &'static str,
    f: Formulier,
    tekst: String,
    keuring: Option<Keuring>,
) -> Uitslag {
    let goed = f.is_goed() && keuring.as_ref().is_some_and(|keuring| keuring.fouten.is_empty());
    let (oud, matrix) = staat
        .dienst
        .lees(|register| {
            let new = (soort == DocumentSoort::Convenant).then(|| Convenant::lees(&tekst).ok()).flatten();
            let old = register.convenant(bezoek.vandaag);
            let both = new.map(|new| (convenant::matrix(old), convenant::matrix(&new)));
            (huidige(register, soort), both)
        })
        .await?;
    let vanaf = keuring.as_ref().and_then(|keuring| keuring.vanaf).map(datum).unwrap_or_default();
    let blad = Nieuw {
        verschil: verschil(&oud, &tekst),
        matrix: matrix.map(|(old, new)| verschil(zonder_kop(&old), zonder_kop(&new))),
        tekst,
        keuring,
        vanaf,
        ..leeg(bezoek, soort, naam, f.opnieuw(&bezoek.aanmelding, bezoek.nu)?)?
    };
    if goed { antwoord::pagina(&blad) } else { antwoord::opnieuw(&blad) }
}

/// The fields and the text: typed, or from a file when one was chosen.
async fn lees(mut request: Request, staat: &Staat, bezoek: &Bezoek) -> Result<(Formulier, String), Weigering> {
    let gebroken = |_| Weigering::Onleesbaar("Het formulier kwam niet heel over, of is groter dan 1 MB.".to_owned());
    DefaultBodyLimit::max(MAX_FORMULIER).apply(&mut request);
    // Without parts there is no token either.
    let mut delen = Multipart::from_request(request, staat).await.map_err(|_| Weigering::Verlopen)?;
    let (mut velden, mut getypt, mut bestand) = (Vec::new(), String::new(), Vec::new());
    while let Some(mut deel) = delen.next_field().await.map_err(gebroken)? {
        let naam = deel.name().unwrap_or_default().to_owned();
        if velden.len() >= MAX_DELEN {
            return Err(Weigering::Onleesbaar("Het formulier heeft te veel velden.".to_owned()));
        }
        match naam.as_str() {
            "tekst" => getypt = deel.text().await.map_err(gebroken)?,
            "bestand" => {
                while let Some(brok) = deel.chunk().await.map_err(gebroken)? {
                    bestand.extend_from_slice(&brok);
                }
            }
            _ => velden.push((naam, deel.text().await.map_err(gebroken)?)),
        }
    }
    let mut f = formulier::uit_velden(velden, Some(&bezoek.aanmelding))?;
    let tekst = match bestand.is_empty() {
        true => getypt,
        false => String::from_utf8(bestand).unwrap_or_else(|_| {
            f.zet_fout("bestand", "Dit bestand is geen tekst (UTF-8). Sla het op als UTF-8 en kies het opnieuw.");
            String::new()
        }),
    };
    if tekst.len() > MAX_TEKST {
        return Err(Weigering::Onleesbaar("De tekst is groter dan 1 MB.".to_owned()));
    }
    // Browsers send typed lines with both marks of a line's end.
    Ok((f, tekst.trim_start_matches('\u{feff}').replace("\r\n", "\n")))
}

/// Looks whether a text can be adopted, and what it would do.
pub fn keur(register: &Register, soort: DocumentSoort, tekst: &str, vandaag: Date) -> Keuring {
    let mut keuring = match soort {
        DocumentSoort::Protocol => keur_protocol(register, tekst, vandaag),
        DocumentSoort::Convenant => match Convenant::lees(tekst) {
            Ok(convenant) => Keuring { vanaf: convenant.geldig_vanaf(), ..Keuring::default() },
            Err(fouten) => mis(&fouten),
        },
        _ => keur_regio(register, tekst, vandaag),
    };
    keuring.fouten.truncate(MAX_BEVINDINGEN);
    keuring.let_op.truncate(MAX_BEVINDINGEN);
    keuring
}

fn mis<T: ToString>(fouten: &[T]) -> Keuring {
    Keuring { fouten: fouten.iter().map(ToString::to_string).collect(), ..Keuring::default() }
}

fn keur_regio(register: &Register, tekst: &str, vandaag: Date) -> Keuring {
    let regio = match Regio::lees(tekst) {
        Ok(regio) => regio,
        Err(fouten) => return mis(&fouten),
    };
    let mut fouten = Vec::new();
    let old = Regio::lees(&huidige(register, DocumentSoort::Regio)).ok();
    if old.as_ref().is_some_and(|old| old.code != regio.code || old.soort != regio.soort) {
        fouten.push("De code en de soort van de regio veranderen nooit. Zet ze terug zoals ze waren.".to_owned());
    }
    if register.versies(DocumentSoort::Regio).iter().any(|(_, known)| known.versie == regio.versie) {
        fouten.push(format!("Versie {} bestaat al. Geef deze versie een nieuwe naam.", regio.versie));
    }
    let keeps = |rol: &&exchange::regio::Vermelding<_, domain::body::RolToekenning>| {
        rol.inhoud.rol == Rol::Beheerder && rol.geldig.until.is_none_or(|until| vandaag < until)
    };
    if regio.rollen.iter().find(keeps).is_none() {
        fouten.push("Niemand is meer beheerder. Laat minstens één medewerker de rol beheerder houden.".to_owned());
    }
    Keuring { fouten, versie: Some(regio.versie), vanaf: Some(regio.geldig_vanaf), ..Keuring::default() }
}

fn keur_protocol(register: &Register, tekst: &str, vandaag: Date) -> Keuring {
    let protocol = match (signals::protocol::lees(tekst), exchange::afspraken::lees(tekst)) {
        (Ok(protocol), Ok(_)) => protocol,
        (Err(fouten), _) => return mis(&fouten),
        (Ok(_), Err(fouten)) => return mis(&fouten),
    };
    let vanaf = domain::period::from_day_number(domain::period::day_number(vandaag) - TERUG);
    let onder = register.onder_protocol(&protocol, vanaf, DRADEN);
    let over = Period { from: vanaf, until: Some(vandaag) };
    let scholen: Vec<_> = register.rules().scholen.iter().collect();
    let omvang: Vec<Omvang> = scholen
        .iter()
        .map(|(id, school)| {
            let covered = register.aangeleverd(**id);
            let days = covered.iter().filter_map(|period| period.intersection(&over)).map(|period| {
                let until = period.until.unwrap_or_else(|| next_day(vandaag));
                school.schooldagen.aantal_voor(until).saturating_sub(school.schooldagen.aantal_voor(period.from))
            });
            let leerlingen = onder.leerlingen.get(id).copied().unwrap_or_default();
            Omvang { leerlingen: leerlingen.into(), dagen: days.sum::<u32>().into() }
        })
        .collect();
    let place = |id| scholen.iter().position(|(school, _)| **school == id);
    let places: std::collections::BTreeMap<_, _> =
        scholen.iter().filter_map(|(id, _)| Some((**id, place(**id)?))).collect();
    let fired = onder.afgegaan.iter().filter_map(|(regel, school)| Some((*regel, *places.get(school)?, 1)));
    let mut keuring =
        Keuring { let_op: protocol.bevindingen(), vanaf: Some(protocol.geldig_vanaf), ..Keuring::default() };
    for drukte in drukte::bereken(&protocol, &omvang, fired) {
        let Some((school, meeste)) = drukte.meeste() else { continue };
        let naam = scholen.get(school).map(|(id, _)| register.rules().naam(**id)).unwrap_or_default();
        let drukte::Drukte { wie, per, hoogstens, .. } = &drukte;
        keuring.drukte.push(format!(
            "Een {wie} krijgt gemiddeld {} signalen per {per}, het meest bij {naam}: {}.",
            komma(drukte.gemiddeld()),
            komma(meeste)
        ));
        if meeste > *hoogstens {
            keuring.let_op.push(format!(
                "Bij {naam} krijgt een {wie} {} signalen per {per}; meer dan {hoogstens} is niet te doen. Verhoog een \
                 drempel, kies verzamelen, of zet een regel uit.",
                komma(meeste)
            ));
        }
    }
    keuring
}

/// Adopts the text, unless a version with that name was adopted meanwhile.
async fn neem_aan(
    logboek: &mut Logboek,
    soort: DocumentSoort,
    tekst: &str,
    versie: &str,
    vanaf: Date,
    nu: domain::Timestamp,
) -> Result<(), Fout> {
    if logboek.register().versies(soort).iter().any(|(_, known)| known.versie == versie) {
        return Err(Fout::kan_niet(format!("Versie {versie} bestaat al. Geef deze versie een nieuwe naam.")));
    }
    match soort {
        DocumentSoort::Protocol => {
            let regio = gebruik::regio(logboek)?;
            gebruik::regio::neem_protocol_aan(logboek, &regio, tekst, versie, vanaf, nu).await
        }
        DocumentSoort::Convenant => {
            let regio = gebruik::regio(logboek)?;
            gebruik::regio::neem_convenant_aan(logboek, &regio, tekst, versie, vanaf, nu).await
        }
        _ => {
            let regio = gebruik::regio::lees(tekst)?;
            gebruik::regio::neem_aan(logboek, &regio, nu).await.map(|_| ())
        }
    }
}

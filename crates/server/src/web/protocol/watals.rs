//! *Wat als*: sliders beside what they would have done. An address holds numbers of rules only, so one can send it to a
//! colleague; nothing is written.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use signals::protocol::Protocol;

use super::velden::{Conceptregel, Velden, Vraag};
use crate::gebruik::concept::schrijf;
use crate::gebruik::watals::{
    Kant, MAX_NAAST, Regel, Uitslag as Weeguitslag, Volgorde, Week as Weegweek, uitleg_nergens,
};
use crate::gebruik::weegkamer::{Klaar, geldend};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beeld::weeklijn;
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};
use crate::weergave::woorden;

/// The schools of a draft.
const SCHOLEN: &str = "/protocol/wat-als/scholen";
/// Schools on one page.
const PER_BLADZIJDE: usize = 100;
/// Most characters that are searched for.
const MAX_ZOEK: usize = 100;

/// What is shown beside the draft.
struct Model {
    uitslag: Weeguitslag,
    /// Weeks as lines.
    beeld: String,
}

impl Model {
    fn van(uitslag: Weeguitslag) -> Self {
        let beeld = beeld(uitslag.laatste_weken());
        Model { uitslag, beeld }
    }

    /// The schools of which most changes.
    fn scholen(&self) -> Vec<&Regel> {
        let mut sorted = self.uitslag.scholen.op_volgorde(Volgorde::Verschil, "");
        sorted.truncate(MAX_NAAST);
        sorted
    }

    /// Whether there are more.
    fn is_meer(&self) -> bool {
        self.uitslag.scholen.regels.len() > MAX_NAAST
    }
}

/// The weeks as lines, with what they tell in a sentence.
fn beeld(weken: &[Weegweek]) -> String {
    let mut maand = None;
    let drawn = weken.iter().map(|week| {
        let first = maand.replace(week.maandag.month()) != Some(week.maandag.month());
        weeklijn::Week { maand: first.then(|| woorden::maand_kort(week.maandag)), aantallen: week.aantallen }
    });
    let drawn: Vec<weeklijn::Week> = drawn.collect();
    let Some((first, last)) = weken.first().zip(weken.last()) else { return String::new() };
    let most = |kant: usize| weken.iter().filter_map(|week| week.aantallen[kant]).max().unwrap_or(0);
    let beschrijving = format!(
        "Van de week van {} tot en met die van {}. In de drukste week nu {} en dan {} signalen. De getallen staan in de \
         tabel eronder.",
        datum(first.maandag),
        datum(last.maandag),
        most(0),
        most(1)
    );
    weeklijn::svg(&drawn, "Signalen per week, nu en dan", &beschrijving)
}

#[derive(Template)]
#[template(path = "protocol/watals.html")]
struct Blad {
    kader: Kader,
    nummer: usize,
    /// The version that the address was made for no longer holds.
    verouderd: bool,
    regels: Vec<Conceptregel>,
    /// What stands behind the address of this draft.
    adres: String,
    heeft_fouten: bool,
    model: Option<Model>,
    uitleg: String,
    /// Whether there is a protocol at all.
    is_er: bool,
}

#[derive(Template)]
#[template(path = "protocol/scholen.html")]
struct Scholenblad {
    kader: Kader,
    f: Formulier,
    velden: Velden,
    adres: String,
    volgorde: Volgorde,
    zoek: String,
    /// Of how many schools anything is known.
    alle: usize,
    regels: Vec<Regel>,
    bladeren: Bladeren,
    heeft_tekens: bool,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(velden): Query<Velden>, bezoek: Bezoek) -> Uitslag {
    antwoord::pagina(&maak(&staat, &velden, &bezoek).await?)
}

async fn maak(staat: &Staat, velden: &Velden, bezoek: &Bezoek) -> Result<Blad, Weigering> {
    let kader = Kader::van(bezoek, "Wat als: een ander protocol", paden::PROTOCOL, "protocol")?;
    let uitleg = uitleg_nergens();
    let Some((nummer, protocol, _)) = nu(staat, bezoek).await? else {
        let (regels, adres, model) = (Vec::new(), String::new(), None);
        let (verouderd, heeft_fouten, is_er) = (false, false, false);
        return Ok(Blad { kader, nummer: 0, verouderd, regels, adres, heeft_fouten, model, uitleg, is_er });
    };
    let vraag = Vraag::lees(velden, &protocol, nummer)?;
    let model = weeg(staat, &protocol, &vraag.concept).await?.map(Model::van);
    let (adres, heeft_fouten) = (vraag.adres(), vraag.heeft_fouten());
    let Vraag { regels, verouderd, .. } = vraag;
    Ok(Blad { kader, nummer, verouderd, regels, adres, heeft_fouten, model, uitleg, is_er: true })
}

/// The version that holds: its number, and read; with its text.
async fn nu(staat: &Staat, bezoek: &Bezoek) -> Result<Option<(usize, Protocol, String)>, Weigering> {
    let found = staat.dienst.lees(|register| {
        let (nummer, document) = geldend(register, bezoek.vandaag)?;
        let tekst = document.tekst.zichtbaar().to_owned();
        Some((nummer, signals::protocol::lees(&tekst).ok()?, tekst))
    });
    Ok(found.await?)
}

/// What a draft would have done beside what holds; `None` while the absence is made ready.
async fn weeg(staat: &Staat, nu: &Protocol, dan: &Protocol) -> Result<Option<Weeguitslag>, Weigering> {
    // Made ready for another version than the one just read: the next look finds them together.
    let klaar = staat.weegkamer.klaar(&staat.dienst).await?.filter(|klaar| klaar.protocol == *nu);
    let Some(klaar): Option<Arc<Klaar>> = klaar else { return Ok(None) };
    let weging = staat.weegkamer.weeg(&klaar, dan).await?;
    let ids: Vec<Option<OrganisatieId>> = klaar.historie.scholen().iter().map(|school| school.id).collect();
    let namen = staat.dienst.lees(|register| {
        let naam = |id: &Option<OrganisatieId>| id.map_or_else(String::new, |id| register.rules().naam(id).to_owned());
        ids.iter().map(naam).collect::<Vec<String>>()
    });
    let namen = namen.await?;
    Ok(Some(Weeguitslag::van(
        &klaar.historie,
        Kant { protocol: &klaar.protocol, weging: &klaar.nu },
        Kant { protocol: dan, weging: &weging },
        |plek| namen.get(plek).cloned().unwrap_or_default(),
    )))
}

/// The schools of a draft, some at a time.
pub async fn scholen(State(staat): State<Staat>, Query(velden): Query<Velden>, bezoek: Bezoek) -> Uitslag {
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    toon_scholen(&staat, &bezoek, &velden, String::new(), f).await
}

/// Schools by name: what one searches for stands in no address.
pub async fn zoek_scholen(State(staat): State<Staat>, bezoek: Bezoek, f: Formulier) -> Uitslag {
    let zoek: String = f.waarde("zoek").trim().chars().take(MAX_ZOEK).collect();
    let velden = f.alles().to_vec();
    let f = f.zonder_velden().opnieuw(&bezoek.aanmelding, bezoek.nu)?;
    toon_scholen(&staat, &bezoek, &velden, zoek, f).await
}

async fn toon_scholen(staat: &Staat, bezoek: &Bezoek, velden: &Velden, zoek: String, f: Formulier) -> Uitslag {
    let kader = Kader::van(bezoek, "Wat als: alle scholen", paden::PROTOCOL, "protocol")?;
    let (nummer, protocol, _) = nu(staat, bezoek).await?.ok_or(Weigering::NietGevonden)?;
    let vraag = Vraag::lees(velden, &protocol, nummer)?;
    let adres = vraag.adres();
    let Some(uitslag) = weeg(staat, &protocol, &vraag.concept).await? else {
        // There it says that the absence is being made ready.
        return antwoord::naar(&format!("{}?{adres}", paden::WAT_ALS));
    };
    let field = |naam: &str| velden.iter().find(|(veld, _)| veld == naam).map_or("", |(_, waarde)| waarde.as_str());
    let volgorde = Volgorde::van(field("volgorde"));
    let found = uitslag.scholen.op_volgorde(volgorde, &zoek);
    let behind = format!("{adres}&volgorde={}", volgorde.code());
    // What was searched for is shown at once, as far as it goes on one page.
    let many = if zoek.is_empty() { found.len() } else { found.len().min(PER_BLADZIJDE) };
    let bladeren = Bladeren::new(SCHOLEN, &behind, many, PER_BLADZIJDE, field("bladzijde"));
    let regels = found.get(bladeren.bereik()).unwrap_or_default().iter().map(|regel| (*regel).clone()).collect();
    let alle = uitslag.scholen.regels.len();
    let heeft_tekens = uitslag.scholen.heeft_tekens();
    let velden = vraag.velden;
    antwoord::pagina(&Scholenblad { kader, f, velden, adres, volgorde, zoek, alle, regels, bladeren, heeft_tekens })
}

/// The draft, as a file that the beheerder can adopt; the page again while a number is not right.
pub async fn bestand(State(staat): State<Staat>, Query(velden): Query<Velden>, bezoek: Bezoek) -> Uitslag {
    let (nummer, protocol, tekst) = nu(&staat, &bezoek).await?.ok_or(Weigering::NietGevonden)?;
    let vraag = Vraag::lees(&velden, &protocol, nummer)?;
    if vraag.heeft_fouten() {
        return antwoord::opnieuw(&maak(&staat, &velden, &bezoek).await?);
    }
    let nieuw = schrijf(&tekst, &vraag.concept).ok_or_else(|| {
        let waarom = "De tekst van dit protocol is zo opgemaakt dat de getallen er niet vanzelf in te zetten zijn.";
        Weigering::Onleesbaar(format!("{waarom} Vraag de beheerder om de getallen zelf aan te passen."))
    })?;
    antwoord::bestand("protocol.toml", "application/toml; charset=utf-8", nieuw.into_bytes())
}

//! A file comes in: looked at by its content, never by its name; nothing is written yet.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request, State};
use domain::ids::OrganisatieId;
use exchange::invoer::VerzuimIndeling;
use zeroize::Zeroizing;

use super::beeld::Beeld;
use super::wachtkamer::{Wachtend, Wat};
use super::{MAX_UPLOAD, blad};
use crate::fout::Fout;
use crate::gebruik::{self, Wijze, indeling, leerlingen, verzuim};
use crate::hex::hex;
use crate::klok;
use crate::logboek::Logboek;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::{self, Formulier};
use domain::fact::Rol;
use sha2::{Digest, Sha256};

/// Rows of absence that are shown as an example.
const VOORBEELDEN: usize = 10;
/// Fields of the form.
const MAX_DELEN: usize = 12;

/// What the form brought.
struct Gebracht {
    formulier: Formulier,
    bytes: Zeroizing<Vec<u8>>,
}

/// Takes the file, looks at it and shows what it would do.
pub async fn ontvang(State(staat): State<Staat>, bezoek: Bezoek, request: Request) -> Uitslag {
    formulier::eigen_herkomst(request.headers())?;
    let gebracht = lees(request, &staat, &bezoek).await?;
    let Gebracht { formulier: mut f, bytes } = gebracht;
    let (wat, eigen) = match keuze(&staat, &bezoek, &mut f).await? {
        Some(keuze) if !bytes.is_empty() => keuze,
        _ => {
            if bytes.is_empty() {
                f.zet_fout("bestand", "Kies een bestand dat niet leeg is.");
            }
            return blad::opnieuw(&staat, &bezoek, f).await;
        }
    };
    if !is_tekst(&bytes) {
        f.zet_fout("bestand", "Dit is geen tekstbestand. Sla het op als CSV of als EDEXML en kies het opnieuw.");
        return blad::opnieuw(&staat, &bezoek, f).await;
    }
    let alleen = eigen_school(&bezoek);
    let proef = Wijze { proef: true, alleen, ..Wijze::op(bezoek.nu) };
    let bytes = Arc::new(bytes);
    let (beeld, afgewezen) = match bekijk(&staat, wat.clone(), Arc::clone(&bytes), proef).await {
        Ok(bekeken) => bekeken,
        Err(fout) => (Beeld::geweigerd(fout.to_string()), String::new()),
    };
    let sleutel: [u8; 16] = klok::toevalsbytes()?;
    let wachtend = Wachtend {
        van: bezoek.actor(),
        sinds: bezoek.nu,
        wat,
        indeling: eigen,
        bytes,
        beeld,
        afgewezen: Zeroizing::new(afgewezen),
    };
    if !staat.wachtkamer.zet(sleutel, wachtend) {
        f.zet_fout("bestand", "Er wachten nu te veel bestanden. Probeer het over een kwartier opnieuw.");
        return blad::opnieuw(&staat, &bezoek, f).await;
    }
    antwoord::naar(&format!("/invoer/{}", hex(&sleutel)))
}

/// The school whose rows are taken: one's own; the keeper of the register brings files of all schools.
pub fn eigen_school(bezoek: &Bezoek) -> Option<OrganisatieId> {
    (bezoek.rol != Rol::Beheerder).then_some(bezoek.organisatie)
}

async fn lees(request: Request, staat: &Staat, bezoek: &Bezoek) -> Result<Gebracht, Weigering> {
    let gebroken = |_| Weigering::Onleesbaar("Het bestand kwam niet heel over, of is te groot.".to_owned());
    let mut delen = Multipart::from_request(request, staat).await.map_err(|_| Weigering::Verlopen)?;
    let (mut velden, mut bytes) = (Vec::new(), Zeroizing::new(Vec::new()));
    while let Some(mut deel) = delen.next_field().await.map_err(gebroken)? {
        let naam = deel.name().unwrap_or_default().to_owned();
        if velden.len() >= MAX_DELEN {
            return Err(Weigering::Onleesbaar("Het formulier heeft te veel velden.".to_owned()));
        }
        if naam != "bestand" {
            velden.push((naam, deel.text().await.map_err(gebroken)?));
            continue;
        }
        while let Some(brok) = deel.chunk().await.map_err(gebroken)? {
            if bytes.len() + brok.len() > MAX_UPLOAD {
                let grens = MAX_UPLOAD >> 20;
                return Err(Weigering::Onleesbaar(format!(
                    "Het bestand is groter dan {grens} MB. Lever het in delen, of vraag de beheerder."
                )));
            }
            bytes.extend_from_slice(&brok);
        }
    }
    Ok(Gebracht { formulier: formulier::uit_velden(velden, Some(&bezoek.aanmelding))?, bytes })
}

/// What the file is about and in which layout; with the text of the school's own layout, to keep. `None`: the form is not
/// filled in well, and says so.
async fn keuze(staat: &Staat, bezoek: &Bezoek, f: &mut Formulier) -> Result<Option<(Wat, Option<String>)>, Weigering> {
    let vestiging = |register: &register::Register| {
        register.rules().organisaties.get(&bezoek.organisatie).and_then(|organisatie| organisatie.vestiging)
    };
    match f.waarde("wat") {
        "leerlingen" => Ok(Some((Wat::Leerlingen, None))),
        "verzuim" => {
            let vestiging = staat.dienst.lees(vestiging).await?;
            let naam = f.waarde("indeling").to_owned();
            let (gelezen, eigen) = if naam == "eigen" {
                let tekst = f.waarde("eigen_indeling").to_owned();
                (indeling::lees(&tekst), Some(tekst))
            } else {
                let found = VerzuimIndeling::genoemd(&naam);
                (
                    found.map_or_else(
                        || Err(vec!["Kies een indeling.".to_owned()]),
                        |found| found.map_err(|_| Vec::new()),
                    ),
                    None,
                )
            };
            match gelezen {
                Ok(indeling) => Ok(Some((Wat::Verzuim(indeling::voor_school(indeling, vestiging)), eigen))),
                Err(fouten) => {
                    let veld = if naam == "eigen" { "eigen_indeling" } else { "indeling" };
                    f.zet_fout(veld, fouten.join(" "));
                    Ok(None)
                }
            }
        }
        _ => {
            f.zet_fout("wat", "Kies wat er in het bestand staat.");
            Ok(None)
        }
    }
}

/// Whether the bytes can be text: no zero bytes but those of UTF-16, and no archive or picture by its first bytes.
fn is_tekst(bytes: &[u8]) -> bool {
    const VREEMD: [&[u8]; 6] = [b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0"];
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    !VREEMD.iter().any(|begin| bytes.starts_with(begin)) && (utf16 || !bytes.contains(&0))
}

async fn bekijk(
    staat: &Staat,
    wat: Wat,
    bytes: Arc<Zeroizing<Vec<u8>>>,
    wijze: Wijze,
) -> Result<(Beeld, String), Fout> {
    staat.dienst.schrijf(async move |logboek: &mut Logboek| lees_in(logboek, &wat, &bytes, wijze).await).await
}

/// Reads the file in, or says what that would do.
///
/// # Errors
/// When the file as a whole cannot be read, or the log cannot be written.
pub async fn lees_in(logboek: &mut Logboek, wat: &Wat, bytes: &[u8], wijze: Wijze) -> Result<(Beeld, String), Fout> {
    let regio = gebruik::regio(logboek)?;
    match wat {
        Wat::Leerlingen => {
            let verslag = leerlingen::lees_in(logboek, &regio, bytes, wijze).await?;
            Ok((Beeld::van(&verslag), verslag.afgewezen))
        }
        Wat::Verzuim(indeling) => {
            let voorbeeld = match wijze.proef {
                true => Some(verzuim::bekijk(logboek, &regio, bytes, indeling, VOORBEELDEN, &wijze)?),
                false => None,
            };
            let digest = Sha256::digest(bytes).into();
            let verslag = verzuim::lees_in(logboek, &regio, bytes, indeling, digest, wijze).await;
            match (verslag, voorbeeld) {
                (Ok(verslag), Some(voorbeeld)) => {
                    Ok((Beeld::van(&verslag).met_voorbeeld(&voorbeeld), verslag.afgewezen))
                }
                (Ok(verslag), None) => Ok((Beeld::van(&verslag), verslag.afgewezen)),
                (Err(fout), Some(voorbeeld)) => {
                    Ok((Beeld::geweigerd(fout.to_string()).met_voorbeeld(&voorbeeld), String::new()))
                }
                (Err(fout), None) => Err(fout),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_known_by_its_bytes() {
        for (bytes, tekst) in [
            (&b"leerlingnummer;brin\r\n"[..], true),
            (b"<?xml version=\"1.0\"?>", true),
            (b"\xff\xfea\0b\0", true),
            (b"PK\x03\x04rest", false),
            (b"%PDF-1.7", false),
            (b"a\0b", false),
        ] {
            assert_eq!(is_tekst(bytes), tekst, "{bytes:?}");
        }
    }
}

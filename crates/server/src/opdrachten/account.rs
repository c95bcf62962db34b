//! `leerrecht account`: who may sign in. Addresses are printed to the operator, who has the installation key; nobody else
//! sees this.

use domain::Timestamp;
use domain::calendar::{dag_in_nederland, datum, uur_in_nederland};
use lexopt::{Arg, Parser, ValueExt as _};

use super::{plaats::Plaats, volgend_woord, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::accounts;
use crate::klok;
use crate::logboek::Logboek;
use crate::toegang::Toegang;
use crate::toegang::account::AccountId;
use crate::toegang::beheer::AccountRegel;
use crate::toegang::link::Link;
use crate::toegang::voorval::Door;
use crate::uitvoer::zeg;

const GEBRUIK: &str = "Na account hoort: uitnodigen E-MAIL, herstellen E-MAIL [--alles], blokkeren E-MAIL, vrijgeven E-MAIL, verwijderen \
     E-MAIL of lijst.";

/// `account uitnodigen|herstellen|blokkeren|vrijgeven|verwijderen E-MAIL`, `account lijst`.
pub(super) fn run(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let wat = volgend_woord(woorden)?.ok_or_else(|| Fout::gebruik(GEBRUIK))?;
    let (mut email, mut alles) = (None, false);
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Value(woord) if email.is_none() => email = Some(woord.string()?),
            Arg::Long("alles") if wat == "herstellen" => alles = true,
            _ => return Err(woord.unexpected().into()),
        }
    }
    let nu = klok::nu();
    wacht(async {
        match (wat.as_str(), email) {
            ("lijst", None) => lijst(plaats).await,
            ("uitnodigen", Some(email)) => nodig_uit(plaats, &email, nu).await,
            ("herstellen" | "blokkeren" | "vrijgeven" | "verwijderen", Some(email)) => {
                let (toegang, account) = met(plaats, &email).await?;
                wijzig(&toegang, account, &wat, alles, nu).await
            }
            _ => Err(Fout::gebruik(GEBRUIK)),
        }
    })?;
    Ok(Afloop::Goed)
}

async fn nodig_uit(plaats: &Plaats, email: &str, nu: Timestamp) -> Result<(), Fout> {
    let logboek = plaats.open().await?;
    let toegang = plaats.toegang(&logboek).await?;
    let link = accounts::nodig_uit(&logboek, &toegang, email, Door::Opdracht, nu).await?;
    zeg!("Uitgenodigd. Geef deze persoon het adres van uw Leerrecht met daarachter:");
    toon(&link);
    Ok(())
}

async fn wijzig(toegang: &Toegang, account: AccountId, wat: &str, alles: bool, nu: Timestamp) -> Result<(), Fout> {
    match wat {
        "herstellen" => {
            let link = toegang.herstel(account, alles, Door::Opdracht, nu).await?;
            zeg!("Het oude wachtwoord werkt niet meer, en deze persoon is overal afgemeld.");
            zeg!("Geef deze persoon, en niemand anders, het adres van uw Leerrecht met daarachter:");
            toon(&link);
        }
        "blokkeren" => {
            toegang.blokkeer(account, Door::Opdracht, nu).await?;
            zeg!("Geblokkeerd. Deze persoon is overal afgemeld en kan zich niet meer aanmelden.");
        }
        "vrijgeven" => {
            toegang.geef_vrij(account, Door::Opdracht, nu).await?;
            zeg!("Vrijgegeven. Deze persoon kan zich weer aanmelden zoals daarvoor.");
            zeg!("Is het wachtwoord er niet meer, maak dan een link met: leerrecht account herstellen E-MAIL");
        }
        _ => {
            toegang.verwijder(account, Door::Opdracht, nu).await?;
            zeg!("Verwijderd. Wat deze persoon in het register heeft vastgelegd, blijft staan.");
        }
    }
    Ok(())
}

/// A link, to be handed over. It is printed this once: only its digest is kept.
pub(super) fn toon(link: &Link) {
    zeg!("  {}", link.pad());
    zeg!("De link werkt één keer, tot {}.", moment(link.tot));
}

async fn met(plaats: &Plaats, email: &str) -> Result<(Toegang, AccountId), Fout> {
    let logboek: Logboek = plaats.open().await?;
    let toegang = plaats.toegang(&logboek).await?;
    let account = toegang.account_met(email).await?;
    let account = account.ok_or_else(|| {
        Fout::kan_niet("Bij dit e-mailadres hoort geen account. Bekijk de accounts met: leerrecht account lijst")
    })?;
    Ok((toegang, account))
}

async fn lijst(plaats: &Plaats) -> Result<(), Fout> {
    let logboek = plaats.open().await?;
    let regels = plaats.toegang(&logboek).await?.accounts().await?;
    if plaats.json {
        zeg!("{}", als_json(&regels));
        return Ok(());
    }
    if regels.is_empty() {
        zeg!("Er zijn nog geen accounts. Nodig iemand uit met: leerrecht account uitnodigen E-MAIL");
    }
    for regel in &regels {
        let aangemeld = regel.aangemeld.map_or_else(|| "nog nooit aangemeld".to_owned(), moment);
        let factor = if regel.tweede_factor { "met app" } else { "zonder app" };
        zeg!("{}  {}  {}  {factor}  {aangemeld}", regel.account, regel.email.zichtbaar(), regel.stand.label());
    }
    Ok(())
}

fn als_json(regels: &[AccountRegel]) -> serde_json::Value {
    let regel = |regel: &AccountRegel| {
        serde_json::json!({
            "account": regel.account.to_string(),
            "email": regel.email.zichtbaar(),
            "stand": regel.stand.label(),
            "tweede_factor": regel.tweede_factor,
            "gemaakt": regel.gemaakt.to_string(),
            "aangemeld": regel.aangemeld.map(|moment| moment.to_string()),
        })
    };
    serde_json::json!({ "accounts": regels.iter().map(regel).collect::<Vec<_>>() })
}

/// "3 maart 2026, 12.05 uur", as clocks in the Netherlands show.
fn moment(moment: Timestamp) -> String {
    let (uur, minuut) = uur_in_nederland(moment);
    format!("{}, {uur}.{minuut:02} uur", datum(dag_in_nederland(moment)))
}

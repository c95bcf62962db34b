//! `leerrecht demo`: a synthetic region with a year of life in it. `leerrecht overzicht`: how a region stands.

use std::net::SocketAddr;

use domain::Date;
use domain::calendar::datum;
use domain::ids::LeerlingId;
use lexopt::{Arg, Parser, ValueExt};
use proefregio::{LEERLINGEN, MAX_LEERLINGEN, MIN_LEERLINGEN, Plant, Proef, proefregio};

use super::serve::{self, Luister, met_draden};
use super::voortgang::Voortgang;
use super::{getal, plaats::Plaats, wacht};
use crate::dienst::Tijd;
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::accounts::{self, Proeflogin};
use crate::gebruik::overzicht::Overzicht;
use crate::gebruik::proef::{self, Geplant};
use crate::klok::{self, Stopwatch};
use crate::logboek::Logboek;
use crate::uitvoer::zeg;

/// Threads that count a region.
const DRADEN: usize = 2;

/// `demo [--pupils N] [--seed S] [--op DATUM] [--listen ADRES] [--alleen-maken]`: makes the region, then serves it.
pub(super) fn demo(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let keuzes = lees_keuzes(woorden)?;
    let proef = keuzes.proef;
    if plaats.data.exists() {
        return Err(Fout::kan_niet(format!(
            "In {} staat al iets. Kies met --data een map die nog niet bestaat, of verwijder deze map.",
            plaats.data.display()
        )));
    }
    let klok = Stopwatch::start();
    eprintln!("De proefregio wordt gemaakt: {} verzonnen leerlingen.", getal(proef.leerlingen as u64));
    let regio = proefregio(&proef);
    eprintln!("Gemaakt in {:.1} s. Nu wordt alles ingelezen zoals bij een echte regio.", klok.seconden());
    let mut voortgang = Voortgang::start("Ingelezen gebeurtenissen");
    let (mut logboek, planted) = wacht(async {
        let mut logboek = plaats.create(proefregio::REGIO_CODE).await?;
        let planted =
            proef::vul(&mut logboek, &regio, proef.vandaag, |done, total| voortgang.meld(done, total)).await?;
        Ok((logboek, planted))
    })?;
    voortgang.klaar();
    let (wachtwoord, logins) = maak_logins(plaats, &logboek, &planted)?;
    eprintln!("Klaar in {:.1} s.", klok.seconden());
    if !plaats.json {
        toon_regio(plaats, &mut logboek, &proef, &planted);
        zeg!("\nLogins, allemaal met het wachtwoord {wachtwoord} (de code laat u leeg)");
        for login in &logins {
            zeg!("  {:<44}{}", login.email.zichtbaar(), login.functie);
        }
    }
    if keuzes.alleen_maken {
        return Ok(Afloop::Goed);
    }
    let told = |adres: SocketAddr| match plaats.json {
        true => zeg!("{}", als_json(adres, &proef, &planted, &wachtwoord, &logins)),
        false => zeg!("\nOpen http://{adres} in uw browser. Stoppen: Ctrl+C."),
    };
    drop(logboek);
    met_draden(async {
        // Opened anew, for the threads that serve are others than those that made it.
        let logboek = plaats.open().await?;
        serve::bedien(plaats, logboek, tijd(proef.vandaag), keuzes.luister, told).await
    })?;
    Ok(Afloop::Goed)
}

/// On another day than today the region plays from nine in the morning of that day.
fn tijd(vandaag: Date) -> Tijd {
    if vandaag == klok::vandaag() { Tijd::default() } else { Tijd::vanaf_negen_uur(vandaag) }
}

fn toon_regio(plaats: &Plaats, logboek: &mut Logboek, proef: &Proef, planted: &[Geplant]) {
    let overzicht = Overzicht::op(&mut logboek.register_mut(), proef.vandaag, DRADEN);
    zeg!("Proefregio Noord-Kennemerland op {}. Alle scholen, namen en nummers zijn verzonnen.\n", datum(proef.vandaag));
    toon(&overzicht);
    zeg!("\nKinderen om te bekijken, met wat er in de proefregio van bekend is:");
    let mut seen: Vec<Plant> = Vec::new();
    for kind in planted {
        if !seen.contains(&kind.verhaal.soort) {
            seen.push(kind.verhaal.soort);
            zeg!("  {}  {}", kind.leerling, beschrijf(kind.verhaal.soort));
        }
    }
    zeg!("\nBijvoorbeeld:");
    if let Some(kind) = planted.first() {
        let (data, sleutel) = (plaats.data.display(), plaats.sleutel.display());
        let zelf = std::env::args().next().unwrap_or_else(|| "leerrecht".to_owned());
        zeg!(
            "  {zelf} --data {data} --sleutel {sleutel} stand {} --op {} --reden 'kennismaken met de proefregio'",
            kind.leerling,
            proef.vandaag
        );
    }
}

/// Makes the logins of the made-up region; all have this password.
fn maak_logins(plaats: &Plaats, logboek: &Logboek, planted: &[Geplant]) -> Result<(String, Vec<Proeflogin>), Fout> {
    let kinderen: Vec<LeerlingId> = planted.iter().map(|kind| kind.leerling).collect();
    wacht(async {
        let toegang = plaats.toegang(logboek).await?;
        let logins = accounts::proeflogins(logboek, &toegang, &kinderen, klok::nu()).await?;
        toegang.sluit().await;
        Ok(logins)
    })
}

/// Where it is served, who can log in, and which children have a known course: one line, for machines.
fn als_json(
    adres: SocketAddr,
    proef: &Proef,
    planted: &[Geplant],
    wachtwoord: &str,
    logins: &[Proeflogin],
) -> serde_json::Value {
    let login = |login: &Proeflogin| {
        serde_json::json!({
            "rol": login.rol.code(),
            "functie": login.functie,
            "email": login.email.zichtbaar(),
            "wachtwoord": wachtwoord,
        })
    };
    let kind = |kind: &Geplant| serde_json::json!({ "leerling": kind.leerling.to_string(), "verloop": format!("{:?}", kind.verhaal.soort) });
    serde_json::json!({
        "adres": format!("http://{adres}"),
        "vandaag": proef.vandaag.to_string(),
        "aanmeldingen": logins.iter().map(login).collect::<Vec<_>>(),
        "kinderen": planted.iter().map(kind).collect::<Vec<_>>(),
    })
}

/// `overzicht [--op DATUM]`.
pub(super) fn overzicht(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let mut on = klok::vandaag();
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("op") => on = dag(woorden)?,
            _ => return Err(woord.unexpected().into()),
        }
    }
    let mut logboek = wacht(plaats.open())?;
    let overzicht = Overzicht::op(&mut logboek.register_mut(), on, DRADEN);
    zeg!("Op {}.\n", datum(on));
    toon(&overzicht);
    Ok(Afloop::Goed)
}

/// What the words of the command ask.
struct Keuzes {
    proef: Proef,
    luister: Luister,
    alleen_maken: bool,
}

fn lees_keuzes(woorden: &mut Parser) -> Result<Keuzes, Fout> {
    let mut proef = Proef { leerlingen: LEERLINGEN, ..Proef::op(klok::vandaag()) };
    let (mut luister, mut alleen_maken) = (Luister::default(), false);
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("pupils") => {
                let mag = || {
                    Fout::gebruik(format!(
                        "Bij --pupils is een getal van {MIN_LEERLINGEN} tot en met {MAX_LEERLINGEN} toegestaan."
                    ))
                };
                let read = woorden.value()?.string()?.parse().ok();
                proef.leerlingen = read.filter(|n| (MIN_LEERLINGEN..=MAX_LEERLINGEN).contains(n)).ok_or_else(mag)?;
            }
            Arg::Long("seed") => {
                let mag = || Fout::gebruik("Bij --seed is een geheel getal vanaf 0 toegestaan.");
                proef.seed = woorden.value()?.string()?.parse().map_err(|_| mag())?;
            }
            Arg::Long("op") => proef.vandaag = dag(woorden)?,
            Arg::Long("listen") => luister.adres = serve::lees_adres(woorden)?,
            Arg::Long("alleen-maken") => alleen_maken = true,
            _ => return Err(woord.unexpected().into()),
        }
    }
    Ok(Keuzes { proef, luister, alleen_maken })
}

/// A day behind a flag.
pub(super) fn dag(woorden: &mut Parser) -> Result<Date, Fout> {
    let word = woorden.value()?.string()?;
    word.parse().map_err(|_| Fout::gebruik("Schrijf een datum als jjjj-mm-dd, bijvoorbeeld 2026-03-20."))
}

fn toon(overzicht: &Overzicht) {
    zeg!("{} leerlingen, {} scholen.", getal(overzicht.kinderen), getal(overzicht.scholen.0));
    if overzicht.scholen.1 > 0 {
        zeg!(
            "Let op: {} scholen leverden over de laatste weken niets aan. Wat daar speelt, is niet bekend.",
            getal(overzicht.scholen.1)
        );
    }
    zeg!("\nStatus");
    for (soort, aantal) in &overzicht.per_status {
        zeg!("  {:<52}{:>8}", soort.woord(), getal(*aantal));
    }
    zeg!("\nKlok van drie maanden");
    for (week, aantal) in &overzicht.per_week {
        let woorden = if *week == 0 { "nog geen 4 weken".to_owned() } else { format!("{week} weken of meer") };
        zeg!("  {:<52}{:>8}", woorden, getal(*aantal));
    }
    zeg!("  {:<52}{:>8}", "drie maanden voorbij", getal(overzicht.voorbij));
    zeg!("  {:<52}{:>8}", "open dossiers waarin niemand is aangewezen", getal(overzicht.niemand));
    zeg!("\n{:<54}{:>8}{:>10}", "Termijnen", "open", "te laat");
    for (regel, (open, late)) in &overzicht.termijnen {
        let naam = format!("regel {}: {}", regel.regel, regel.bron);
        zeg!("  {:<52}{:>8}{:>10}", naam.chars().take(50).collect::<String>(), getal(*open), getal(*late));
    }
    zeg!("\nSignalen dit schooljaar");
    for (regel, aantal) in &overzicht.signalen {
        zeg!("  {:<52}{:>8}", regel, getal(*aantal));
    }
}

/// What is the matter with a planted child, as the region's keeper would say it.
fn beschrijf(plant: Plant) -> &'static str {
    match plant {
        Plant::Sam => "gaat veertig dagen niet naar school",
        Plant::Schoolangst => "durfde steeds minder naar school en gaat nu niet meer",
        Plant::EindelozeZiekte => "is al lang ziek; de jeugdarts is gevraagd",
        Plant::VakantieZonderVerlof => "was op vakantie zonder verlof en is terug",
        Plant::WachtenOpPlek => "wacht op een plek die later begint",
        Plant::AanbodGeleverd => "heeft een passend aanbod dat op tijd begon",
        Plant::AanbodNietPassend => "kreeg een aanbod dat volgens de ouders niet past",
        Plant::AlleenZorg => "krijgt zorg, leert nog niet",
        Plant::Terugval => "viel uit een aanbod dat al liep",
        Plant::VrijstellingGeldig => "heeft een vrijstelling (artikel 5 onder a)",
        Plant::VrijstellingZonderVerklaring => "vraagt een vrijstelling; de verklaring voldoet niet",
        Plant::NooitIngeschreven => "staat op geen enkele school ingeschreven",
        Plant::KwijtBijOverstap => "is na een overstap nergens ingeschreven",
        Plant::HalveDagen => "gaat alleen halve dagen, zonder plan",
        Plant::HalveDagenMetPlan => "gaat halve dagen, met een afgesproken plan",
        Plant::NaarHuisGestuurd => "blijft thuis omdat de school dat vroeg",
        Plant::Griep => "had griep en is weer op school",
    }
}

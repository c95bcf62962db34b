//! `leerrecht bench paginas`: the pages of the working day with fifty people at work, each beside a page of the same size
//! that needs no work; forms beside bare commits; what starting takes, and memory.
//!
//! Who asks runs in the same process as who answers, and counts in both. Nobody writes while pages are asked: lists are
//! those of a quiet moment, which stay as they were until somebody in them changes. A dossier writes its line in the read
//! log each time.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use domain::Date;
use lexopt::{Arg, Parser, ValueExt};
use store::InstallationKey;
use tokio::net::TcpListener;

use super::bezoekers::{self, AANTAL, Bezoeker};
use super::klant::{Klant, Verzoek};
use super::{Map, dossiers, geheugen};
use crate::dienst::{Dienst, Tijd};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::klok::Stopwatch;
use crate::logboek::Logboek;
use crate::opdrachten::serve::met_draden;
use crate::toegang::Toegang;
use crate::uitvoer::zeg;
use crate::web::{self, Staat, paden};

/// Pupils of the region, unless another number is asked: those of a middling region.
const LEERLINGEN: usize = 43_000;
/// The day on which it plays: in a school year that is well under way.
const OP: Date = Date::constant(2026, 3, 20);
/// For so long each page is asked, in seconds, and so often; the page without work before and after it each time. Short
/// rounds, one after the other: what else the computer does meanwhile weighs on both alike.
const DUUR: f64 = 0.5;
const RONDEN: usize = 8;
/// Dossiers that one visitor goes through.
const DOSSIERS: usize = 20;
/// What is typed to find somebody, key after key.
const GETYPT: [&str; 6] = ["bo", "boe", "boer", "jan", "jans", "de v"];
/// After so many a visitor asks the same again: every dossier, and every key.
const VERZOEKEN: usize = DOSSIERS * GETYPT.len();
/// Forms that one visitor sends, half of them as people work and half of them one after the other.
const FORMULIEREN: usize = 40;
/// As people work: so many seconds from one form of a visitor to the next. A busy office notes one in some minutes.
const TUSSENPOOS: f64 = 0.25;
/// Bare commits of the probe.
const COMMITS: usize = 400;
/// The page without work.
const STIL: &str = "/stil";

/// `[--pupils N]`.
pub(super) fn run(woorden: &mut Parser) -> Uitkomst {
    let mut pupils = LEERLINGEN;
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("pupils") => {
                let mag = || Fout::gebruik("Bij --pupils is een getal vanaf 2000 toegestaan.");
                pupils = woorden.value()?.string()?.parse().ok().filter(|n| *n >= 2_000).ok_or_else(mag)?;
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    let map = Map::new()?;
    maak_regio(&map.0, pupils)?;
    met_draden(meet(&map.0))?;
    Ok(Afloop::Goed)
}

/// Makes the region in a process of its own, so that what that takes does not count as ours.
fn maak_regio(map: &Path, pupils: usize) -> Result<(), Fout> {
    let zelf = std::env::current_exe().map_err(|fout| Fout::bestand(map, "gevonden", &fout))?;
    let mut command = Command::new(zelf);
    command.arg("--data").arg(map.join("gegevens")).arg("--sleutel").arg(map.join("sleutel"));
    command.args(["demo", "--alleen-maken", "--pupils", &pupils.to_string(), "--op", &OP.to_string()]);
    let ended = command.stdout(Stdio::null()).status().map_err(|fout| Fout::bestand(map, "gemaakt", &fout))?;
    match ended.success() {
        true => Ok(()),
        false => Err(Fout::kan_niet("De proefregio om mee te meten is niet gemaakt.")),
    }
}

async fn meet(map: &Path) -> Result<(), Fout> {
    let klok = Stopwatch::start();
    let staat = open(map).await?;
    let leerlingen = staat.dienst.lees(|register| register.kinderen().count()).await?;
    zeg!("start tot de eerste pagina: {:.2} s, {leerlingen} leerlingen", klok.seconden());
    staat.dienst.lees_lijst(|_| ()).await?;
    zeg!("start tot alles is samengevat: {:.2} s", klok.seconden());
    let werkers = bezoekers::werkers(&staat).await?;
    dossiers::open(&staat, &werkers).await?;
    let dossiers = staat.dienst.lees_lijst(|register| {
        let vandaag = register.dag().unwrap_or(OP);
        let sums = register.kinderen().filter_map(|leerling| register.samenvatting_op(leerling, vandaag));
        sums.filter(|made| made.dossier.open_sinds().is_some()).count()
    });
    let dossiers = dossiers.await?;
    zeg!("geheugen na de start: {:.0} MB, {dossiers} open dossiers", geheugen("VmRSS:"));

    let stil: Stil = Arc::default();
    let host = bedien(&staat, &stil).await?;
    let mut mensen = bezoekers::bezoekers(&staat, host, &werkers).await?;
    meet_paginas(&mut mensen, &stil).await?;
    zeg!("geheugen met {AANTAL} mensen aan het werk: {:.0} MB", geheugen("VmRSS:"));
    meet_formulieren(mensen, map).await
}

async fn open(map: &Path) -> Result<Staat, Fout> {
    let gegevens = map.join("gegevens");
    let key = || InstallationKey::read(&map.join("sleutel"));
    let logboek = Logboek::open(&gegevens, key()?).await?;
    let toegang = Toegang::open(&gegevens, proefregio::REGIO_CODE, key()?).await?;
    Ok(Staat::new(Arc::new(Dienst::new(logboek, Tijd::vanaf_negen_uur(OP))), Arc::new(toegang), None, true))
}

/// What the page without work gives.
type Stil = Arc<RwLock<String>>;

/// Serves the pages, and the one without work beside them.
async fn bedien(staat: &Staat, stil: &Stil) -> Result<SocketAddr, Fout> {
    let bezet = |_| Fout::kan_niet("Op deze computer kan niet worden geluisterd.");
    let luisteraar = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.map_err(bezet)?;
    let host = luisteraar.local_addr().map_err(bezet)?;
    let stil = Arc::clone(stil);
    let give = async move || {
        let text = stil.read().unwrap_or_else(PoisonError::into_inner).clone();
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text)
    };
    let router = web::bladen_met(staat.clone(), Router::new().route(STIL, get(give)));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(luisteraar, service).await });
    Ok(host)
}

/// What a visitor asks the so manieth time.
type Vraagt = fn(&Bezoeker, usize, &str) -> Verzoek;

async fn meet_paginas(mensen: &mut Vec<Bezoeker>, stil: &Stil) -> Result<(), Fout> {
    let paginas: [(&str, Vraagt); 4] = [
        ("leerlingen, 100 regels", |_, _, _| Verzoek::blad(paden::LEERLINGEN)),
        ("ochtendlijst", |_, _, _| Verzoek::blad(paden::OCHTENDLIJST)),
        ("dossier", |wie, keer, _| {
            let most = wie.dossiers.len().clamp(1, DOSSIERS);
            Verzoek::blad(wie.dossiers.get(keer % most).map_or("", String::as_str))
        }),
        ("zoeken, een toets", |_, keer, bewijs| {
            let getypt = GETYPT.get(keer % GETYPT.len()).copied().unwrap_or_default();
            Verzoek::formulier("/leerlingen/zoeken", &[("zoek", getypt), ("bewijs", bewijs)]).van_script()
        }),
    ];
    zeg!("\n{:<26}{:>9}{:>9}{:>11}{:>11}{:>12}", "pagina", "kB", "kB gzip", "per s", "stil per s", "verhouding");
    for (naam, vraagt) in paginas {
        let text = middelste(mensen, vraagt).await?;
        let kb = text.len() as f64 / 1e3;
        *stil.write().unwrap_or_else(PoisonError::into_inner) = text;
        let none: Vraagt = |_, _, _| Verzoek::blad(STIL);
        let Some(eerste) = mensen.first_mut() else { continue };
        let gzip = eerste.klant.vraag(&Verzoek::blad(STIL)).await?.bytes.len() as f64 / 1e3;
        ronde(mensen, vraagt, DUUR).await?;
        let (mut own, mut without) = (0.0, ronde(mensen, none, DUUR).await?);
        for _ in 0..RONDEN {
            own += ronde(mensen, vraagt, DUUR).await?;
            without += ronde(mensen, none, DUUR).await?;
        }
        let (own, without) = (own / RONDEN as f64, without / (RONDEN + 1) as f64);
        zeg!("{naam:<26}{kb:>9.1}{gzip:>9.1}{own:>11.0}{without:>11.0}{:>12.2}", own / without);
    }
    Ok(())
}

/// Of all that they ask at first, the answer nearest to the average size: what somebody has in view makes pages short or
/// long, and so does what is typed.
async fn middelste(mensen: &mut [Bezoeker], vraagt: Vraagt) -> Result<String, Fout> {
    let mut texts = Vec::new();
    for wie in mensen {
        let form = wie.klant.vraag(&Verzoek::blad(paden::LEERLINGEN).leesbaar()).await?.tekst();
        let bewijs = veld(&form, "bewijs");
        for keer in 0..GETYPT.len() {
            let verzoek = vraagt(wie, keer, &bewijs).leesbaar();
            texts.push(wie.klant.vraag(&verzoek).await?.tekst());
        }
    }
    let average = texts.iter().map(String::len).sum::<usize>() / texts.len().max(1);
    Ok(texts.into_iter().min_by_key(|text| text.len().abs_diff(average)).unwrap_or_default())
}

/// All ask for so many seconds, each one thing after the other; how many were answered in a second.
async fn ronde(mensen: &mut Vec<Bezoeker>, vraagt: Vraagt, seconden: f64) -> Result<f64, Fout> {
    let klok = Stopwatch::start();
    let one = move |mut wie: Bezoeker| async move {
        let form = wie.klant.vraag(&Verzoek::blad(paden::LEERLINGEN).leesbaar()).await?.tekst();
        let bewijs = veld(&form, "bewijs");
        // What asking takes counts too: it is written down beforehand.
        let verzoeken: Vec<Verzoek> = (0..VERZOEKEN).map(|keer| vraagt(&wie, keer, &bewijs)).collect();
        let begin = klok.seconden();
        let mut keer = 0;
        for verzoek in verzoeken.iter().cycle() {
            if klok.seconden() - begin >= seconden {
                break;
            }
            let antwoord = wie.klant.vraag(verzoek).await?;
            if antwoord.status != 200 {
                return Err(Fout::kan_niet(format!("Een pagina gaf {}; er is niets gemeten.", antwoord.status)));
            }
            keer += 1;
        }
        Ok((wie, keer as f64 / (klok.seconden() - begin)))
    };
    let running: Vec<_> = mensen.drain(..).map(|wie| tokio::spawn(one(wie))).collect();
    let mut total = 0.0;
    for task in running {
        let (wie, per_second) = task.await.map_err(|_| gestopt())??;
        mensen.push(wie);
        total += per_second;
    }
    Ok(total)
}

fn gestopt() -> Fout {
    Fout::kan_niet("Het meten is gestopt. Probeer het opnieuw.")
}

/// A call that nobody answered, noted by everybody: as people work, one form now and then; and one form after the other.
/// Beside commits of one row each.
async fn meet_formulieren(mensen: Vec<Bezoeker>, map: &Path) -> Result<(), Fout> {
    let (mut now_and_then, mut at_once) = (Vec::new(), Vec::new());
    for mut wie in mensen {
        let mut forms = formulieren(&mut wie.klant, &wie.dossiers).await?;
        at_once.push(forms.split_off(forms.len() / 2));
        now_and_then.push((wie.klant, forms));
    }
    let mut probe = store::probe::Commits::create(map).await?;
    let mut bare = kale_commits(&mut probe).await?;
    let (klanten, mut gewoon) = verstuur(now_and_then, TUSSENPOOS).await?;
    let klok = Stopwatch::start();
    let (_, druk) = verstuur(klanten.into_iter().zip(at_once).collect(), 0.0).await?;
    let per_second = druk.len() as f64 / klok.seconden();
    bare.extend(kale_commits(&mut probe).await?);
    let bare_per_second = bare.len() as f64 / bare.iter().sum::<f64>();
    let (p99, bare_p99) = (percentiel(&mut gewoon, 99), percentiel(&mut bare, 99));
    zeg!("\nkale commits, een voor een: {bare_per_second:.0} per s, p99 {:.1} ms", bare_p99 * 1e3);
    let often = AANTAL as f64 / TUSSENPOOS;
    let median = percentiel(&mut gewoon, 50);
    let (median, p99_ms) = (median * 1e3, p99 * 1e3);
    zeg!("formulieren, {often:.0} per s: p50 {median:.1} ms, p99 {p99_ms:.1} ms, {:.2} maal zo lang", p99 / bare_p99);
    let ratio = per_second / bare_per_second;
    zeg!("formulieren, achter elkaar: {per_second:.0} per s, {ratio:.2} maal zo veel ({} verstuurd)", druk.len());
    Ok(())
}

/// All send their forms, each one after the other and so many seconds apart; how long each took. They do not begin at the
/// same moment, as people do not.
async fn verstuur(werk: Vec<(Klant, Vec<Verzoek>)>, tussenpoos: f64) -> Result<(Vec<Klant>, Vec<f64>), Fout> {
    let klok = Stopwatch::start();
    let send = move |begin: f64, mut klant: Klant, forms: Vec<Verzoek>| async move {
        let mut durations = Vec::with_capacity(forms.len());
        let mut moment = begin;
        for form in &forms {
            let wait = (moment - klok.seconden()).max(0.0);
            tokio::time::sleep(Duration::from_secs_f64(wait)).await;
            moment += tussenpoos;
            let since = klok.seconden();
            let status = klant.vraag(form).await?.status;
            if status != 303 {
                return Err(Fout::kan_niet(format!("Een formulier gaf {status}; er is niets gemeten.")));
            }
            durations.push(klok.seconden() - since);
        }
        Ok((klant, durations))
    };
    let spread = tussenpoos / werk.len().max(1) as f64;
    let begins = (0u32..).map(|n| f64::from(n) * spread);
    let tasks: Vec<_> =
        begins.zip(werk).map(|(begin, (klant, forms))| tokio::spawn(send(begin, klant, forms))).collect();
    let (mut klanten, mut durations) = (Vec::new(), Vec::new());
    for task in tasks {
        let (klant, own) = task.await.map_err(|_| gestopt())??;
        klanten.push(klant);
        durations.extend(own);
    }
    Ok((klanten, durations))
}

/// The forms that somebody is going to send, each opened beforehand, each about another child.
async fn formulieren(klant: &mut Klant, dossiers: &[String]) -> Result<Vec<Verzoek>, Fout> {
    let mut forms = Vec::new();
    for dossier in dossiers {
        if forms.len() == FORMULIEREN {
            break;
        }
        let adres = format!("{dossier}/contact");
        let blad = klant.vraag(&Verzoek::blad(&adres).leesbaar()).await?;
        match blad.status {
            200 => {}
            // Not of every child that one sees one may state this.
            403 => continue,
            other => return Err(Fout::kan_niet(format!("Een formulier opende met {other}; er is niets gemeten."))),
        }
        let blad = blad.tekst();
        let [bewijs, poging, gezien] = ["bewijs", "poging", "gezien"].map(|naam| veld(&blad, naam));
        let velden = [
            ("bewijs", bewijs.as_str()),
            ("poging", &poging),
            ("gezien", &gezien),
            ("bereikt", "nee"),
            ("met", "ouders"),
            ("wijze", "telefoon"),
            ("dag", &OP.to_string()),
        ];
        forms.push(Verzoek::formulier(&adres, &velden));
    }
    Ok(forms)
}

async fn kale_commits(probe: &mut store::probe::Commits) -> Result<Vec<f64>, Fout> {
    let mut durations = Vec::with_capacity(COMMITS);
    for _ in 0..COMMITS {
        let klok = Stopwatch::start();
        probe.one().await?;
        durations.push(klok.seconden());
    }
    Ok(durations)
}

fn percentiel(durations: &mut [f64], percent: usize) -> f64 {
    durations.sort_unstable_by(f64::total_cmp);
    durations.get((durations.len() * percent / 100).min(durations.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// The value of a hidden field of a page.
fn veld(html: &str, naam: &str) -> String {
    let rest = html.split_once(&format!("name=\"{naam}\" value=\"")).map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default().to_owned()
}

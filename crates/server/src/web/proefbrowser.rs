//! A browser for tests: the pages of the product on the made-up region, without a network. It keeps its cookie and fills
//! in the hidden fields of the form that it saw last, as a browser does.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use domain::Date;
use domain::body::{Medewerker, RolToekenning};
use domain::fact::Rol;
use domain::ids::LeerlingId;
use proefregio::{Plant, Proef};
use register::Register;
use store::InstallationKey;
use tower::ServiceExt;

use super::bezoek::KOEKJE;
use super::wegen::Weg;
use super::{Staat, bladen};
use crate::dienst::{Dienst, Tijd};
use crate::gebruik::proef;
use crate::klok::Toeval;
use crate::logboek::Logboek;
use crate::toegang::Toegang;
use crate::toegang::link::LinkAntwoord;
use crate::toegang::sessie::Keuze;
use crate::toegang::voorval::Door;

/// The day on which the region plays.
pub const VANDAAG: Date = Date::constant(2026, 3, 20);
/// Its pupils.
const LEERLINGEN: usize = 400;

/// A copy of the made-up region that is gone after the test.
pub struct Regio {
    map: PathBuf,
    /// The service of it.
    pub staat: Staat,
    /// The routes.
    pub wegen: Vec<Weg>,
    router: Router,
    /// The planted children, each with the name of its course.
    pub geplant: Vec<(LeerlingId, String)>,
}

impl Regio {
    /// A child of which the course is known.
    pub fn kind(&self, plant: Plant) -> LeerlingId {
        let naam = format!("{plant:?}");
        self.geplant.iter().find(|(_, soort)| *soort == naam).unwrap().0
    }
}

impl Drop for Regio {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.map);
    }
}

/// The region, at nine in the morning of [`VANDAAG`]. It is made once for a build of the tests and copied for each.
pub async fn regio() -> Regio {
    let model = model().await;
    let map = std::env::temp_dir().join(format!("leerrecht-web-{:016x}", Toeval::default().bits().unwrap()));
    kopieer(&model, &map);
    let key = || InstallationKey::read(&map.join("sleutel")).unwrap();
    let logboek = Logboek::open(&map.join("gegevens"), key()).await.unwrap();
    let toegang = Toegang::open(&map.join("gegevens"), proefregio::REGIO_CODE, key()).await.unwrap();
    let dienst = Arc::new(Dienst::new(logboek, Tijd::vanaf_negen_uur(VANDAAG)));
    let staat = Staat::new(dienst, Arc::new(toegang), None, true);
    let (router, wegen) = bladen(staat.clone());
    let geplant = fs::read_to_string(map.join("geplant")).unwrap();
    let geplant = geplant.lines().map(|line| {
        let (leerling, soort) = line.split_once(' ').unwrap();
        (leerling.parse().unwrap(), soort.to_owned())
    });
    Regio { staat, wegen, router, geplant: geplant.collect(), map }
}

/// The region as this build makes it, made by whichever test comes first.
async fn model() -> PathBuf {
    let build = fs::metadata(std::env::current_exe().unwrap()).unwrap();
    let age = build.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    // Beside the tests themselves: those of another copy of the sources have their own.
    let parent = std::env::current_exe().unwrap().with_file_name("leerrecht-web-model");
    fs::create_dir_all(&parent).unwrap();
    let lock = File::create(parent.join("slot")).unwrap();
    lock.lock().unwrap();
    let model = parent.join(format!("{age:x}-{:x}", build.len()));
    if !model.exists() {
        for old in fs::read_dir(&parent).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
            let _ = fs::remove_dir_all(old.path());
        }
        let work = parent.join("werk");
        let _ = fs::remove_dir_all(&work);
        fs::create_dir_all(&work).unwrap();
        maak(&work).await;
        fs::rename(&work, &model).unwrap();
    }
    model
}

async fn maak(map: &Path) {
    let key = InstallationKey::create(&map.join("sleutel")).unwrap();
    let made = proefregio::proefregio(&Proef { leerlingen: LEERLINGEN, ..Proef::op(VANDAAG) });
    let mut logboek = Logboek::create(&map.join("gegevens"), proefregio::REGIO_CODE, key).await.unwrap();
    let planted = proef::vul(&mut logboek, &made, VANDAAG, |_, _| {}).await.unwrap();
    let lines = planted.iter().map(|kind| format!("{} {:?}\n", kind.leerling, kind.verhaal.soort));
    fs::write(map.join("geplant"), lines.collect::<String>()).unwrap();
    logboek.sluit().await;
}

fn kopieer(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            kopieer(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Blad {
    /// Status ("200").
    pub status: u16,
    /// Where one is sent on to.
    pub naar: Option<String>,
    /// What was shown.
    pub html: String,
    /// All headers, as text.
    pub koppen: String,
}

impl Blad {
    /// The text of the page without its markup, blanks made single.
    pub fn tekst(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in self.html.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The value of a hidden field.
    pub fn veld(&self, naam: &str) -> Option<String> {
        let (_, rest) = self.html.split_once(&format!("name=\"{naam}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }
}

impl Blad {
    /// All fields of the form with that action (or of the form whose button goes there), as they were filled in when the
    /// page came: as a browser would send them.
    pub fn formulier(&self, adres: &str) -> Vec<(String, String)> {
        let forms = self.html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap());
        let to = format!("action=\"{}\"", adres.replace('&', "&#38;"));
        let form = forms.into_iter().find(|form| form.contains(&to)).unwrap_or_else(|| panic!("no form to {adres}"));
        let mut fields = Vec::new();
        let mut rest = form;
        while let Some((_, after)) = rest.split_once('<') {
            let (tag, after) = after.split_once('>').unwrap();
            rest = after;
            let Some(naam) = attribute(tag, "name") else { continue };
            let value = || attribute(tag, "value").unwrap_or_default();
            let chosen = tag.contains(" checked") || !(tag.contains("\"radio\"") || tag.contains("\"checkbox\""));
            match tag.split_whitespace().next().unwrap() {
                "input" if chosen => fields.push((naam, value())),
                "textarea" => fields.push((naam, unescape(after.split("</textarea>").next().unwrap()))),
                "select" => {
                    let options: Vec<&str> =
                        after.split("</select>").next().unwrap().split("<option").skip(1).collect();
                    let chosen = options.iter().find(|option| option.contains(" selected")).or(options.first());
                    fields.extend(chosen.map(|option| (naam, attribute(option, "value").unwrap_or_default())));
                }
                _ => {}
            }
        }
        fields
    }

    /// All values among which a field of that form lets one choose.
    pub fn keuzes(&self, adres: &str, naam: &str) -> Vec<String> {
        let forms = self.html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap());
        let to = format!("action=\"{}\"", adres.replace('&', "&#38;"));
        let form = forms.into_iter().find(|form| form.contains(&to)).unwrap_or_else(|| panic!("no form to {adres}"));
        let tags = form.split('<').skip(1).map(|rest| rest.split('>').next().unwrap());
        let (mut here, mut found) = (false, Vec::new());
        for tag in tags {
            match (tag.split_whitespace().next().unwrap_or_default(), attribute(tag, "name")) {
                ("select", named) => here = named.as_deref() == Some(naam),
                ("option", _) if here => found.extend(attribute(tag, "value")),
                ("input", Some(named)) if named == naam => found.extend(attribute(tag, "value")),
                _ => {}
            }
        }
        found.retain(|value| !value.is_empty());
        found
    }

    /// The value with which a field of that form was filled in.
    pub fn ingevuld(&self, adres: &str, naam: &str) -> String {
        let fields = self.formulier(adres);
        fields.into_iter().find(|(found, _)| found == naam).map(|(_, waarde)| waarde).unwrap_or_default()
    }
}

fn attribute(tag: &str, naam: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {naam}=\""))?;
    rest.split_once('"').map(|(value, _)| unescape(value))
}

fn unescape(text: &str) -> String {
    let pairs = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&lt;", "<"), ("&gt;", ">")];
    let text = pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// One window.
pub struct Proefbrowser<'a> {
    regio: &'a Regio,
    koekje: Option<String>,
    /// The page that was seen last.
    pub blad: Option<Blad>,
}

impl<'a> Proefbrowser<'a> {
    /// Somebody who is not logged in.
    pub fn niemand(regio: &'a Regio) -> Self {
        Proefbrowser { regio, koekje: None, blad: None }
    }

    /// Somebody who works in that role: of those whom the region has, the one for whom `wie` says so first.
    pub async fn als(regio: &'a Regio, rol: Rol, wie: impl Fn(&Register, Keuze) -> bool) -> Self {
        let (email, keuze) = regio
            .staat
            .dienst
            .lees(|register| {
                let all = register.medewerkers().flat_map(|medewerker| {
                    let roles = register.alleen_over(medewerker);
                    let held: Vec<Keuze> = roles
                        .on::<RolToekenning>(VANDAAG)
                        .map(|(_, held)| Keuze { medewerker, organisatie: held.organisatie, rol: held.rol })
                        .collect();
                    held
                });
                let keuze = all.filter(|keuze| keuze.rol == rol).find(|keuze| wie(register, *keuze)).unwrap();
                let email = register.laatste::<Medewerker>(keuze.medewerker).unwrap().email.zichtbaar().to_owned();
                (email, keuze)
            })
            .await
            .unwrap();
        let (toegang, nu) = (&regio.staat.toegang, regio.staat.dienst.tijd().nu());
        let link = toegang.nodig_uit(&email, true, Door::Zelf, nu).await.unwrap();
        let geheim = link.pad().rsplit('/').next().unwrap().to_owned();
        let antwoord = LinkAntwoord { wachtwoord: "vier woorden op een rij", code: "", namen: &[] };
        let (aangemeld, _) = toegang.gebruik_link(&geheim, antwoord, nu).await.unwrap();
        let functies = regio.staat.dienst.lees(|register| toegang.functies(register, aangemeld.account, VANDAAG));
        let functies = functies.await.unwrap().unwrap();
        let functie = functies.iter().find(|functie| functie.keuze() == keuze).unwrap();
        let gekozen = toegang.kies(&aangemeld.sessie.tekst(), Some(*functie), nu).await.unwrap();
        Proefbrowser { regio, koekje: Some(gekozen.tekst()), blad: None }
    }

    /// Asks for a page.
    pub async fn get(&mut self, pad: &str) -> Blad {
        self.vraag(Request::get(pad), Body::empty()).await
    }

    /// Sends a form with the hidden fields of the page that was seen last.
    pub async fn post(&mut self, pad: &str, velden: &[(&str, &str)]) -> Blad {
        let seen = self.blad.clone();
        let hidden = ["bewijs", "poging", "gezien"].map(|naam| (naam, seen.as_ref().and_then(|blad| blad.veld(naam))));
        let mut all: Vec<(String, String)> =
            hidden.into_iter().filter_map(|(naam, value)| Some((naam.to_owned(), value?))).collect();
        all.extend(velden.iter().map(|(naam, value)| ((*naam).to_owned(), (*value).to_owned())));
        self.post_kaal(pad, &all).await
    }

    /// Sends the form of the page that was seen last, as it was filled in, with these fields changed; a field of which the
    /// name begins with "-" is left out.
    pub async fn verstuur(&mut self, pad: &str, velden: &[(&str, &str)]) -> Blad {
        let mut all = self.blad.as_ref().unwrap().formulier(pad);
        let changed = |naam: &str| velden.iter().any(|(veld, _)| veld.trim_start_matches('-') == naam);
        all.retain(|(naam, _)| !changed(naam));
        let new = velden.iter().filter(|(naam, _)| !naam.starts_with('-'));
        all.extend(new.map(|(naam, value)| ((*naam).to_owned(), (*value).to_owned())));
        self.post_kaal(pad, &all).await
    }

    /// Sends a form in parts, as one with a file is sent, with the hidden fields of the page that was seen last.
    pub async fn post_delen(&mut self, pad: &str, velden: &[(&str, &str)]) -> Blad {
        const GRENS: &str = "grens-van-de-proef";
        let seen = self.blad.clone();
        let hidden = ["bewijs", "poging", "gezien"]
            .into_iter()
            .filter_map(|naam| Some((naam, seen.as_ref()?.veld(naam)?)))
            .collect::<Vec<_>>();
        let all = hidden.iter().map(|(naam, value)| (*naam, value.as_str())).chain(velden.iter().copied());
        let part = |(naam, value): (&str, &str)| {
            format!("--{GRENS}\r\nContent-Disposition: form-data; name=\"{naam}\"\r\n\r\n{value}\r\n")
        };
        let body: String = all.map(part).chain([format!("--{GRENS}--\r\n")]).collect();
        let request = Request::post(pad)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={GRENS}"));
        self.vraag(request, Body::from(body)).await
    }

    /// Sends a form as a script of its page does while one types, with the token of the page that was seen last.
    pub async fn typ(&mut self, pad: &str, velden: &[(&str, &str)]) -> Blad {
        let seen = self.blad.clone();
        let bewijs = seen.as_ref().and_then(|blad| blad.veld("bewijs"));
        let own = bewijs.iter().map(|bewijs| ("bewijs", bewijs.as_str())).chain(velden.iter().copied());
        let own: Vec<_> = own.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).collect();
        let made = self.stuur(Request::post(pad).header("sec-fetch-dest", "empty"), &own).await;
        // The page stays; a part of it is renewed.
        self.blad = seen;
        made
    }

    /// Sends just these fields.
    pub async fn post_kaal(&mut self, pad: &str, velden: &[(String, String)]) -> Blad {
        self.stuur(Request::post(pad), velden).await
    }

    async fn stuur(&mut self, request: axum::http::request::Builder, velden: &[(String, String)]) -> Blad {
        let encode =
            |text: &str| -> String {
                text.bytes()
                    .map(|byte| {
                        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
                    })
                    .collect()
            };
        let body: Vec<String> =
            velden.iter().map(|(naam, value)| format!("{}={}", encode(naam), encode(value))).collect();
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.vraag(request, Body::from(body.join("&"))).await
    }

    async fn vraag(&mut self, request: axum::http::request::Builder, body: Body) -> Blad {
        let mut request = request.header(header::HOST, "leerrecht.test");
        if let Some(koekje) = &self.koekje {
            request = request.header(header::COOKIE, format!("{KOEKJE}={koekje}"));
        }
        let response = self.regio.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let text = |name: header::HeaderName| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let naar = text(header::LOCATION);
        if let Some(set) = text(header::SET_COOKIE)
            && let Some(rest) = set.strip_prefix(&format!("{KOEKJE}="))
        {
            let value = rest.split(';').next().unwrap_or_default();
            self.koekje = (!value.is_empty()).then(|| value.to_owned());
        }
        let koppen = format!("{:?}", response.headers());
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
        let blad = Blad { status, naar, html: String::from_utf8_lossy(&bytes).into_owned(), koppen };
        self.blad = Some(blad.clone());
        blad
    }
}

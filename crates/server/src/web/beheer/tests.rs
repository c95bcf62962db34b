//! The beheerder at work: lets people in and out, sees who is behind, and sees no child.

use domain::fact::Rol;
use proefregio::Plant;

use crate::logboek::proef::speel;
use crate::web::proefbrowser::{Proefbrowser, regio};

/// The first address on a page that begins so.
fn adres(html: &str, begin: &str) -> String {
    let (_, rest) = html.split_once(&format!("href=\"{begin}")).unwrap();
    format!("{begin}{}", rest.split('"').next().unwrap())
}

#[test]
fn somebody_is_invited_blocked_and_let_in_again_and_all_of_it_is_told() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let lijst = beheer.get("/beheer/accounts?stand=geen").await;
        assert!(lijst.tekst().contains("niet uitgenodigd"));
        let wie = adres(&lijst.html, "/beheer/accounts/M-");
        assert!(beheer.get(&wie).await.tekst().contains("Uitnodigen"));
        let link = beheer.post(&wie, &[("doe", "uitnodigen")]).await;
        assert_eq!(link.status, 200);
        let (_, geheim) = link.html.split_once("/welkom/").unwrap();
        let geheim = geheim.split('<').next().unwrap();
        assert!(geheim.len() > 20, "the link itself is shown");

        let blad = beheer.get(&wie).await;
        assert!(!blad.html.contains(geheim), "the link is shown once");
        assert!(blad.tekst().contains("wacht op link") && blad.tekst().contains("uitgenodigd"), "{}", blad.tekst());
        assert_eq!(beheer.post(&wie, &[("doe", "blokkeren")]).await.status, 303);
        let blad = beheer.get(&wie).await;
        assert!(blad.tekst().contains("geblokkeerd") && blad.tekst().contains("Vrijgeven"), "{}", blad.tekst());
        let mut genodigde = Proefbrowser::niemand(&regio);
        assert_ne!(genodigde.get(&format!("/welkom/{geheim}")).await.status, 200, "blocking ends the link");
        assert_eq!(beheer.post(&wie, &[("doe", "vrijgeven")]).await.status, 303);
        let voorvallen = beheer.get("/beheer/voorvallen").await.tekst();
        for wat in ["uitgenodigd", "geblokkeerd", "vrijgegeven", "eenmalige link gebruikt"] {
            assert!(voorvallen.contains(wat), "{wat}: {voorvallen}");
        }
    });
}

#[test]
fn blocking_ends_the_session_at_once() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let mut consulent = Proefbrowser::als(&regio, Rol::Consulent, |_, _| true).await;
        assert_eq!(consulent.get("/account").await.status, 200);
        let lijst = beheer.get("/beheer/accounts?stand=open").await;
        let wie = adressen(&lijst.html).into_iter();
        for adres in wie {
            let blad = beheer.get(&adres).await;
            if blad.tekst().contains("consulent") && blad.html.contains("blokkeren") {
                assert_eq!(beheer.post(&adres, &[("doe", "blokkeren")]).await.status, 303);
            }
        }
        assert_eq!(consulent.get("/account").await.status, 303, "logged out");
    });
}

/// Pages of people on a list.
fn adressen(html: &str) -> Vec<String> {
    let parts = html.split("href=\"/beheer/accounts/M-").skip(1);
    parts.map(|part| format!("/beheer/accounts/M-{}", part.split('"').next().unwrap())).collect()
}

#[test]
fn a_beheerder_does_not_shut_themselves_out() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let lijst = beheer.get("/beheer/accounts?stand=open").await;
        for adres in adressen(&lijst.html) {
            if beheer.get(&adres).await.tekst().contains("uw eigen account") {
                let blad = beheer.post(&adres, &[("doe", "blokkeren")]).await;
                assert_eq!(blad.status, 422);
                assert!(blad.tekst().contains("Vraag een andere beheerder"));
                assert_eq!(beheer.get("/beheer").await.status, 200);
                return;
            }
        }
        panic!("the beheerder stands in the list");
    });
}

#[test]
fn no_page_of_the_beheerder_names_a_child() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let names = |register: &register::Register| {
            let all = register.kinderen().filter_map(|kind| register.laatste::<domain::body::Persoonsgegevens>(kind));
            let both = |persoon: &domain::body::Persoonsgegevens| {
                (persoon.roepnaam.zichtbaar().to_owned(), persoon.achternaam.zichtbaar().to_owned())
            };
            all.map(both).collect::<Vec<_>>()
        };
        let names = regio.staat.dienst.lees(names).await.unwrap();
        let kind = regio.kind(Plant::Sam).to_string();
        let mut adressen: Vec<String> = [
            "",
            "/accounts",
            "/rechten",
            "/voorvallen",
            "/organisaties",
            "/leveringen",
            "/documenten",
            "/autorisatie",
            "/documenten/protocol/nieuw",
        ]
        .iter()
        .map(|blad| format!("/beheer{blad}"))
        .collect();
        let scholen = beheer.get("/beheer/organisaties?soort=school").await;
        adressen.push(adres(&scholen.html, "/beheer/organisaties/O-"));
        for adres in adressen {
            let blad = beheer.get(&adres).await;
            assert_eq!(blad.status, 200, "{adres}");
            let text = blad.tekst();
            assert!(!text.contains(&kind), "{adres}");
            for (roepnaam, achternaam) in &names {
                let full = format!("{roepnaam} {achternaam}");
                assert!(!text.contains(&full), "{adres} names a child");
            }
        }
    });
}

#[test]
fn who_is_longest_without_a_delivery_stands_on_top() {
    speel(async {
        let regio = regio().await;
        let vandaag = crate::web::proefbrowser::VANDAAG;
        let standen = regio.staat.dienst.lees(|register| super::leveringen::achterstanden(register, vandaag));
        let standen = standen.await.unwrap();
        assert!(!standen.is_empty());
        let order: Vec<_> =
            standen.iter().map(|stand| (stand.tot_en_met.is_some(), std::cmp::Reverse(stand.zonder))).collect();
        assert!(order.is_sorted(), "{order:?}");
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let blad = beheer.get("/beheer/leveringen").await.tekst();
        let achter = standen.iter().filter(|stand| stand.is_laat()).count();
        if achter > 0 {
            assert!(blad.contains(&format!("{achter} van {} scholen", standen.len())), "{blad}");
        }
    });
}

#[test]
fn pages_of_a_list_hold_all_rows_once() {
    for (aantal, gevraagd, rijen, blad, bladen) in
        [(0, 1, 0..0, 1, 1), (100, 9, 0..100, 1, 1), (101, 2, 100..101, 2, 2), (250, 0, 0..100, 1, 3)]
    {
        assert_eq!(super::bladeren(aantal, gevraagd), (rijen, blad, bladen), "{aantal} {gevraagd}");
    }
}

/// Sends the form of a new version.
async fn stuur(beheer: &mut Proefbrowser<'_>, pad: &str, velden: &[(&str, &str)]) -> crate::web::proefbrowser::Blad {
    beheer.get(pad).await;
    beheer.post_delen(pad, velden).await
}

#[test]
fn a_version_is_checked_compared_and_adopted_and_then_can_be_read() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        for code in ["protocol", "convenant"] {
            let (pad, lijst) = (format!("/beheer/documenten/{code}/nieuw"), "/beheer/documenten");
            let standaard = if code == "protocol" { signals::protocol::STANDAARD } else { convenant::STANDAARD };
            let tekst = format!("{standaard}# Besproken op 3 maart.\n");
            let fout = stuur(&mut beheer, &pad, &[("tekst", "titel = 3\n"), ("doe", "controleren")]).await;
            assert_eq!(fout.status, 422, "{code}");
            assert!(fout.tekst().contains("niet te gebruiken"), "{}", fout.tekst());

            let goed = beheer.post_delen(&pad, &[("tekst", &tekst), ("doe", "controleren")]).await;
            assert_eq!(goed.status, 200, "{}", goed.tekst());
            let text = goed.tekst();
            assert!(text.contains("0 regels weg, 1 nieuw") && text.contains("Besproken op 3 maart"), "{text}");
            assert_eq!(text.contains("Verwachte drukte"), code == "protocol", "{text}");

            let adopt =
                |vanaf| [("tekst", tekst.as_str()), ("doe", "aannemen"), ("versie", "2026-9"), ("vanaf", vanaf)];
            let vroeg = beheer.post_delen(&pad, &adopt("2026-03-19")).await;
            assert_eq!(vroeg.status, 422);
            assert!(vroeg.tekst().contains("kan niet eerder gelden"), "{}", vroeg.tekst());
            let klaar = beheer.post_delen(&pad, &adopt("2026-08-01")).await;
            assert_eq!(klaar.naar.as_deref(), Some("/beheer/documenten?gelukt=bewaard"), "{}", klaar.tekst());
            let nogmaals = stuur(&mut beheer, &pad, &adopt("2026-08-01")).await;
            assert!(nogmaals.tekst().contains("Versie 2026-9 bestaat al"), "{}", nogmaals.tekst());

            assert!(beheer.get(lijst).await.tekst().contains("2026-9"));
            let gelezen = beheer.get(&format!("/beheer/documenten/{code}/2")).await.tekst();
            assert!(gelezen.contains("Besproken op 3 maart"), "{gelezen}");
            let anders = beheer.get(&format!("/beheer/documenten/{code}/vergelijk?van=1&naar=2")).await.tekst();
            assert!(anders.contains("0 regels weg, 1 nieuw"), "{anders}");
        }
        assert!(beheer.get("/beheer/voorvallen").await.tekst().contains("document van de regio aangenomen"));
    });
}

#[test]
fn a_region_without_a_beheerder_or_under_another_code_is_refused() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let (pad, soort) = ("/beheer/documenten/regio/nieuw", domain::body::DocumentSoort::Regio);
        let huidig = regio.staat.dienst.lees(|register| register.document(soort).unwrap().tekst.clone()).await.unwrap();
        let huidig = huidig.zichtbaar();
        let zonder = huidig.replace("\"beheerder\"", "\"beleid\"");
        for (tekst, waarom) in [(huidig, "bestaat al"), (zonder.as_str(), "Niemand is meer beheerder")] {
            let blad = stuur(&mut beheer, pad, &[("tekst", tekst), ("doe", "aannemen")]).await;
            assert_eq!(blad.status, 422, "{waarom}");
            assert!(blad.tekst().contains(waarom), "{waarom}: {}", blad.tekst().get(..600).unwrap_or_default());
        }
    });
}

#[test]
fn the_matrix_can_be_read_on_screen() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let blad = beheer.get("/beheer/autorisatie").await;
        assert!(blad.html.contains("aria-label=\"Tabel 1\"") && blad.tekst().contains("leest geen dossier"));
        assert!(!blad.html.contains("crates/"), "nothing for whoever maintains the product");
    });
}

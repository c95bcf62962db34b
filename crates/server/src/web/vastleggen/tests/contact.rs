//! A call, a talk: quickly put down, by whom it may.

use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::body::{Contact, VolgendeStap};

#[test]
fn a_call_is_noted_with_the_next_step() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = adres(sam, "contact");
        let blad = visser.get(&adres).await;
        assert_eq!(blad.status, 200, "{}", blad.tekst());
        let velden = [
            ("bereikt", "ja"),
            ("notitie", "Moeder belt morgen terug."),
            ("stap", "Terugbellen met moeder"),
            ("uiterlijk", "2026-03-24"),
        ];
        gelukt(&visser.verstuur(&adres, &velden).await, "vastgelegd");
        let (_, contact) = staat::<Contact>(&regio, sam).await.pop().unwrap();
        assert!(contact.bereikt && contact.notitie.zichtbaar() == "Moeder belt morgen terug.");
        let (_, stap) = staat::<VolgendeStap>(&regio, sam).await.pop().unwrap();
        assert_eq!(stap.stap.zichtbaar(), "Terugbellen met moeder");
    });
}

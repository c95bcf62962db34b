//! Why somebody was found, where the list does not show it by itself: a pupil number, a birth date, a name that the list
//! does not use.

use convenant::Facet;
use domain::Date;
use domain::body::Persoonsgegevens;
use domain::calendar::datum;
use domain::timeline::Timeline;
use register::{Leesnaam, Register, Stuk, Zoekvraag, vouw};

use super::regel::Regel;
use crate::web::blik::Beeld;

/// The names of a child that the list does not show as they are.
#[derive(Debug, Clone, Default)]
pub(super) struct AndereNamen {
    /// As it is called: "Sam de Boer".
    getoond: Option<Leesnaam>,
    /// Those of today, each with what it is to the name that is shown.
    nu: Vec<(&'static str, Leesnaam)>,
    /// Those it ever had.
    ooit: Vec<Leesnaam>,
}

impl AndereNamen {
    fn van(t: &Timeline, shown: &str, vandaag: Date) -> Self {
        let names = |persoon: &Persoonsgegevens| {
            let surname = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
            [
                persoon.voornamen.zichtbaar().to_owned(),
                persoon.roepnaam.zichtbaar().to_owned(),
                surname.trim().to_owned(),
            ]
        };
        // A word that the list shows is told by the list; typed as one word, "vandijk" is "van Dijk".
        let told = |naam: &str| naam.split(' ').count() == 1 && shown.contains(naam);
        let other = |naam: &String| !naam.is_empty() && !told(naam);
        let label = |naam: &str| if shown.contains(naam) { "naam " } else { "ook bekend als " };
        let now = t.on::<Persoonsgegevens>(vandaag).flat_map(|(_, persoon)| names(persoon));
        let ever = t.all::<Persoonsgegevens>().flat_map(|(_, persoon)| names(persoon));
        AndereNamen {
            getoond: Some(Leesnaam::van(shown)),
            nu: now.filter(other).map(|naam| (label(&naam), Leesnaam::van(&naam))).collect(),
            ooit: ever.filter(other).map(|naam| Leesnaam::van(&naam)).collect(),
        }
    }
}

/// A name that stands elsewhere than in the list, where that one does not say why. A name that a child no longer has is
/// not told: only that it was found by one.
pub(super) fn andere_naam<'a>(
    register: &Register,
    beeld: &Beeld,
    regel: &'a Regel,
    vraag: &Zoekvraag,
    vandaag: Date,
) -> Option<Vec<Stuk<'a>>> {
    let namen = regel.andere.get_or_init(|| {
        let t = register.timeline_zonder_signalen(beeld.leerling);
        t.map(|t| AndereNamen::van(&t, &beeld.vandaag.kaart.naam(), vandaag)).unwrap_or_default().into()
    });
    if namen.getoond.as_ref().is_some_and(|shown| vraag.verklaard(shown)) {
        return None;
    }
    match namen.nu.iter().find(|(_, naam)| vraag.raakt(naam)) {
        Some((label, naam)) => {
            let mut stukken: Vec<Stuk<'_>> = vec![((*label).into(), false)];
            vraag.merk(naam, |stuk, raak| stukken.push((stuk.into(), raak)));
            Some(stukken)
        }
        None if namen.ooit.iter().any(|naam| vraag.raakt(naam)) => {
            Some(vec![("gevonden op een eerdere naam".into(), false)])
        }
        None => None,
    }
}

/// Adds the number and the birth date by which the child was found, as far as the reader may see these.
pub(super) fn geen_naam(beeld: &Beeld, vraag: &Zoekvraag, lines: &mut Vec<Vec<Stuk<'_>>>) {
    let found = beeld.vandaag.gevonden_op(vraag);
    if let Some((folded, typed)) = found.nummer.filter(|_| beeld.mag(Facet::SchoolInschrijving)) {
        lines.push(nummer(beeld, &folded, typed));
    }
    if let Some(born) = found.geboren.filter(|_| beeld.mag(Facet::PersoonGeboortedatum)) {
        lines.push(vec![("geboren ".into(), false), (datum(born).into(), true)]);
    }
}

/// The number as the school writes it, with the beginning that was typed.
fn nummer<'a>(beeld: &Beeld, folded: &str, typed: usize) -> Vec<Stuk<'a>> {
    let own = beeld.vandaag.kaart.inschrijving.as_ref().map(|i| i.leerlingnummer.zichtbaar());
    let tekst = own.filter(|own| vouw(own) == folded).unwrap_or(folded);
    let (mut until, mut seen) = (tekst.len(), 0);
    for (at, letter) in tekst.char_indices() {
        if seen >= typed {
            until = at;
            break;
        }
        seen += vouw(letter.encode_utf8(&mut [0; 4])).chars().count();
    }
    let (begin, rest) = tekst.split_at_checked(until).unwrap_or((tekst, ""));
    let pieces = [("leerlingnummer ", false), (begin, true), (rest, false)];
    let shown = pieces.into_iter().filter(|(piece, _)| !piece.is_empty());
    shown.map(|(piece, raak)| (piece.to_owned().into(), raak)).collect()
}

//! Why somebody was found, where the list does not show it by itself: a pupil number, a birth date, a name that the list
//! does not use.

use convenant::Facet;
use domain::Date;
use domain::body::Persoonsgegevens;
use domain::calendar::datum;
use register::{Register, Stuk, Zoekvraag, vouw};

use crate::web::blik::Beeld;

/// Lines of pieces, each with what was asked for. Only what the reader may see of the child, and was found by.
pub(super) fn waarom(register: &Register, beeld: &Beeld, vraag: &Zoekvraag, vandaag: Date) -> Vec<Vec<Stuk>> {
    let mut lines = Vec::new();
    lines.extend(andere_naam(register, beeld, vraag, vandaag));
    let found = beeld.vandaag.gevonden_op(vraag);
    if let Some((folded, typed)) = found.nummer.filter(|_| beeld.mag(Facet::SchoolInschrijving)) {
        lines.push(nummer(beeld, &folded, typed));
    }
    if let Some(born) = found.geboren.filter(|_| beeld.mag(Facet::PersoonGeboortedatum)) {
        lines.push(vec![("geboren ".to_owned(), false), (datum(born), true)]);
    }
    lines
}

/// A name that stands elsewhere than in the list, when that one does not say why. A name that a child no longer has is
/// not told: only that it was found by one.
fn andere_naam(register: &Register, beeld: &Beeld, vraag: &Zoekvraag, vandaag: Date) -> Option<Vec<Stuk>> {
    let shown = beeld.vandaag.kaart.naam();
    if vraag.verklaard([shown.as_str()]) {
        return None;
    }
    let t = register.timeline_zonder_signalen(beeld.leerling)?;
    let names = |persoon: &Persoonsgegevens| {
        let surname = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
        [persoon.voornamen.zichtbaar().to_owned(), persoon.roepnaam.zichtbaar().to_owned(), surname.trim().to_owned()]
    };
    // A word that the list shows is told by the list; typed as one word, "vandijk" is "van Dijk".
    let told = |naam: &str| naam.split(' ').count() == 1 && shown.contains(naam);
    let other = |naam: &String| !told(naam) && vraag.merk(naam).iter().any(|(_, raak)| *raak);
    let now = t.on::<Persoonsgegevens>(vandaag).flat_map(|(_, persoon)| names(persoon));
    let Some(naam) = now.filter(|naam| !naam.is_empty()).find(other) else {
        let mut before = t.all::<Persoonsgegevens>().flat_map(|(_, persoon)| names(persoon));
        return before.any(|naam| other(&naam)).then(|| vec![("gevonden op een eerdere naam".to_owned(), false)]);
    };
    let label = if shown.contains(&naam) { "naam " } else { "ook bekend als " };
    Some(std::iter::once((label.to_owned(), false)).chain(vraag.merk(&naam)).collect())
}

/// The number as the school writes it, with the beginning that was typed.
fn nummer(beeld: &Beeld, folded: &str, typed: usize) -> Vec<Stuk> {
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
    pieces.into_iter().filter(|(piece, _)| !piece.is_empty()).map(|(piece, raak)| (piece.to_owned(), raak)).collect()
}

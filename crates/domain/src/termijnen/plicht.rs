//! Rules 1-4: the days on which the duties begin and end. Dates to know; nobody owes anything.

use jiff::civil::Date;

use crate::body::Schoolloopbaan;
use crate::finding::Gap;
use crate::period::birthday;
use crate::plicht;
use crate::rules::{EIGEN_PLICHT_VANAF, KWALIFICATIEPLICHT_TOT, R1, R2, R3, R4, Regel};
use crate::termijnen::{Aanleiding, Bouw, Geval, Uitwerking, Wie};

/// Rule 1: leerplicht begins on the first schoolday of the month after the fifth birthday.
pub(super) fn regel_1(geval: &Geval<'_>) -> Uitwerking {
    let Some(geboren) = geval.geboren else { return Uitwerking::default() };
    let begin = plicht::begin_leerplicht(geboren, geval.kalender(geval.school_op(geval.on)));
    mijlpaal(geval, R1, "De leerplicht begint.", begin.value.laatst, begin.gaps)
}

/// Rule 2: the last day of leerplicht, a 31 July.
pub(super) fn regel_2(geval: &Geval<'_>) -> Uitwerking {
    let Some(geboren) = geval.geboren else { return Uitwerking::default() };
    let einde = plicht::einde_leerplicht(geboren, geval.on, schooljaren(geval));
    mijlpaal(geval, R2, "Laatste dag van de leerplicht.", einde.value.laatste_dag, einde.gaps)
}

/// Rule 3: kwalificatieplicht ends on the eighteenth birthday, unless a qualification ended it before.
pub(super) fn regel_3(geval: &Geval<'_>) -> Uitwerking {
    let Some(geboren) = geval.geboren else { return Uitwerking::default() };
    let done = crate::dossier::kwalificatie(geval.t, geval.on);
    let dag = match done {
        Some((_, dag)) => dag,
        None => birthday(geboren, KWALIFICATIEPLICHT_TOT.op(geval.on)),
    };
    let wat = if done.is_some() {
        "De kwalificatieplicht eindigt door een diploma of getuigschrift."
    } else {
        "De kwalificatieplicht eindigt op de achttiende verjaardag."
    };
    mijlpaal(geval, R3, wat, dag, [])
}

/// Rule 4: from the twelfth birthday the youth has a duty of attendance of their own.
pub(super) fn regel_4(geval: &Geval<'_>) -> Uitwerking {
    let Some(geboren) = geval.geboren else { return Uitwerking::default() };
    let twaalf = birthday(geboren, EIGEN_PLICHT_VANAF.op(geval.on));
    mijlpaal(
        geval,
        R4,
        "De leerling moet er vanaf nu ook zelf voor zorgen dat hij of zij naar school gaat.",
        twaalf,
        [],
    )
}

fn mijlpaal(geval: &Geval<'_>, regel: Regel, wat: &str, dag: Date, gaten: impl IntoIterator<Item = Gap>) -> Uitwerking {
    let termijn = Bouw::new(regel, Wie::Niemand, wat, Aanleiding::Geboortedatum, dag)
        .uiterlijk(dag)
        .vervallen(dag < geval.on)
        .gaten(gaten)
        .op(geval.on);
    vec![termijn].into()
}

fn schooljaren(geval: &Geval<'_>) -> Option<u8> {
    geval.t.at::<Schoolloopbaan>(geval.on, "schoolloopbaan").value.and_then(|loopbaan| loopbaan.schooljaren)
}

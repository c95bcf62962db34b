//! An offer for whoever may know that there is one, and not which care it holds or who gives it: since when, and for how
//! many hours of education.

use convenant::Facet;
use domain::body::{Aanbod, AanbodSoort};
use domain::fact::Fact;

use super::{Zicht, woorden};

/// Ends every such line: what would show the rest.
const ALLEEN_MET_TOESTEMMING: &str = "welke zorg, en wie die geeft, ziet u alleen met toestemming";

/// The offer in words without its care; `None` for whoever reads all of it, or may not know of offers at all.
pub fn zonder_zorg(zicht: &Zicht<'_>, fact: &Fact, aanbod: &Aanbod) -> Option<String> {
    let oog = &zicht.oog;
    if oog.leest(fact) || !oog.mag(Facet::Aanbod) || oog.mag(Facet::AanbodZorg) {
        return None;
    }
    let hours = match aanbod.soort {
        AanbodSoort::Zorg => "nog geen onderwijs".to_owned(),
        _ => format!("{} onderwijs per week", woorden::uren(aanbod.afgesproken(zicht.op).into())),
    };
    let dag = woorden::dag(fact.valid.from, zicht.op);
    Some(format!("aanbod vanaf {dag}: {hours}; {ALLEEN_MET_TOESTEMMING}"))
}

//! An offer for whoever may know that there is one, and not which care it holds or who gives it: since when, and for how
//! many hours of education.

use convenant::Facet;
use domain::body::{Aanbod, AanbodSoort};
use domain::fact::Fact;

use super::{Zicht, woorden};

/// Ends such a line: what would show the rest.
const ALLEEN_MET_TOESTEMMING: &str = "welke zorg, en wie die geeft, ziet u alleen met toestemming";

/// The offer in words without its care; `None` for whoever reads all of it, or may not know of offers at all. Whoever has
/// consent for care and may not know of illness reads of support for pupils who are ill the hours alone.
pub fn zonder_zorg(zicht: &Zicht<'_>, fact: &Fact, aanbod: &Aanbod) -> Option<String> {
    let oog = &zicht.oog;
    let ill = aanbod.soort == AanbodSoort::ZiekeLeerlingen && !oog.mag(Facet::VerzuimZiekte);
    let care = oog.mag(Facet::AanbodZorg);
    if oog.leest(fact) || !oog.mag(Facet::Aanbod) || care && !ill {
        return None;
    }
    let hours = match aanbod.soort {
        AanbodSoort::Zorg => "nog geen onderwijs".to_owned(),
        _ => format!("{} onderwijs per week", woorden::uren(aanbod.afgesproken(zicht.op).into())),
    };
    let dag = woorden::dag(fact.valid.from, zicht.op);
    let rest = if care { String::new() } else { format!("; {ALLEEN_MET_TOESTEMMING}") };
    Some(format!("aanbod vanaf {dag}: {hours}{rest}"))
}

//! Statements that go on about another one, and stay true when that one is corrected.

use super::{Body, MeldingEinde, MeldingStatus, Onderzoek, Realisatie, Verhoor};
use crate::fact::FactId;

impl Body {
    /// The fact of which this one says what came of it: the status of a melding, the hours given of an offer. Such a
    /// statement goes along when the other is corrected. What somebody said of the very words does not: an answer to an
    /// offer, agreement with a plan or the test of a notice has to be asked anew.
    pub(crate) fn vervolg_op(&self) -> Option<FactId> {
        match self {
            Body::MeldingStatus(MeldingStatus { melding, .. }) | Body::MeldingEinde(MeldingEinde { melding, .. }) => {
                Some(*melding)
            }
            Body::Onderzoek(Onderzoek { melding, .. }) | Body::Verhoor(Verhoor { melding, .. }) => *melding,
            Body::Realisatie(Realisatie { aanbod, .. }) => Some(*aanbod),
            _ => None,
        }
    }

    /// The same statement about the fact that took the place of the first.
    #[must_use]
    pub(crate) fn verlegd_naar(self, feit: FactId) -> Body {
        match self {
            Body::MeldingStatus(b) => MeldingStatus { melding: feit, ..b }.into(),
            Body::MeldingEinde(b) => MeldingEinde { melding: feit, ..b }.into(),
            Body::Onderzoek(b) => Onderzoek { melding: b.melding.map(|_| feit), ..b }.into(),
            Body::Verhoor(b) => Verhoor { melding: b.melding.map(|_| feit), ..b }.into(),
            Body::Realisatie(b) => Realisatie { aanbod: feit, ..b }.into(),
            other => other,
        }
    }
}

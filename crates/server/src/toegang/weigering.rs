//! Why somebody does not come in, said so that it helps the right person and nobody else.

use std::fmt;

use super::wachtwoord::Zwak;
use crate::fout::Fout;

/// Why it was refused. `Display` is for the person who asked: Dutch, with the next step. It never tells whether an
/// address is known here.
#[derive(Debug)]
pub enum Weigering {
    /// Address, password or code is wrong, or the account is blocked, or there is none.
    KloptNiet,
    /// Too many attempts.
    Wacht {
        /// Seconds until the next attempt is looked at, at least 1.
        seconden: u64,
    },
    /// Too many people at once.
    Druk,
    /// A new password that others would guess.
    Wachtwoord(Zwak),
    /// The code of the second factor is wrong or was used before.
    Code,
    /// The one-time link was used, replaced, or is too old.
    Link,
    /// There is no session, or it ended.
    GeenSessie,
    /// These roles are not (or no longer) this person's.
    GeenFunctie,
    /// What is asked wants that this person shows again who they are ([`super::sessie::Sessie::vers`]).
    NietVers,
    /// A made-up region has no second factor.
    Proef,
    /// It could not be done now.
    Fout(Fout),
}

impl fmt::Display for Weigering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KloptNiet => {
                "Het e-mailadres, het wachtwoord of de code klopt niet. Probeer het opnieuw. Lukt het niet, vraag dan uw \
                 beheerder om een nieuwe link."
            }
            Self::Wacht { seconden } => {
                return match seconden.div_ceil(60) {
                    _ if *seconden < 60 => {
                        write!(f, "Er is te vaak geprobeerd. Probeer het over {seconden} seconden opnieuw.")
                    }
                    1 => f.write_str("Er is te vaak geprobeerd. Probeer het over een minuut opnieuw."),
                    minuten => write!(f, "Er is te vaak geprobeerd. Probeer het over {minuten} minuten opnieuw."),
                };
            }
            Self::Druk => "Er melden zich nu veel mensen tegelijk aan. Probeer het over een minuut opnieuw.",
            Self::Wachtwoord(zwak) => return zwak.fmt(f),
            Self::Code => {
                "De code klopt niet of is al gebruikt. Wacht tot uw app een nieuwe code toont en vul die in. Lukt het \
                 niet, controleer dan of de tijd op uw telefoon klopt."
            }
            Self::Link => {
                "Deze link is al gebruikt, vervangen of te oud. Vraag uw beheerder om een nieuwe link, of meld u aan."
            }
            Self::GeenSessie => "U bent niet meer aangemeld. Meld u opnieuw aan.",
            Self::GeenFunctie => {
                "Deze functie hoort nu niet bij u. Kies een andere functie, of vraag uw beheerder dit na te kijken."
            }
            Self::NietVers => "Vul eerst opnieuw uw wachtwoord en een code in.",
            Self::Proef => "In een proefregio is er geen app met codes. Er is niets veranderd.",
            Self::Fout(fout) => return fout.fmt(f),
        })
    }
}

impl From<Fout> for Weigering {
    fn from(fout: Fout) -> Self {
        Weigering::Fout(fout)
    }
}

impl From<store::StoreError> for Weigering {
    fn from(fout: store::StoreError) -> Self {
        Weigering::Fout(fout.into())
    }
}

impl From<Weigering> for Fout {
    fn from(weigering: Weigering) -> Self {
        match weigering {
            Weigering::Fout(fout) => fout,
            other => Fout::kan_niet(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_seconds_or_whole_minutes() {
        for (seconden, woorden) in [(1, "1 seconden"), (59, "59 seconden"), (60, "een minuut"), (61, "2 minuten")] {
            let weigering = Weigering::Wacht { seconden };
            assert!(weigering.to_string().contains(woorden), "{seconden}: {weigering}");
        }
    }
}

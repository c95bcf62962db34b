//! What every form about a child carries, whatever it asks.

use super::mensen;
use crate::web::antwoord::Weigering;
use crate::web::formulier::Formulier;
use crate::web::intussen::Intussen;
use crate::web::kind::Zicht;

/// A form about a child as it is shown, for the first time or again.
pub struct Vel {
    /// Whose it is.
    pub naam: String,
    /// What others stated since the sender saw it.
    pub intussen: Intussen,
    /// The form: what was filled in, under new marks.
    pub f: Formulier,
}

impl Vel {
    /// A form as it came back, or as it was just made.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn van(zicht: &Zicht<'_>, f: Formulier) -> Result<Self, Weigering> {
        let intussen = zicht.intussen(f.gezien());
        let f = f.opnieuw(&zicht.bezoek.aanmelding, zicht.register.bekend_tot())?;
        Ok(Vel { naam: mensen::naam(zicht), intussen, f })
    }

    /// An empty form.
    ///
    /// # Errors
    /// As [`Self::van`].
    pub fn leeg(zicht: &Zicht<'_>) -> Result<Formulier, Weigering> {
        Formulier::leeg(&zicht.bezoek.aanmelding, zicht.register.bekend_tot())
    }
}

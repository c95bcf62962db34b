//! In which functions somebody may work on a day: the register says so, by the e-mail address of its medewerkers and the
//! roles that hold on that day. One person can be several medewerkers.

use domain::Date;
use domain::Timestamp;
use domain::body::{Medewerker, RolToekenning};
use domain::tekst::Tekst;
use domain::timeline::Timeline;
use register::Register;

use super::Toegang;
use super::account::AccountId;
use super::geheim::Geheim;
use super::sessie::{Keuze, Sessie};
use super::weigering::Weigering;

/// A function that the register gave somebody on a day: the only thing that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Functie {
    account: AccountId,
    keuze: Keuze,
    /// Whether this person had another one that day.
    andere: bool,
}

impl Functie {
    /// As whom, for whom, in which role.
    pub fn keuze(&self) -> Keuze {
        self.keuze
    }
}

impl Toegang {
    /// The functions of an account on a day, in the order of the register; none for whoever left.
    ///
    /// # Errors
    /// When an address in the register is absurdly long.
    pub fn functies(&self, register: &Register, account: AccountId, dag: Date) -> Result<Vec<Functie>, Weigering> {
        let mut functies = Vec::new();
        for medewerker in register.medewerkers() {
            let timeline = register.alleen_over(medewerker);
            if self.is_van(&timeline, account, dag)? {
                let mut keuzes: Vec<Keuze> = timeline
                    .on::<RolToekenning>(dag)
                    .map(|(_, rol)| Keuze { medewerker, organisatie: rol.organisatie, rol: rol.rol })
                    .collect();
                keuzes.sort_unstable();
                keuzes.dedup();
                functies.extend(keuzes.into_iter().map(|keuze| Functie { account, keuze, andere: false }));
            }
        }
        let andere = functies.len() > 1;
        functies.iter_mut().for_each(|functie| functie.andere = andere);
        Ok(functies)
    }

    /// What stands about the medewerker as whom somebody works, if the session's function is still this person's on the
    /// day. Ask it for every page, or keep the answer no longer than for the day, and than nothing is said about others than
    /// children: a role that ended counts no more from that day on, whatever the session says.
    ///
    /// # Errors
    /// As [`Self::functies`].
    pub fn geldt(&self, register: &Register, sessie: &Sessie, dag: Date) -> Result<Option<Timeline>, Weigering> {
        let Some(Keuze { medewerker, organisatie, rol }) = sessie.keuze else { return Ok(None) };
        let over = register.alleen_over(medewerker);
        let held = over.on::<RolToekenning>(dag).any(|(_, held)| held.organisatie == organisatie && held.rol == rol);
        let still = held && self.is_van(&over, sessie.account, dag)?;
        Ok(still.then_some(over))
    }

    /// Goes on in a function, or in none. The session gets a new secret, which is returned; the old one is worth nothing
    /// from now on.
    ///
    /// # Errors
    /// [`Weigering::GeenFunctie`] when the function is another's; [`Weigering::GeenSessie`].
    pub async fn kies(&self, geheim: &str, functie: Option<Functie>, nu: Timestamp) -> Result<Geheim, Weigering> {
        let sessie = self.sessie(geheim, nu).await?;
        if functie.is_some_and(|functie| functie.account != sessie.account) {
            return Err(Weigering::GeenFunctie);
        }
        let andere = functie.is_none_or(|functie| functie.andere);
        self.zet_keuze(geheim, functie.map(|functie| functie.keuze), andere, nu).await
    }

    /// The names under which the register knows somebody: no password is to be made of them.
    ///
    /// # Errors
    /// As [`Self::functies`].
    pub fn namen(&self, register: &Register, account: AccountId, dag: Date) -> Result<Vec<Tekst>, Weigering> {
        let mut namen = Vec::new();
        for medewerker in register.medewerkers() {
            let timeline = register.alleen_over(medewerker);
            if self.is_van(&timeline, account, dag)? {
                namen.extend(timeline.on::<Medewerker>(dag).map(|(_, medewerker)| medewerker.naam.clone()));
            }
        }
        Ok(namen)
    }

    /// Whether the medewerker of whom these facts are is the person of an account on a day.
    fn is_van(&self, over: &Timeline, account: AccountId, dag: Date) -> Result<bool, Weigering> {
        let Some((_, known)) = over.on::<Medewerker>(dag).next_back() else { return Ok(false) };
        if known.email.is_empty() {
            return Ok(false);
        }
        Ok(self.account_van_medewerker(known.email.zichtbaar())? == account)
    }
}

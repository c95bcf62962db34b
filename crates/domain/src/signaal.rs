//! A signal as the rest of the meaning sees it: a reason to talk, never a score.

use jiff::civil::Date;

use crate::fact::codes;

codes! {
    /// What a rule of the protocol stands for, where terms or statuses depend on it.
    SignaalSoort {
        /// 16 hours unauthorised in four lesweken (rule 5).
        ZestienUur = "zestien_uur" "16 uur ongeoorloofd in 4 lesweken",
        /// On the way to 16 hours.
        NadertZestienUur = "nadert_zestien_uur" "nadert 16 uur",
        /// Holiday without leave (rule 8).
        Luxe = "luxe" "vakantie zonder verlof",
        /// Ill often (rule 37).
        ZiekVaak = "ziek_vaak" "vaak ziek",
        /// Ill long (rule 38).
        ZiekLang = "ziek_lang" "lang ziek",
        /// Late (rule 40).
        TeLaat = "te_laat" "te laat",
        /// Away whole days.
        Weg = "weg" "hele dagen weg",
        /// Any other rule of the region.
        Anders = "anders" "signaal",
    }
}

/// A rule of the protocol fired for this child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signaal {
    /// Name of the rule in the protocol.
    pub regel: String,
    /// What it stands for.
    pub soort: SignaalSoort,
    /// First day on which it fired; with the rule and the child its identity.
    pub dag: Date,
    /// Value in the rule's unit (hours in quarters, times, days).
    pub waarde: u32,
    /// The first day on which it could be known: when the school delivered that day; `None`: not told.
    pub bekend: Option<Date>,
    /// Whether days in its window were *onbekend*.
    pub onvolledig: bool,
}

impl Signaal {
    /// The value in the rule's own unit: hours are held in quarters.
    pub fn in_eenheid(&self) -> f32 {
        let value = self.waarde as f32;
        match self.soort {
            SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur => value / 4.0,
            _ => value,
        }
    }
}

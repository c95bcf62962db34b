//! How it is stored: kinds of records, JSON with a version inside their seal, bytes as hexadecimal text.

use std::fmt;

use domain::Timestamp;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use store::{Record, RecordChange, RecordKind};

use crate::fout::Fout;
use crate::hex::{hex, unhex};

/// Accounts. In the backup.
pub(super) const ACCOUNT: RecordKind = RecordKind(1);
/// What happened with accounts. In the backup.
pub(super) const VOORVAL: RecordKind = RecordKind(2);
/// Looks with a reason. In the backup.
pub(super) const INZAGE: RecordKind = RecordKind(3);
/// Selections of pupils that professionals kept. In the backup.
pub(super) const SELECTIES: RecordKind = RecordKind(4);
/// Sessions, and what else must not come back with a backup.
pub(super) const SESSIE: RecordKind = RecordKind(RecordKind::PASSING.0);
/// One-time links.
pub(super) const LINK: RecordKind = RecordKind(RecordKind::PASSING.0 + 1);
/// Devices from which somebody signed in before.
pub(super) const TOESTEL: RecordKind = RecordKind(RecordKind::PASSING.0 + 2);
/// Attempts that are counted.
pub(super) const REMMING: RecordKind = RecordKind(RecordKind::PASSING.0 + 3);

/// A record's content.
pub(super) fn schrijf(inhoud: &impl Serialize) -> Result<Vec<u8>, Fout> {
    serde_json::to_vec(inhoud).map_err(|_| onleesbaar())
}

/// What [`schrijf`] wrote.
pub(super) fn lees<T: DeserializeOwned>(record: &Record) -> Result<T, Fout> {
    serde_json::from_slice(&record.content).map_err(|_| onleesbaar())
}

/// Sealed, and yet not of a form that we know: written by a newer version.
pub(super) fn onleesbaar() -> Fout {
    Fout::kan_niet("Een regel over accounts is geschreven door een nieuwere Leerrecht. Installeer de nieuwste uitgave.")
}

/// Removes what matters no longer: sessions, links, devices, counts, events and looks that are past.
pub(super) async fn ruim_op(change: &mut RecordChange<'_>, nu: Timestamp) -> Result<(), Fout> {
    for kind in [SESSIE, LINK, TOESTEL, REMMING, VOORVAL, INZAGE] {
        change.remove_past(kind, nu.as_microsecond()).await?;
    }
    Ok(())
}

/// A moment as stored: microseconds since 1970 UTC.
pub(super) fn moment(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

/// Bytes that are stored as hexadecimal text and never print themselves.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bytes<const N: usize>(pub [u8; N]);

impl<const N: usize> fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        unhex(&text).map(Bytes).ok_or_else(|| D::Error::custom("bytes"))
    }
}

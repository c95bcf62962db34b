//! Days as Dutch readers write them.

use jiff::civil::{Date, Weekday};

/// The months by name, January first.
pub const MAANDEN: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// "3 maart 2026".
pub fn datum(dag: Date) -> String {
    let maand = usize::try_from(dag.month() - 1).ok().and_then(|index| MAANDEN.get(index)).copied().unwrap_or_default();
    format!("{} {maand} {}", dag.day(), dag.year())
}

/// "dinsdag 3 maart 2026".
pub fn datum_met_dag(dag: Date) -> String {
    let weekdag = match dag.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    };
    format!("{weekdag} {}", datum(dag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_in_full() {
        assert_eq!(datum(date(2026, 3, 3)), "3 maart 2026");
        assert_eq!(datum_met_dag(date(2026, 12, 31)), "donderdag 31 december 2026");
        assert_eq!(datum_met_dag(date(2026, 1, 4)), "zondag 4 januari 2026");
    }
}

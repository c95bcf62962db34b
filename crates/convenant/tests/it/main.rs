//! What holds of the convenant: its text, its bounds, and what the practice of the pact asks of it.

mod autorisatie;
mod eigenschappen;
mod feiten;
mod grenzen;
mod lezen;
mod praktijk;
mod verhaal;

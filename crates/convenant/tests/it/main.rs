//! What holds of the convenant: its text, its bounds, and what the practice of the pact asks of it.

mod autorisatie;
mod lezen;

//! The school calendar.

mod schooldagen;
pub use schooldagen::Schooldagen;

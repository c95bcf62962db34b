//! The school calendar.

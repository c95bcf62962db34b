//! One part of the walk.

/// Runs one part of the walk; what stops it is a fault of that table, and the next part goes on.
macro_rules! part {
    ($walk:ident, $file:ident, $table:literal, $run:expr) => {
        if let Err(error) = $run {
            $walk.found(error, $file, Some($table))?;
        }
    };
}

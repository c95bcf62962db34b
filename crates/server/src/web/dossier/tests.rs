//! Stories of the dossier.

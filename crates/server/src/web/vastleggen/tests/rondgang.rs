//! Every form at once: as whom it is for and as whom it is not.

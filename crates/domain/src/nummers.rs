//! Numbers that the administration knows people and schools by, each checked on entry.

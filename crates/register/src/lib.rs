//! One region in memory: facts applied, summaries per child, indexes, queries.

//! All integration tests, in one binary: one module a file.

mod merge;

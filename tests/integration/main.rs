//! All integration tests, in one binary: one module a file.

mod attributes;
mod contradictions;
mod counting;
mod dates;
mod fuzzing;
mod graph_formats;
mod layers;
mod library;
mod linking;
mod merge;
mod pages;
mod passages;
mod plans;
mod printing;
mod reading;
mod scale;
mod seeds;
mod speakers;
mod store;
mod syntax;
mod tables;

//! The project's own tool, run as `cargo xtask VERB`. It is never shipped.
//!
//! It needs nothing but cargo, so that a fresh clone can be tried and tested with two commands.

mod assets;
mod bench;
mod demo;
mod e2e;
mod gate;
mod mutants;
mod nightly;
mod shell;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask VERB

  demo [--pupils N] [--seed S] [--op DAY] [--listen ADDRESS] [--data DIR]
                                              build leerrecht, make the synthetic region and serve it
  test [--snel]                               everything CI checks; --snel: layout, tidy and the tests of the pure crates
  assets                                      style, script and font of the pages, from npm packages
  e2e                                         the pages and the morning of every role in a real browser
  beelden                                     the pictures of the handbook, taken of the pages
  bench-omgeving                              other engines, for `leerrecht bench signalen`, in target/bench
  tidy                                        the rules of the house that the compiler does not know
  nightly [--mutants]                         the long tests and a sample of mutants; --mutants: the sample only";

/// What went wrong, in words for the person at the keyboard.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    match run(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: lexopt::Parser) -> Outcome {
    use lexopt::prelude::*;
    match args.next().map_err(|e| e.to_string())? {
        Some(Value(verb)) if verb == "demo" => demo::run(args),
        Some(Value(verb)) if verb == "test" => gate::run(flag(args, "snel")?),
        Some(Value(verb)) if verb == "assets" => no_more(args).and_then(|()| assets::run()),
        Some(Value(verb)) if verb == "e2e" => no_more(args).and_then(|()| e2e::run()),
        Some(Value(verb)) if verb == "beelden" => no_more(args).and_then(|()| e2e::pictures()),
        Some(Value(verb)) if verb == "bench-omgeving" => no_more(args).and_then(|()| bench::environment()),
        Some(Value(verb)) if verb == "tidy" => no_more(args).and_then(|()| tidy::run()),
        Some(Value(verb)) if verb == "nightly" => nightly::run(flag(args, "mutants")?),
        Some(Long("help") | Short('h')) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.to_owned()),
    }
}

/// Whether the one flag that may follow is there.
fn flag(mut args: lexopt::Parser, name: &str) -> Result<bool, String> {
    let mut given = false;
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        match arg {
            lexopt::Arg::Long(flag) if flag == name => given = true,
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected())),
        }
    }
    Ok(given)
}

fn no_more(mut args: lexopt::Parser) -> Outcome {
    match args.next().map_err(|e| e.to_string())? {
        Some(other) => Err(format!("{}\n\n{USAGE}", other.unexpected())),
        None => Ok(()),
    }
}

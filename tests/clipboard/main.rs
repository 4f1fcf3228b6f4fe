//! The clipboard thread with a real X server, and other programs as owners of the clipboard.
//!
//! Every scenario runs in its own process, on a private display, so the clipboard of whoever runs the tests is never
//! touched. `cargo test --test clipboard -- --ignored [PART OF A NAME]…`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the suite has a harness of its own")]

mod clearing;
mod copying;
mod desktop;
mod figures;
mod instances;
mod owners;
mod races;
mod stand;

use std::io::BufRead as _;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use desktop::{Program, Xvfb};
use figures::Figure;
use stand::check;

/// An error for the output. Never a secret.
type Outcome<T = ()> = Result<T, String>;

/// One promise and its proof.
type Scenario = (&'static str, fn() -> Outcome);

/// A scenario takes seconds; the races with more cases than usual take minutes.
const LIMIT: Duration = Duration::from_mins(10);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["--scenario", name] => run_here(name),
        ["--holder"] => instances::hold(),
        _ if args.contains(&"--ignored") || args.contains(&"--include-ignored") => {
            let parts: Vec<&str> = args.into_iter().filter(|arg| !arg.starts_with('-')).collect();
            run_all(&parts)
        }
        _ => {
            println!(
                "{} scenarios ignored: they need Xvfb and xclip, `-- --ignored` runs them",
                all().count()
            );
            Ok(())
        }
    };
    outcome.map_or_else(
        |reason| {
            eprintln!("{reason}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn all() -> impl Iterator<Item = Scenario> {
    [copying::ALL, clearing::ALL, owners::ALL, instances::ALL, races::ALL].into_iter().flatten().copied()
}

/// In the process of the scenario.
fn run_here(name: &str) -> Outcome {
    let (_, run) = all().find(|(known, _)| *known == name).ok_or("there is no such scenario")?;
    run()
}

fn run_all(parts: &[&str]) -> Outcome {
    let xvfb = Xvfb::start()?;
    let wanted = |name: &str| parts.is_empty() || parts.iter().any(|part| name.contains(part));
    let (mut passed, mut failed, mut figures) = (0_usize, 0_usize, Vec::new());
    for (name, _) in all().filter(|(name, _)| wanted(name)) {
        let start = Instant::now();
        let ran = run_beside(name, &xvfb);
        let took = start.elapsed().as_secs_f32();
        match ran {
            Ok(measured) => {
                passed += 1;
                println!("test {name} ... ok ({took:.1} s)");
                figures.extend(measured);
            }
            Err(reason) => {
                failed += 1;
                println!("test {name} ... FAILED ({took:.1} s)\n    {reason}");
            }
        }
    }
    if parts.is_empty() {
        figures.push(Figure::scenarios(passed, failed));
    }
    println!("\n{passed} passed, {failed} failed");
    let kept = figures.iter().map(Figure::write).collect::<Outcome<Vec<bool>>>()?;
    if failed == 0 && kept.into_iter().all(|holds| holds) {
        Ok(())
    } else {
        Err("not all is well".to_owned())
    }
}

/// Runs the scenario in its own process, which writes its errors, and returns its figures.
fn run_beside(name: &str, xvfb: &Xvfb) -> Outcome<Vec<Figure>> {
    let mut command = Command::new(std::env::current_exe().map_err(|err| err.to_string())?);
    command.args(["--scenario", name]);
    let mut program = Program::start(xvfb.shown(command))?;
    let output = program.output()?;
    check(program.end(LIMIT)?, "it says why above")?;
    Ok(output.lines().map_while(Result::ok).filter_map(|line| Figure::read(&line)).collect())
}

//! Tests on a matrix of executors: what `#[par_test]` calls.
//!
//! A test runs under the sequential program, in a pool of each size and under adversaries, one after the other and each in
//! a pool of its own. The first executor under which it fails is named, and how to run it alone.

use crate::executor::{self, Executor, with};
use rayon::ThreadPoolBuilder;
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{ExitCode, Termination};

/// One test and the executors it runs under.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    /// The path of the test.
    pub test: &'a str,
    /// The sizes of the pools.
    pub threads: &'a [usize],
    /// How many adversaries there are.
    pub seeds: u64,
    /// What the test expects of itself.
    pub panic: Panics<'a>,
}

/// Whether a test is to panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panics<'a> {
    /// No.
    Never,
    /// Yes, with a message that contains this.
    Expected(&'a str),
}

/// One cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    executor: Executor,
    threads: usize,
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.executor {
            Executor::Serial => f.write_str("the sequential program"),
            Executor::Rayon if self.threads == 1 => f.write_str("rayon, in a pool of 1 thread"),
            Executor::Rayon => write!(f, "rayon, in a pool of {} threads", self.threads),
            Executor::Adversarial { seed } => write!(f, "the adversary with seed {seed}"),
        }
    }
}

impl Setting {
    /// The environment that runs this setting alone.
    fn environment(&self) -> String {
        match self.executor {
            Executor::Serial => "DIVVY_EXECUTOR=serial".to_string(),
            Executor::Rayon => format!("DIVVY_EXECUTOR=rayon RAYON_NUM_THREADS={}", self.threads),
            Executor::Adversarial { seed } => format!("DIVVY_EXECUTOR=adversarial:{seed}"),
        }
    }
}

/// How a test came out under one setting.
enum Outcome {
    Passed,
    /// It returned an error, which was printed.
    Failed,
    Panicked(Box<dyn Any + Send>),
}

impl Matrix<'_> {
    /// Runs `test` under every setting; with `DIVVY_EXECUTOR` set, only under those that it allows.
    ///
    /// # Panics
    /// As soon as the test fails under one setting. A test that is to panic must do so under all of them: this returns as
    /// soon as it doesn't under one, and else goes on with its panic.
    pub fn run<R: Termination>(self, test: impl Fn() -> R + Sync) {
        let mut expected = None;
        for setting in self.settings() {
            match (self.panic, outcome(setting, &test)) {
                (Panics::Never, Outcome::Passed) => {}
                (Panics::Never, Outcome::Failed) => {
                    self.report(setting);
                    panic!("the test returned an error under {setting}");
                }
                (Panics::Never, Outcome::Panicked(panic)) => {
                    self.report(setting);
                    resume_unwind(panic);
                }
                (Panics::Expected(_), Outcome::Passed | Outcome::Failed) => {
                    // The harness says that there was no panic.
                    self.report(setting);
                    return;
                }
                (Panics::Expected(text), Outcome::Panicked(panic)) => {
                    if !message(&*panic).contains(text) {
                        self.report(setting);
                        resume_unwind(panic);
                    }
                    expected = Some(panic);
                }
            }
        }
        if let Some(panic) = expected {
            resume_unwind(panic);
        }
    }

    fn settings(&self) -> Vec<Setting> {
        let only = executor::chosen_by_environment();
        let of = |executor, threads| Setting { executor, threads };
        let pools: Vec<Setting> = match (
            only,
            std::env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse().ok()),
        ) {
            (Some(Executor::Rayon), Some(threads)) => vec![of(Executor::Rayon, threads)],
            _ => self
                .threads
                .iter()
                .map(|&threads| of(Executor::Rayon, threads))
                .collect(),
        };
        match only {
            Some(Executor::Rayon) => pools,
            Some(executor) => vec![of(executor, 1)],
            None => {
                let mut settings = vec![of(Executor::Serial, 1)];
                settings.extend(pools);
                settings.extend((0..self.seeds).map(|seed| of(Executor::Adversarial { seed }, 1)));
                settings
            }
        }
    }

    /// Names the setting under which the test failed.
    fn report(&self, setting: Setting) {
        // the path of a test begins behind the name of its crate
        let test = self.test.split_once("::").map_or(self.test, |(_, path)| path);
        eprintln!("`{test}` fails under {setting}");
        eprintln!("to run it like this alone: {} cargo test {test}", setting.environment());
    }
}

fn outcome<R: Termination>(setting: Setting, test: &(impl Fn() -> R + Sync)) -> Outcome {
    let pool = ThreadPoolBuilder::new()
        .num_threads(setting.threads)
        .build()
        .expect("a pool for the test");
    let run = || {
        with(setting.executor, || {
            let code = catch_unwind(AssertUnwindSafe(|| test().report()));
            match code {
                Ok(code) if code == ExitCode::SUCCESS => Outcome::Passed,
                Ok(_) => Outcome::Failed,
                Err(panic) => Outcome::Panicked(panic),
            }
        })
    };
    pool.install(run)
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    fn matrix(panic: Panics<'_>) -> Matrix<'_> {
        Matrix {
            test: "a_crate::module::test",
            threads: &[1, 3],
            seeds: 2,
            panic,
        }
    }

    #[test]
    fn runs_under_every_executor_in_a_pool_of_its_own() {
        if executor::chosen_by_environment().is_some() {
            return;
        }
        let seen = Mutex::new(Vec::new());
        matrix(Panics::Never).run(|| {
            let setting = (executor::current(), rayon::current_num_threads());
            seen.lock().expect("no panic").push(setting);
        });
        let adversary = |seed| (Executor::Adversarial { seed }, 1);
        let want = [
            (Executor::Serial, 1),
            (Executor::Rayon, 1),
            (Executor::Rayon, 3),
            adversary(0),
            adversary(1),
        ];
        assert_eq!(seen.into_inner().expect("no panic"), want);
    }

    #[test]
    fn a_test_that_is_to_panic_does_so_under_all_executors() {
        if executor::chosen_by_environment().is_some() {
            return;
        }
        let panics =
            |panic, test: &(dyn Fn() + Sync)| catch_unwind(AssertUnwindSafe(|| matrix(panic).run(test))).is_err();
        assert!(panics(Panics::Expected("ja"), &|| panic!("ja!")));
        // no panic at the end: the harness says so
        let is_serial = || executor::current() == Executor::Serial;
        assert!(!panics(Panics::Expected("ja"), &|| assert!(is_serial(), "ja!")));
        assert!(!panics(Panics::Expected("ja"), &|| assert!(!is_serial(), "ja!")));
        assert!(panics(Panics::Never, &|| assert!(is_serial(), "ja!")));
    }

    #[test]
    fn errors_are_failures() {
        let run = |result: Result<(), String>| {
            catch_unwind(AssertUnwindSafe(|| matrix(Panics::Never).run(|| result.clone()))).is_err()
        };
        assert!(run(Err("expected".into())));
        assert!(!run(Ok(())));
    }
}

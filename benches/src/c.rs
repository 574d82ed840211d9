//! The kernels in C, with and without OpenMP, as a program beside this one: no `unsafe`, no C compiler for the build.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The program, once for each number of threads.
#[derive(Debug)]
pub struct Programs(Vec<(usize, RefCell<Program>)>);

#[derive(Debug)]
struct Program {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// A kernel's name and size in the C program.
pub type Request = (&'static str, usize);

impl Programs {
    /// Compiles it with gcc and starts it; `None` without gcc, or without its OpenMP.
    pub fn start(threads: impl Iterator<Item = usize>) -> Option<Self> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("c/kernels.c");
        let program = std::env::current_exe().ok()?.with_file_name("kernels-in-c");
        let is_compiled = Command::new("gcc")
            .args(["-O3", "-fopenmp", "-o"])
            .args([&program, &source])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !is_compiled {
            return None;
        }
        let programs = threads.map(|n| Some((n, RefCell::new(Program::start(&program, n)?))));
        Some(Self(programs.collect::<Option<_>>()?))
    }

    /// The time of so many calls, and the last answer. On 0 threads: the sequential version.
    ///
    /// # Panics
    /// If the program doesn't know the kernel.
    pub fn run(&self, (kernel, size): Request, threads: usize, calls: u64) -> (Duration, f64) {
        let (_, program) = self.0.iter().find(|(n, _)| *n == threads.max(1)).expect("a program");
        let answer = program
            .borrow_mut()
            .ask(&format!("{kernel} {size} {} {calls}", u8::from(threads > 0)));
        let (time, answer) = answer.split_once(' ').expect("a time and an answer");
        (
            Duration::from_nanos(time.parse().expect("a time")),
            answer.parse().expect("a number"),
        )
    }
}

impl Program {
    fn start(path: &Path, threads: usize) -> Option<Self> {
        let mut child = Command::new(path)
            .env("OMP_NUM_THREADS", threads.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        Some(Self {
            requests: child.stdin.take()?,
            answers: BufReader::new(child.stdout.take()?),
            child,
        })
    }

    fn ask(&mut self, request: &str) -> String {
        writeln!(self.requests, "{request}").expect("the C program reads");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the C program answers");
        answer.trim().to_string()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // both ends may be gone by now, and then there is nothing to end
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

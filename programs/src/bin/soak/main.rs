//! Runs regions for as long as one likes: nested ones, with panics and early exits, in pools of 1 to 32 threads that come
//! and go, called from several threads at once. Each answer is compared with the twin's.
//!
//! ```sh
//! cargo run --release -p divvy-programs --bin soak -- [--minutes N] [--seed N]
//! ```
//! Ends with a failure if an answer is wrong, if nothing comes to its end for two minutes, if threads stay behind when
//! their pools are gone, or if memory keeps growing. Threads and memory are read from `/proc/self/status`; where there is
//! none they are not watched.
#![forbid(unsafe_code)]

mod work;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{ExitCode, exit};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};
use work::{Data, JOBS, Job};

/// Comparisons that have come to their end.
static DONE: AtomicU64 = AtomicU64::new(0);

/// What each caller is at.
static AT: Mutex<Vec<(String, Instant)>> = Mutex::new(Vec::new());

/// So long may nothing come to its end.
const STUCK: Duration = Duration::from_secs(120);

/// The callers of a round, each a thread of its own.
const CALLERS: usize = 3;

/// Memory may be so many kilobytes more at the end than it was at most in the first half.
const SLACK: u64 = 16 << 10;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }
}

/// A line of `/proc/self/status`.
fn status(key: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The answer, or what the panic says.
fn outcome(f: fn(&Data) -> String, data: &Data) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| f(data))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string()))
            .unwrap_or_default()
    })
}

/// One caller: some jobs, each inside of the pool, on a thread outside of it, or beside the same job of others.
fn call(caller: usize, pool: &ThreadPool, seed: u64) {
    let mut random = Random(seed | 1);
    for _ in 0..4 {
        let Job { name, plain, parallel } = JOBS[random.below(JOBS.len())];
        let data = Data::new(
            random.below(1 << 30) as u64,
            [0, 1, 7, 90, 1500, 40_000][random.below(6)],
        );
        let way = random.below(4);
        let what = format!(
            "{name}, {} items, {} threads, way {way}",
            data.xs.len(),
            pool.current_num_threads()
        );
        if let Some(at) = AT.lock().expect("nobody panics with it").get_mut(caller) {
            *at = (what.clone(), Instant::now());
        }
        let want = outcome(plain, &data);
        let got = match way {
            0 => outcome(parallel, &data),
            1 => divvy::with(divvy::Executor::Adversarial { seed: random.0 }, || {
                outcome(parallel, &data)
            }),
            2 => pool.install(|| {
                let (first, second) = rayon::join(|| outcome(parallel, &data), || outcome(parallel, &data));
                if first == second {
                    first
                } else {
                    Err(format!("{first:?} beside {second:?}"))
                }
            }),
            _ => pool.install(|| outcome(parallel, &data)),
        };
        if got != want {
            println!("WRONG: {what}: want {want:.300?}, got {got:.300?}");
            exit(1);
        }
        DONE.fetch_add(1, Ordering::Relaxed);
    }
}

/// Ends the program if nothing comes to its end any more.
fn watch() {
    let mut last = (0, Instant::now());
    loop {
        thread::sleep(Duration::from_secs(1));
        let done = DONE.load(Ordering::Relaxed);
        if done != last.0 {
            last = (done, Instant::now());
        } else if last.1.elapsed() > STUCK {
            println!("STUCK for {STUCK:?}, after {done} comparisons, in:");
            for (what, since) in AT.lock().expect("nobody panics with it").iter() {
                println!("  {what}, for {:?}", since.elapsed());
            }
            exit(2);
        }
    }
}

/// Waits until there are no more threads than before; how many more there are in the end.
fn threads_beyond(before: u64) -> u64 {
    let then = Instant::now();
    loop {
        let more = status("Threads").map_or(0, |now| now.saturating_sub(before));
        if more == 0 || then.elapsed() > Duration::from_secs(20) {
            return more;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn arguments() -> (u64, u64) {
    let (mut minutes, mut seed) = (1, 1);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().and_then(|n| n.parse().ok());
        match (word.as_str(), number) {
            ("--minutes", Some(number)) => minutes = number,
            ("--seed", Some(number)) => seed = number,
            _ => panic!("what is {word}? --minutes N --seed N"),
        }
    }
    (minutes, seed)
}

fn main() -> ExitCode {
    let (minutes, seed) = arguments();
    std::panic::set_hook(Box::new(|info| {
        // those of the jobs are wanted
        if info.location().is_some_and(|place| !place.file().ends_with("work.rs")) {
            eprintln!("{info}");
        }
    }));
    AT.lock()
        .expect("nobody panics with it")
        .resize(CALLERS, (String::new(), Instant::now()));
    thread::spawn(watch);
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    // the global pool, which stays
    rayon::broadcast(|_| ());
    let begin = Instant::now();
    let (mut rounds, mut pools_of, mut early, mut most) = (0_u64, [0_u32; 33], 0, 0);
    let mut next_line = Duration::from_secs(60);
    let before = status("Threads").unwrap_or_default();
    while begin.elapsed() < Duration::from_secs(60 * minutes) {
        let size = 1 + random.below(32);
        pools_of[size] += 1;
        let pool = ThreadPoolBuilder::new().num_threads(size).build().expect("a pool");
        let seeds: Vec<u64> = (0..CALLERS).map(|_| random.below(1 << 60) as u64).collect();
        thread::scope(|scope| {
            for (caller, &seed) in seeds.iter().enumerate() {
                let pool = &pool;
                scope.spawn(move || call(caller, pool, seed));
            }
        });
        drop(pool);
        let more = threads_beyond(before);
        if more > 0 {
            println!("LEAK: {more} threads are left of a pool of {size}, in round {rounds}");
            return ExitCode::FAILURE;
        }
        rounds += 1;
        let memory = status("VmRSS").unwrap_or_default();
        if begin.elapsed() < Duration::from_secs(30 * minutes) {
            early = early.max(memory);
        }
        most = most.max(memory);
        if begin.elapsed() > next_line {
            next_line += Duration::from_secs(60);
            let minute = begin.elapsed().as_secs() / 60;
            let done = DONE.load(Ordering::Relaxed);
            println!("{minute} min: {rounds} pools, {done} comparisons, {memory} kB now, {most} kB at most");
        }
    }
    let memory = status("VmRSS").unwrap_or_default();
    let sizes = pools_of.iter().filter(|&&count| count > 0).count();
    println!(
        "{minutes} min: {rounds} pools of {sizes} sizes, {} comparisons, no wrong answer, no deadlock, no thread left; \
         {early} kB at most in the first half, {most} kB in all, {memory} kB at the end",
        DONE.load(Ordering::Relaxed)
    );
    if memory > early + SLACK {
        println!("LEAK: memory has grown");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

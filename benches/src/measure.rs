//! Interleaved rounds: what else the machine does hits all contenders of a round alike.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::c;
use crate::case::{Case, Contender, Run, Who};
use crate::kernels::{Kernel, random_from};

/// How long a case may take, and how many rounds.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The time of a case, roughly.
    pub time: Duration,
    /// At least so many rounds.
    pub least: usize,
    /// At most so many rounds.
    pub most: usize,
    /// Whether ratios are those of the least times, instead of medians.
    pub by_least: bool,
}

/// A column of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// A contender on so many threads.
    Of(Who, usize),
    /// So many threads that don't know of each other run the sequential function at the same time, each all of it.
    Plain(usize),
    /// The C program without OpenMP.
    C,
    /// The C program with OpenMP.
    OpenMp(usize),
}

impl Column {
    /// The sequential function.
    pub const PLAIN: Self = Self::Of(Who::Plain, 1);

    /// How much of the work is done in the time measured.
    fn work(self) -> f64 {
        match self {
            Self::Plain(threads) => threads as f64,
            _ => 1.0,
        }
    }
}

/// A case's times.
#[derive(Clone, Debug)]
pub struct Row {
    /// The kernel.
    pub kernel: Kernel,
    /// The size.
    pub size: usize,
    /// The input, in words.
    pub input: String,
    /// Calls of the sequential function a round.
    pub calls: u64,
    /// Whether ratios are those of the least times: what is left of a measurement on a busy machine.
    pub by_least: bool,
    /// The columns that were measured.
    pub columns: Vec<Column>,
    /// Nanoseconds a call, by round and column.
    pub rounds: Vec<Vec<f64>>,
}

impl Row {
    /// The median time of a call, in nanoseconds.
    pub fn time(&self, column: Column) -> Option<f64> {
        let at = self.at(column)?;
        Some(median(self.rounds.iter().map(|round| round[at])))
    }

    /// How many times as fast `column` is as `base`: the median of the ratios of the rounds.
    pub fn ratio(&self, column: Column, base: Column) -> Option<f64> {
        if self.by_least {
            let least = |at: usize| self.rounds.iter().map(|round| round[at]).fold(f64::INFINITY, f64::min);
            return Some(column.work() / base.work() * least(self.at(base)?) / least(self.at(column)?));
        }
        self.ratios(column, base).map(median)
    }

    /// Quartiles of the ratios.
    pub fn quartiles(&self, column: Column, base: Column) -> Option<[f64; 2]> {
        let mut ratios: Vec<f64> = self.ratios(column, base)?.collect();
        ratios.sort_by(f64::total_cmp);
        Some([1, 3].map(|quarter| ratios[(ratios.len() - 1) * quarter / 4]))
    }

    /// How many times as fast `column` is as the sequential function.
    pub fn speedup(&self, column: Column) -> Option<f64> {
        self.ratio(column, Column::PLAIN)
    }

    fn at(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|&c| c == column)
    }

    fn ratios(&self, column: Column, base: Column) -> Option<impl Iterator<Item = f64>> {
        let (at, base_at) = (self.at(column)?, self.at(base)?);
        let work = column.work() / base.work();
        Some(self.rounds.iter().map(move |round| work * round[base_at] / round[at]))
    }
}

/// The pools and the C program.
#[derive(Debug)]
pub struct Machine {
    pools: Vec<(usize, ThreadPool)>,
    c: Option<c::Programs>,
}

impl Machine {
    /// Pools of one thread, two, and as many as there are.
    ///
    /// # Panics
    /// If no threads can be had.
    pub fn new() -> Self {
        let available = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut threads = vec![1, 2];
        threads.extend((available > 2).then_some(available));
        Self {
            c: c::Programs::start(threads.iter().copied()),
            pools: threads.into_iter().map(|n| (n, pool(n))).collect(),
        }
    }

    /// Thread counts.
    pub fn threads(&self) -> impl Iterator<Item = usize> {
        self.pools.iter().map(|(threads, _)| *threads)
    }

    /// Whether there is a C program.
    pub fn has_c(&self) -> bool {
        self.c.is_some()
    }

    /// Compares the answers of all contenders on all thread counts.
    ///
    /// # Panics
    /// If one differs.
    pub fn check(&self, kernel: &Kernel, case: &Case) {
        for (threads, pool) in &self.pools {
            pool.install(|| case.check(kernel.name, *threads));
        }
        let (Some(c), Some((request, expected))) = (&self.c, &case.c) else {
            return;
        };
        let expected = expected();
        for threads in self.threads().chain([0]) {
            let (_, answer) = c.run(*request, threads, 1);
            let difference = (answer - expected).abs();
            assert!(
                difference <= expected.abs() * 1e-9,
                "{}, {}: {answer} in C on {threads} threads, not {expected}",
                kernel.name,
                case.input
            );
        }
    }

    /// The times of a case.
    ///
    /// # Panics
    /// If answers differ.
    pub fn measure(&self, kernel: &Kernel, size: usize, effort: Effort) -> Row {
        let case = (kernel.case)(size);
        self.check(kernel, &case);
        let columns = self.columns(&case);
        // a contender that is slow on this input is called less often
        let calls: Vec<u64> = columns.iter().map(|column| self.calls(&case, *column)).collect();
        let mut rounds = Vec::new();
        let start = Instant::now();
        while rounds.len() < effort.least || (rounds.len() < effort.most && start.elapsed() < effort.time) {
            let mut times = vec![0.0; columns.len()];
            for at in order(columns.len(), rounds.len()) {
                times[at] = self.time(&case, columns[at], calls[at]).as_nanos() as f64 / calls[at] as f64;
            }
            rounds.push(times);
        }
        Row {
            kernel: *kernel,
            size,
            input: case.input,
            calls: calls[0],
            by_least: effort.by_least,
            columns,
            rounds,
        }
    }

    /// The times of the version by hand on two threads, with each of its cutoffs, in milliseconds.
    ///
    /// # Panics
    /// If there is no version by hand.
    pub fn tune(&self, case: &Case, rounds: usize) -> Vec<(usize, f64)> {
        let contender = case.by(Who::ByHand).expect("a version by hand");
        let mut times = vec![Vec::new(); case.cutoffs.len()];
        for _ in 0..rounds {
            for (times, &cutoff) in times.iter_mut().zip(case.cutoffs) {
                let run = Run {
                    threads: 2,
                    cutoff,
                    calls: 1,
                };
                times.push(self.on(2, || contender.time(run)).as_secs_f64() * 1e3);
            }
        }
        case.cutoffs
            .iter()
            .copied()
            .zip(times.into_iter().map(median))
            .collect()
    }

    /// So many calls that small inputs can be timed.
    fn calls(&self, case: &Case, column: Column) -> u64 {
        const LONG: Duration = Duration::from_micros(300);
        const MOST: u64 = 1 << 14;
        let mut calls = 1;
        while calls < MOST && self.time(case, column, calls) < LONG {
            calls *= 2;
        }
        calls
    }

    fn columns(&self, case: &Case) -> Vec<Column> {
        let mut columns = vec![Column::PLAIN];
        for threads in self.threads() {
            if threads > 1 {
                columns.push(Column::Plain(threads));
            }
            let parallel = case.contenders.iter().filter(|c| c.who != Who::Plain);
            columns.extend(parallel.map(|contender| Column::Of(contender.who, threads)));
        }
        if self.c.is_some() && case.c.is_some() {
            columns.push(Column::C);
            columns.extend(self.threads().map(Column::OpenMp));
        }
        columns
    }

    fn time(&self, case: &Case, column: Column, calls: u64) -> Duration {
        let run = |threads| Run {
            threads,
            cutoff: case.cutoff,
            calls,
        };
        let contender = |who| case.by(who).expect("a column is of a contender");
        match column {
            Column::Of(who @ (Who::Chili | Who::Orx), threads) => contender(who).time(run(threads)),
            Column::Of(who, threads) => self.on(threads, || contender(who).time(run(threads))),
            Column::Plain(threads) => side_by_side(contender(Who::Plain), threads, run(1)),
            Column::C => self.c(case, 0, calls),
            Column::OpenMp(threads) => self.c(case, threads, calls),
        }
    }

    fn c(&self, case: &Case, threads: usize, calls: u64) -> Duration {
        let (request, _) = case.c.as_ref().expect("a column is of a contender");
        let programs = self.c.as_ref().expect("there is a C program");
        programs.run(*request, threads, calls).0
    }

    fn on<R: Send>(&self, threads: usize, f: impl FnOnce() -> R + Send) -> R {
        let (_, pool) = self
            .pools
            .iter()
            .find(|(n, _)| *n == threads)
            .expect("a pool of that size");
        pool.install(f)
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

/// The order of a round: each round begins with another contender, and nobody has the same neighbour every time.
pub fn order(contenders: usize, round: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..contenders).collect();
    for (at, random) in random_from(round as u64 + 1).take(contenders).enumerate() {
        order.swap(at, at + random as usize % (contenders - at));
    }
    let first = order.iter().position(|&at| at == round % contenders);
    order.swap(0, first.expect("everybody is in it"));
    order
}

/// Threads that don't know of each other: the time of the slowest.
fn side_by_side(contender: &Contender, threads: usize, run: Run) -> Duration {
    let start = Barrier::new(threads);
    let one = || {
        start.wait();
        contender.time(run)
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(one)).collect();
        let here = one();
        others
            .into_iter()
            .map(|other| other.join().expect("a kernel runs to its end"))
            .fold(here, Duration::max)
    })
}

/// A pool of so many threads.
///
/// # Panics
/// If they can't be had.
pub fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a machine with threads")
}

/// The value in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

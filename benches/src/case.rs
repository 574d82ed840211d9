//! One kernel on one input, and who computes it.

use std::fmt;
use std::hint::black_box;
use std::num::NonZero;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::c::Request;

/// Who wrote the parallel part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody: the sequential function.
    Plain,
    /// An expert, in rayon.
    ByHand,
    /// divvy's attribute, without options.
    Divvy,
    /// An expert, in chili.
    Chili,
    /// An expert, in orx-parallel.
    Orx,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Plain => "plain",
            Self::ByHand => "by hand",
            Self::Divvy => "divvy",
            Self::Chili => "chili",
            Self::Orx => "orx",
        })
    }
}

/// How a contender is run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Threads to use; rayon's versions use the pool that they are in.
    pub threads: usize,
    /// Cutoff of the version by hand.
    pub cutoff: usize,
    /// How often.
    pub calls: u64,
}

type Timed = Box<dyn Fn(Run) -> Duration + Send + Sync>;
type Agrees = Box<dyn Fn(Run) -> bool + Send + Sync>;

/// One way to compute a kernel.
pub struct Contender {
    /// Who wrote it.
    pub who: Who,
    timed: Timed,
    agrees: Agrees,
}

impl Contender {
    /// The time of all calls together.
    pub fn time(&self, run: Run) -> Duration {
        (self.timed)(run)
    }
}

impl fmt::Debug for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.who)
    }
}

/// One kernel on one input.
pub struct Case {
    /// What the input's size is a number of, with the number.
    pub input: String,
    /// The best cutoff of the version by hand.
    pub cutoff: usize,
    /// Cutoffs worth a try.
    pub cutoffs: &'static [usize],
    /// How the C program is asked for it, and what it should answer.
    pub c: Option<(Request, Box<dyn Fn() -> f64 + Send + Sync>)>,
    /// The ways to compute it; the sequential one comes first.
    pub contenders: Vec<Contender>,
}

impl Case {
    /// The contender of this name.
    pub fn by(&self, who: Who) -> Option<&Contender> {
        self.contenders.iter().find(|contender| contender.who == who)
    }

    /// Compares the answers of all contenders with that of the sequential function, in the pool that this is called in.
    ///
    /// # Panics
    /// If one differs.
    pub fn check(&self, kernel: &str, threads: usize) {
        let run = Run {
            threads,
            cutoff: self.cutoff,
            calls: 1,
        };
        for contender in &self.contenders {
            assert!(
                (contender.agrees)(run),
                "{kernel}, {}: {} gives another answer on {threads} threads",
                self.input,
                contender.who
            );
        }
    }
}

/// An input that nobody changes.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Shares it.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, _: &Self) -> bool {
        true // nobody changed it
    }
}

/// The input after a call, and its answer.
type Outcome<P, A> = (P, A);

/// The sequential function.
type Sequential<P, A> = Arc<dyn Fn(&mut P) -> A + Send + Sync>;

/// Collects the contenders of a case.
pub struct Builder<P, A> {
    case: Case,
    prepare: Arc<dyn Fn() -> P + Send + Sync>,
    /// Whether each call needs an input of its own.
    is_fresh: bool,
    expected: Arc<OnceLock<Outcome<P, A>>>,
    plain: Option<Sequential<P, A>>,
    agree: fn(&Outcome<P, A>, &Outcome<P, A>) -> bool,
}

/// A case whose contenders only read the input.
pub fn reading<T, A>(input: impl Into<String>, value: T) -> Builder<Shared<T>, A>
where
    T: Send + Sync + 'static,
    A: PartialEq + Send + Sync + 'static,
{
    let shared = Shared::new(value);
    Builder::new(input.into(), Arc::new(move || shared.clone()), false)
}

/// A case whose contenders write to the input, and take as long on what they leave behind: a measurement has one clone.
pub fn reusing<P, A>(input: impl Into<String>, value: P) -> Builder<P, A>
where
    P: Clone + PartialEq + Send + Sync + 'static,
    A: PartialEq + Send + Sync + 'static,
{
    Builder::new(input.into(), Arc::new(move || value.clone()), false)
}

/// A case whose contenders write to the input: each call gets a clone, made before the time is taken.
pub fn writing<P, A>(input: impl Into<String>, value: P) -> Builder<P, A>
where
    P: Clone + PartialEq + Send + Sync + 'static,
    A: PartialEq + Send + Sync + 'static,
{
    Builder::new(input.into(), Arc::new(move || value.clone()), true)
}

impl<P, A> Builder<P, A>
where
    P: PartialEq + Send + Sync + 'static,
    A: PartialEq + Send + Sync + 'static,
{
    fn new(input: String, prepare: Arc<dyn Fn() -> P + Send + Sync>, is_fresh: bool) -> Self {
        Self {
            case: Case {
                input,
                cutoff: 0,
                cutoffs: &[],
                c: None,
                contenders: Vec::new(),
            },
            prepare,
            is_fresh,
            expected: Arc::default(),
            plain: None,
            agree: |expected, outcome| expected == outcome,
        }
    }

    /// When two answers are the same; by default, when they are equal.
    pub fn agree(mut self, agree: fn(&Outcome<P, A>, &Outcome<P, A>) -> bool) -> Self {
        self.agree = agree;
        self
    }

    /// The sequential function; comes first.
    pub fn plain(mut self, call: impl Fn(&mut P) -> A + Send + Sync + Copy + 'static) -> Self {
        self.plain = Some(Arc::new(call));
        self.contender(Who::Plain, move |_, input| call(input))
    }

    /// The annotated function.
    pub fn divvy(self, call: impl Fn(&mut P) -> A + Send + Sync + 'static) -> Self {
        self.contender(Who::Divvy, move |_, input| call(input))
    }

    /// The version in rayon, its best cutoff, and others worth a try.
    pub fn by_hand(
        mut self,
        cutoff: usize,
        cutoffs: &'static [usize],
        call: impl Fn(&mut P, usize) -> A + Send + Sync + 'static,
    ) -> Self {
        (self.case.cutoff, self.case.cutoffs) = (cutoff, cutoffs);
        self.contender(Who::ByHand, move |run, input| call(input, run.cutoff))
    }

    /// The version in orx-parallel, on a number of threads.
    pub fn orx(self, call: impl Fn(&mut P, usize) -> A + Send + Sync + 'static) -> Self {
        self.contender(Who::Orx, move |run, input| call(input, run.threads))
    }

    /// The version in chili.
    ///
    /// Its pool lives as long as the measurement: an idle one still ticks.
    pub fn chili(mut self, call: impl Fn(&mut P, &mut chili::Scope<'_>) -> A + Send + Sync + 'static) -> Self {
        let call = Arc::new(call);
        let pool = |threads| {
            chili::ThreadPool::with_config(chili::Config {
                thread_count: NonZero::new(threads),
                ..Default::default()
            })
        };
        let (prepare, is_fresh, timed) = (Arc::clone(&self.prepare), self.is_fresh, Arc::clone(&call));
        let timed: Timed = Box::new(move |run| {
            let pool = pool(run.threads);
            let mut scope = pool.scope();
            time(run.calls, &*prepare, is_fresh, |input| timed(input, &mut scope))
        });
        let outcome = move |run: Run, input: &mut P| call(input, &mut pool(run.threads).scope());
        let agrees = self.agrees(outcome);
        self.case.contenders.push(Contender {
            who: Who::Chili,
            timed,
            agrees,
        });
        self
    }

    /// The C program knows this kernel too, under this name and with this size, and answers with such a number.
    pub fn c(mut self, name: &'static str, size: usize, number: fn(&P, &A) -> f64) -> Self {
        let prepare = Arc::clone(&self.prepare);
        let plain = Arc::clone(self.plain.as_ref().expect("the sequential function comes first"));
        let expected = move || {
            let mut input = prepare();
            let answer = plain(&mut input);
            number(&input, &answer)
        };
        self.case.c = Some(((name, size), Box::new(expected)));
        self
    }

    /// The case.
    pub fn done(self) -> Case {
        self.case
    }

    fn contender(mut self, who: Who, call: impl Fn(Run, &mut P) -> A + Send + Sync + 'static) -> Self {
        let call = Arc::new(call);
        let (prepare, is_fresh, timed) = (Arc::clone(&self.prepare), self.is_fresh, Arc::clone(&call));
        let timed: Timed = Box::new(move |run| time(run.calls, &*prepare, is_fresh, |input| timed(run, input)));
        let agrees = self.agrees(move |run, input| call(run, input));
        self.case.contenders.push(Contender { who, timed, agrees });
        self
    }

    fn agrees(&self, call: impl Fn(Run, &mut P) -> A + Send + Sync + 'static) -> Agrees {
        let (prepare, agree) = (Arc::clone(&self.prepare), self.agree);
        let plain = Arc::clone(self.plain.as_ref().expect("the sequential function comes first"));
        let prepared = Arc::clone(&prepare);
        let expected = move || {
            let mut input = prepared();
            let answer = plain(&mut input);
            (input, answer)
        };
        let cell = Arc::clone(&self.expected);
        Box::new(move |run| {
            let mut input = prepare();
            let answer = call(run, &mut input);
            agree(cell.get_or_init(&expected), &(input, answer))
        })
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.input, self.contenders)
    }
}

impl<P, A> fmt::Debug for Builder<P, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.case.fmt(f)
    }
}

/// Times so many calls.
///
/// Inputs are prepared, and answers that own memory are freed, while the clock stands.
fn time<P, A>(calls: u64, prepare: &dyn Fn() -> P, is_fresh: bool, mut call: impl FnMut(&mut P) -> A) -> Duration {
    const BATCH: u64 = 64;
    if calls == 1 {
        let mut input = prepare();
        let start = Instant::now();
        let answer = once(|| call(black_box(&mut input)));
        let time = start.elapsed();
        black_box(answer);
        return time;
    }
    if !is_fresh && !std::mem::needs_drop::<A>() {
        let mut input = prepare();
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call(black_box(&mut input)));
        }
        return start.elapsed();
    }
    let mut total = Duration::ZERO;
    let mut inputs: Vec<P> = if is_fresh { Vec::new() } else { vec![prepare()] };
    let mut left = calls;
    while left > 0 {
        let batch = left.min(BATCH);
        let mut answers = Vec::with_capacity(batch as usize);
        if is_fresh {
            inputs = (0..batch).map(|_| prepare()).collect();
        }
        let start = Instant::now();
        if is_fresh {
            for input in &mut inputs {
                answers.push(black_box(call(black_box(input))));
            }
        } else {
            for _ in 0..batch {
                answers.push(black_box(call(black_box(&mut inputs[0]))));
            }
        }
        total += start.elapsed();
        left -= batch;
    }
    total
}

/// A single call: what the bench `instructions` counts.
#[inline(never)]
fn once<A>(call: impl FnOnce() -> A) -> A {
    black_box(call())
}

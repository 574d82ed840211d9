//! Scans as tables: `cargo bench -p divvy-runtime --bench scans`, or `... -- steps` for what summaries cost.
//!
//! The versions take turns in every round. The first number of a pair is the median of the ratios within a round, as
//! everywhere in these benches; the second one compares the least times, which on a busy machine says more about one
//! thread.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 61;

fn main() {
    let has = |word: &str| std::env::args().any(|argument| argument == word);
    if has("steps") {
        steps();
    } else {
        // `cargo test --benches` compares the answers of small inputs.
        loops(if has("--bench") { 1 } else { 1 << 10 }, has("--bench"));
    }
}

fn random(n: usize) -> impl Iterator<Item = u64> {
    (0..n as u64).map(|i| {
        i.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(17)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9)
            >> 32
    })
}

fn nanoseconds<R>(f: impl FnOnce() -> R) -> f64 {
    let then = Instant::now();
    black_box(f());
    then.elapsed().as_nanos() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

/// One loop: sequential, by hand in two passes on a pool, with the driver on a pool.
struct Loop<'a, R> {
    name: &'a str,
    sequential: &'a (dyn Fn() -> R + Sync),
    by_hand: &'a (dyn Fn() -> R + Sync),
    driver: &'a (dyn Fn() -> R + Sync),
}

impl<R: PartialEq + Send> Loop<'_, R> {
    fn table(&self, pools: &[ThreadPool; 2], is_timed: bool) {
        let [one, two] = pools;
        for pool in pools {
            assert!(pool.install(self.driver) == (self.sequential)(), "{}", self.name);
            assert!(
                pool.install(self.by_hand) == (self.sequential)(),
                "{} by hand",
                self.name
            );
        }
        if !is_timed {
            return;
        }
        let versions: [&dyn Fn() -> f64; 6] = [
            &|| nanoseconds(self.sequential),
            &|| one.install(|| nanoseconds(self.by_hand)),
            &|| one.install(|| nanoseconds(self.driver)),
            // The work of one, as two threads do it that don't know of each other.
            &|| nanoseconds(|| two.join(|| black_box((self.sequential)()), || black_box((self.sequential)()))) / 2.0,
            &|| two.install(|| nanoseconds(self.by_hand)),
            &|| two.install(|| nanoseconds(self.driver)),
        ];
        let mut times = vec![[0.0; 6]; ROUNDS];
        for (round, times) in times.iter_mut().enumerate() {
            for step in 0..6 {
                let version = (step + round) % 6;
                times[version] = versions[version]();
            }
        }
        print!(
            "{:<22} {:>8.2} ms",
            self.name,
            median(times.iter().map(|t| t[0]).collect()) / 1e6
        );
        for version in 1..6 {
            let ratio = median(times.iter().map(|t| t[0] / t[version]).collect());
            let best = least(times.iter().map(|t| t[0])) / least(times.iter().map(|t| t[version]));
            print!(" | {ratio:>5.2} {best:>5.2}");
        }
        println!();
    }
}

/// The two passes by hand: summaries of as many pieces as threads, and the loop on each piece.
fn two_passes<S: Source + Clone + Sync, C: Copy + Send + Sync, R: Send>(
    whole: S,
    start: C,
    summarise: impl Fn(S) -> C + Sync,
    compose: impl Fn(C, C) -> C,
    leaf: impl Fn(C, S) -> R + Sync,
) -> Vec<R> {
    let threads = rayon::current_num_threads();
    let mut rest = whole;
    let pieces: Vec<S> = (0..threads)
        .map(|i| {
            let (piece, behind) = rest.clone().split_at(rest.len() / (threads - i));
            rest = behind;
            piece
        })
        .collect();
    let summaries: Vec<C> = pieces.par_iter().map(|piece| summarise(piece.clone())).collect();
    let carried: Vec<C> = summaries
        .into_iter()
        .scan(start, |carried, summary| {
            let before = *carried;
            *carried = compose(before, summary);
            Some(before)
        })
        .collect();
    pieces
        .into_par_iter()
        .zip(carried)
        .map(|(piece, carried)| leaf(carried, piece))
        .collect()
}

macro_rules! site {
    () => {{
        static SITE: Site = Site::new("bench", file!(), line!());
        Region::new(&SITE)
    }};
}

fn loops(divisor: usize, is_timed: bool) {
    let pools = [1, 2].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads"));
    if is_timed {
        println!("times as fast as the sequential loop: median, and least time against least time ({ROUNDS} rounds)");
        println!(
            "{:<22} {:>11} | {:<11} | {:<11} | {:<11} | {:<11} | {:<11}",
            "loop", "sequential", "1 by hand", "1 driver", "2 plain", "2 by hand", "2 driver"
        );
    }
    prefix_sum("prefix sum 8 Mi u64", (8 << 20) / divisor, &pools, is_timed);
    prefix_sum("prefix sum 64 Ki u64", (64 << 10) / divisor, &pools, is_timed);
    maximum_subarray((8 << 20) / divisor, &pools, is_timed);
    brackets((16 << 20) / divisor, &pools, is_timed);
    csv((16 << 20) / divisor, &pools, is_timed);
    affine((8 << 20) / divisor, &pools, is_timed);
}

fn prefix_sum(name: &str, n: usize, pools: &[ThreadPool; 2], is_timed: bool) {
    let xs: Vec<u64> = random(n).collect();
    let leaf = |mut sum: u64, xs: &[u64], out: &mut [u64]| {
        for (x, out) in xs.iter().zip(out) {
            sum += x;
            *out = sum;
        }
        sum
    };
    // Every call overwrites the same memory; two at a time need two.
    let outs = std::sync::Mutex::new(vec![vec![0; n], vec![0; n]]);
    let with_out = |f: &dyn Fn(&mut [u64])| {
        let mut out = outs.lock().expect("nobody panics").pop().expect("two at a time");
        f(&mut out);
        let last = out.last().copied();
        outs.lock().expect("nobody panics").push(out);
        last
    };
    Loop {
        name,
        sequential: &|| with_out(&|out| _ = leaf(0, &xs, out)),
        by_hand: &|| {
            with_out(&|out| {
                let size = n.div_ceil(rayon::current_num_threads()).max(1);
                let sums: Vec<u64> = xs.par_chunks(size).map(|xs| xs.iter().sum()).collect();
                let before: Vec<u64> = sums
                    .iter()
                    .scan(0, |sum, x| {
                        *sum += x;
                        Some(*sum - x)
                    })
                    .collect();
                xs.par_chunks(size)
                    .zip(out.par_chunks_mut(size))
                    .zip(before)
                    .for_each(|((xs, out), sum)| {
                        leaf(sum, xs, out);
                    });
            })
        },
        driver: &|| {
            with_out(&|out| {
                Scan::new(site!(), source(&xs).zip(out), (0,))
                    .steps(
                        |carried, piece| {
                            let mut sum = Shift::of(&carried.0);
                            for (x, _) in piece {
                                sum.add(x);
                            }
                            sum
                        },
                        |sum, carried| sum.apply(&mut carried.0),
                    )
                    .run(
                        (),
                        |(mut sum,): (u64,), (), piece| {
                            for (x, out) in piece {
                                sum += x;
                                *out = sum;
                            }
                            ((sum,), ())
                        },
                        |()| (),
                        |(), ()| (),
                    );
            })
        },
    }
    .table(pools, is_timed);
}

fn maximum_subarray(n: usize, pools: &[ThreadPool; 2], is_timed: bool) {
    let xs: Vec<i64> = random(n).map(|x| (x % 1000) as i64 - 500).collect();
    let run = |mut now: i64, xs: &[i64]| {
        let mut best = 0;
        for x in xs {
            now = (now + x).max(0);
            best = best.max(now);
        }
        best
    };
    Loop {
        name: "maximum subarray 8 Mi",
        sequential: &|| run(0, &xs),
        by_hand: &|| {
            let passes = two_passes(
                source(&xs),
                (0, 0),
                |piece| {
                    piece
                        .into_iter()
                        .fold((0, 0), |(sum, now), x| (sum + x, (now + x).max(0)))
                },
                |before: (i64, i64), piece| (0, (before.1 + piece.0).max(piece.1)),
                |(_, mut now), piece| {
                    let mut best = 0;
                    for x in piece {
                        now = (now + x).max(0);
                        best = best.max(now);
                    }
                    best
                },
            );
            passes.into_iter().max().unwrap_or(0)
        },
        driver: &|| {
            Scan::new(site!(), source(&xs), (0i64,))
                .steps(
                    |carried, piece| {
                        let mut now = Clamp::of(&carried.0);
                        for x in piece {
                            now.add(x);
                            now.max(0);
                        }
                        now
                    },
                    |now, carried| now.apply(&mut carried.0),
                )
                .run(
                    (0,),
                    |(mut now,), (mut best,), piece| {
                        for x in piece {
                            now = (now + x).max(0);
                            best = best.max(now);
                        }
                        ((now,), (best,))
                    },
                    |_| (i64::MIN,),
                    |left, right| left.0 = left.0.max(right.0),
                )
                .1
                .0
        },
    }
    .table(pools, is_timed);
}

fn brackets(n: usize, pools: &[ThreadPool; 2], is_timed: bool) {
    let mut text = Vec::with_capacity(n);
    let mut open = 0;
    for x in random(n) {
        let c = match x % 8 {
            _ if n - text.len() <= open => b')',
            0 | 1 => b'(',
            2..=4 if open > 0 => b')',
            _ => b'x',
        };
        match c {
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        text.push(c);
    }
    let run = |mut depth: i64, text: &[u8]| {
        for c in text {
            match c {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth < 0 {
                break;
            }
        }
        depth
    };
    let change = |c: &u8| match c {
        b'(' => 1,
        b')' => -1,
        _ => 0,
    };
    Loop {
        name: "brackets 16 MiB",
        sequential: &|| run(0, &text) == 0,
        by_hand: &|| {
            let passes = two_passes(
                source(&text),
                0,
                |piece| piece.into_iter().map(change).sum::<i64>(),
                |before, change| before + change,
                |depth, piece| {
                    let mut depth = depth;
                    for c in piece {
                        depth += change(c);
                        if depth < 0 {
                            break;
                        }
                    }
                    depth
                },
            );
            passes.iter().all(|depth| *depth >= 0) && passes.last() == Some(&0)
        },
        driver: &|| {
            let (((depth,), ()), exit) = Scan::new(site!(), source(&text), (0i64,))
                .steps(
                    |carried, piece| {
                        let mut depth = Shift::of(&carried.0);
                        for c in piece {
                            match c {
                                b'(' => depth.add(1),
                                b')' => depth.sub(1),
                                _ => {}
                            }
                        }
                        depth
                    },
                    |depth, carried| depth.apply(&mut carried.0),
                )
                .run_until(
                    (),
                    |(mut depth,), (), piece| {
                        for c in piece {
                            match c {
                                b'(' => depth += 1,
                                b')' => depth -= 1,
                                _ => {}
                            }
                            if depth < 0 {
                                return (((depth,), ()), Some(()));
                            }
                        }
                        (((depth,), ()), None)
                    },
                    |()| (),
                    |(), ()| (),
                );
            exit.is_none() && depth == 0
        },
    }
    .table(pools, is_timed);
}

fn csv(n: usize, pools: &[ThreadPool; 2], is_timed: bool) {
    let text: Vec<u8> = random(n)
        .map(|x| b"\"xxx,xxx,xxxxxx\nabcdefg\"xxx,xxx"[(x % 31) as usize])
        .collect();
    let run = |mut inside: bool, text: &[u8]| {
        let mut fields = 0;
        for c in text {
            match c {
                b'"' => inside = !inside,
                b',' | b'\n' if !inside => fields += 1,
                _ => {}
            }
        }
        fields
    };
    Loop {
        name: "CSV fields 16 MiB",
        sequential: &|| run(false, &text),
        by_hand: &|| {
            let passes = two_passes(
                source(&text),
                false,
                |piece| piece.into_iter().filter(|c| **c == b'"').count() % 2 == 1,
                |before, flips| before ^ flips,
                |mut inside, piece| {
                    let mut fields = 0;
                    for c in piece {
                        match c {
                            b'"' => inside = !inside,
                            b',' | b'\n' if !inside => fields += 1,
                            _ => {}
                        }
                    }
                    fields
                },
            );
            passes.into_iter().sum::<usize>()
        },
        driver: &|| {
            Scan::new(site!(), source(&text), (false,))
                .automaton(
                    [false, true],
                    |carried| carried.0,
                    |_, mut inside, piece| {
                        for c in piece {
                            if *c == b'"' {
                                inside = !inside;
                            }
                        }
                        inside
                    },
                    |inside, carried| carried.0 = inside,
                )
                .run(
                    (0,),
                    |(mut inside,), (mut fields,), piece| {
                        for c in piece {
                            match c {
                                b'"' => inside = !inside,
                                b',' | b'\n' if !inside => fields += 1,
                                _ => {}
                            }
                        }
                        ((inside,), (fields,))
                    },
                    |_| (0,),
                    |left, right| left.0 += right.0,
                )
                .1
                .0
        },
    }
    .table(pools, is_timed);
}

/// The last value only: what is written is memory's business, and the prefix sum's.
fn affine(n: usize, pools: &[ThreadPool; 2], is_timed: bool) {
    let xs: Vec<f64> = random(n).map(|x| (x % 1024) as f64).collect();
    let run = |mut v: f64, xs: &[f64]| {
        let mut best = 0.0;
        for x in xs {
            v = 0.75 * v + x;
            best = f64::max(best, v);
        }
        best
    };
    // Rounded to what all three agree on.
    let rounded = |best: f64| (best * 1e6).round();
    Loop {
        name: "affine tree 8 Mi f64",
        sequential: &|| rounded(run(0.0, &xs)),
        by_hand: &|| {
            let passes = two_passes(
                source(&xs),
                (1.0, 0.0),
                |piece| piece.into_iter().fold((1.0, 0.0), |(a, b), x| (a * 0.75, b * 0.75 + x)),
                |before: (f64, f64), piece| (1.0, before.1 * piece.0 + piece.1),
                |(_, mut v), piece| {
                    let mut best = 0.0;
                    for x in piece {
                        v = 0.75 * v + x;
                        best = f64::max(best, v);
                    }
                    best
                },
            );
            rounded(passes.into_iter().fold(0.0, f64::max))
        },
        driver: &|| {
            let (_, (best,)) = Scan::new(site!().tree(), source(&xs), (0.0f64,))
                .steps(
                    |carried, piece| {
                        let mut v = Affine::rounded(&carried.0);
                        for x in piece {
                            v.mul(0.75);
                            v.add(x);
                        }
                        v
                    },
                    |v, carried| v.apply(&mut carried.0),
                )
                .run(
                    (0.0,),
                    |(mut v,), (mut best,), piece| {
                        for x in piece {
                            v = 0.75 * v + x;
                            best = f64::max(best, v);
                        }
                        ((v,), (best,))
                    },
                    |_| (0.0,),
                    |left, right| left.0 = f64::max(left.0, right.0),
                );
            rounded(best)
        },
    }
    .table(pools, is_timed);
}

/// What a summary costs in relation to the loop, on one thread: what decides how much a second one can win.
fn steps() {
    const N: usize = 1 << 15;
    let us: Vec<u64> = random(N).collect();
    let is: Vec<i64> = us.iter().map(|x| (x % 1000) as i64 - 500).collect();
    let narrow: Vec<i32> = is.iter().map(|x| *x as i32).collect();
    let fs: Vec<f64> = us.iter().map(|x| *x as f64).collect();
    let mut out = vec![0; N];
    println!(
        "{:<22} {:>9} {:>9} {:>6} {:>22}",
        "step", "loop", "summary", "ratio", "two threads at best"
    );
    let show = |name: &str, leaf: &mut dyn FnMut(), look: &mut dyn FnMut()| {
        let of = |f: &mut dyn FnMut()| least((0..400).map(|_| nanoseconds(&mut *f))) / N as f64;
        let (leaf, look) = (of(leaf), of(look));
        let ratio = look / leaf;
        println!(
            "{name:<22} {leaf:>6.2} ns {look:>6.2} ns {ratio:>6.2} {:>22.2}",
            1.0 + 1.0 / (1.0 + ratio)
        );
    };
    macro_rules! show {
        ($name:literal, $xs:expr, $x:ident; $v:ident = $start:expr; $leaf:expr; $step:ident = $of:expr; $update:expr) => {
            show(
                $name,
                &mut || {
                    let mut $v = $start;
                    for ($x, out) in $xs.iter().zip(&mut out) {
                        $leaf;
                        *out = $v as u64;
                    }
                    black_box(&mut out);
                },
                &mut || {
                    let mut $step = $of;
                    for $x in $xs.iter() {
                        $update;
                    }
                    black_box($step);
                },
            );
        };
    }
    show!("Shift u64", us, x; v = 0u64; v += x; v = Shift::of(&0u64); v.add(x));
    show!("Shift f64", fs, x; v = 0f64; v += x; v = Shift::rounded(&0f64); v.add(x));
    show!("Affine u64", us, x; v = 0u64; v = v.wrapping_mul(31).wrapping_add(*x); v = Affine::of(&0u64); {
        v.mul(31);
        v.add(x);
    });
    show!("Affine f64", fs, x; v = 0f64; v = 0.75 * v + x; v = Affine::rounded(&0f64); {
        v.mul(0.75);
        v.add(x);
    });
    show!("Clamp i64", is, x; v = 0i64; v = (v + x).max(0); v = Clamp::of(&0i64); {
        v.add(x);
        v.max(0);
    });
    show!("Clamp i32", narrow, x; v = 0i32; v = (v + x).max(0); v = Clamp::of(&0i32); {
        v.add(x);
        v.max(0);
    });
    show!("Clamp::order f64", fs, x; v = 0f64; v = v.max(*x); v = Clamp::order(&0f64); v.max(x));
    show!("Bits u64", us, x; v = 0u64; v = v << 1 | (x & 1); v = Bits::of(&0u64); {
        v.shl(1);
        v.or(x & 1);
    });
    show!("Modular u64", us, x; v = 0u64; v = (v * 31 + x) % 1_000_000_007; v = Modular::of(&0u64); {
        v.mul(31);
        v.add(x);
        v.rem(1_000_000_007);
    });
}

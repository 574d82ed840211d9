//! Loops that write: rows of the Mandelbrot set, forces of bodies on each other, `y += a x`, one step of Jacobi's method.

use divvy::par_for;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, floats};
use crate::case::{Case, Shared, reusing};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "mandelbrot",
        kind: Kind::Loop,
        small: 4,
        sizes: &[4, 16, 60, 300],
        case: mandelbrot::case,
    },
    Kernel {
        name: "n-body",
        kind: Kind::Loop,
        small: 4,
        sizes: &[4, 30, 200, 1_500],
        case: bodies::case,
    },
    Kernel {
        name: "saxpy",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 1_000_000, 5_000_000],
        case: saxpy::case,
    },
    Kernel {
        name: "jacobi",
        kind: Kind::Loop,
        small: 4,
        sizes: &[4, 30, 200, 1_000, 2_000],
        case: jacobi::case,
    },
];

mod mandelbrot {
    use super::*;

    fn escape(re: f64, im: f64) -> u32 {
        let (mut x, mut y, mut steps) = (0.0, 0.0, 0);
        while x * x + y * y <= 4.0 && steps < 200 {
            (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
            steps += 1;
        }
        steps
    }

    fn pixel(x: usize, y: usize, side: usize) -> u32 {
        let side = side as f64;
        escape(x as f64 / side * 3.0 - 2.0, y as f64 / side * 2.0 - 1.0)
    }

    twins! {
        loops #[par_for]
        fn draw(out: &mut [u32], side: usize) {
            for (y, row) in out.chunks_mut(side).enumerate() {
                for (x, out) in row.iter_mut().enumerate() {
                    *out = pixel(x, y, side);
                }
            }
        }
    }

    fn by_hand(out: &mut [u32], side: usize, rows: usize) {
        if side <= rows {
            return plain::draw(out, side);
        }
        out.par_chunks_mut(side)
            .with_min_len(rows)
            .enumerate()
            .for_each(|(y, row)| {
                for (x, out) in row.iter_mut().enumerate() {
                    *out = pixel(x, y, side);
                }
            });
    }

    pub(super) fn case(side: usize) -> Case {
        let rows = if side < 60 { side } else { 1 };
        reusing(format!("{side} x {side}"), vec![0; side * side])
            .plain(move |out| plain::draw(out, side))
            .divvy(move |out| parallel::draw(out, side))
            .by_hand(rows, &[1, 2, 4, 8, 16], move |out, rows| by_hand(out, side, rows))
            .orx(move |out, threads| {
                let rows: Vec<&mut [u32]> = out.chunks_mut(side).collect();
                rows.into_par().num_threads(threads).enumerate().for_each(|(y, row)| {
                    for (x, out) in row.iter_mut().enumerate() {
                        *out = pixel(x, y, side);
                    }
                });
            })
            .c("mandelbrot", side, move |out, ()| f64::from(out[out.len() / 2]))
            .done()
    }
}

mod bodies {
    use super::*;

    fn force(bodies: &[[f64; 3]], i: usize) -> [f64; 3] {
        let at = bodies[i];
        let mut force = [0.0; 3];
        for body in bodies {
            let way = [body[0] - at[0], body[1] - at[1], body[2] - at[2]];
            let square = way[0] * way[0] + way[1] * way[1] + way[2] * way[2] + 1e-9;
            let scale = 1.0 / (square * square.sqrt());
            for (force, way) in force.iter_mut().zip(way) {
                *force += way * scale;
            }
        }
        force
    }

    twins! {
        loops #[par_for]
        fn forces(out: &mut [[f64; 3]], bodies: &[[f64; 3]]) {
            for (i, out) in out.iter_mut().enumerate() {
                *out = force(bodies, i);
            }
        }
    }

    fn by_hand(out: &mut [[f64; 3]], bodies: &[[f64; 3]], least: usize) {
        if bodies.len() <= least {
            return plain::forces(out, bodies);
        }
        let out = out.par_iter_mut().with_min_len(least);
        out.enumerate().for_each(|(i, out)| *out = force(bodies, i));
    }

    pub(super) fn case(n: usize) -> Case {
        let bodies: Vec<[f64; 3]> = floats(3 * n).chunks(3).map(|c| [c[0], c[1], c[2]]).collect();
        let least = if n < 200 { n } else { 16 };
        reusing(format!("{n} bodies"), (vec![[0.0; 3]; n], Shared::new(bodies)))
            .plain(|(out, bodies)| plain::forces(out, bodies))
            .divvy(|(out, bodies)| parallel::forces(out, bodies))
            .by_hand(least, &[1, 4, 16, 64, 256], |(out, bodies), least| {
                by_hand(out, bodies, least)
            })
            .orx(|(out, bodies), threads| {
                let bodies: &[[f64; 3]] = bodies;
                out.par_mut()
                    .num_threads(threads)
                    .enumerate()
                    .for_each(|(i, out)| *out = force(bodies, i));
            })
            .done()
    }
}

mod saxpy {
    use super::*;

    twins! {
        loops #[par_for]
        fn add(y: &mut [f64], a: f64, x: &[f64]) {
            for i in 0..x.len() {
                y[i] += a * x[i];
            }
        }
    }

    fn by_hand(y: &mut [f64], a: f64, x: &[f64], cutoff: usize) {
        if x.len() <= cutoff {
            return plain::add(y, a, x);
        }
        let pieces = y.par_chunks_mut(cutoff).zip(x.par_chunks(cutoff));
        pieces.for_each(|(y, x)| plain::add(y, a, x));
    }

    pub(super) fn case(n: usize) -> Case {
        reusing(format!("{n} f64"), (floats(n), Shared::new(floats(n))))
            .plain(|(y, x)| plain::add(y, 0.5, x))
            .divvy(|(y, x)| parallel::add(y, 0.5, x))
            .by_hand(1 << 17, &[1 << 13, 1 << 15, 1 << 17, 1 << 19], |(y, x), cutoff| {
                by_hand(y, 0.5, x, cutoff)
            })
            .orx(|(y, x), threads| {
                let x: &[f64] = x;
                y.par_mut()
                    .num_threads(threads)
                    .enumerate()
                    .for_each(|(i, y)| *y += 0.5 * x[i]);
            })
            .done()
    }
}

mod jacobi {
    use super::*;

    twins! {
        loops #[par_for]
        fn step(out: &mut [f64], heat: &[f64], side: usize) {
            for y in 1..side - 1 {
                for x in 1..side - 1 {
                    let at = y * side + x;
                    out[y * side + x] = 0.25 * (heat[at - 1] + heat[at + 1] + heat[at - side] + heat[at + side]);
                }
            }
        }
    }

    fn by_hand(out: &mut [f64], heat: &[f64], side: usize, rows: usize) {
        if side <= rows {
            return plain::step(out, heat, side);
        }
        let inner = out[side..(side - 1) * side].par_chunks_mut(side).with_min_len(rows);
        inner
            .zip(heat.par_windows(3 * side).step_by(side))
            .for_each(|(out, heat)| {
                let (above, rest) = heat.split_at(side);
                let (here, below) = rest.split_at(side);
                for x in 1..side - 1 {
                    out[x] = 0.25 * (here[x - 1] + here[x + 1] + above[x] + below[x]);
                }
            });
    }

    pub(super) fn case(side: usize) -> Case {
        let rows = if side < 200 { side } else { 32 };
        reusing(
            format!("{side} x {side}"),
            (vec![0.0; side * side], Shared::new(floats(side * side))),
        )
        .plain(move |(out, heat)| plain::step(out, heat, side))
        .divvy(move |(out, heat)| parallel::step(out, heat, side))
        .by_hand(rows, &[4, 16, 32, 64, 256], move |(out, heat), rows| {
            by_hand(out, heat, side, rows)
        })
        .done()
    }
}

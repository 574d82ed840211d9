use divvy::{par_for, par_reduce};
use std::fs::File;
use std::io::Write;

macro_rules! warn {
    ($($argument:tt)*) => {
        eprintln!($($argument)*)
    };
}

#[par_reduce]
fn logged(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        match x {
            0 => warn!("a zero"),
            x => sum += x,
        }
    }
    sum
}

#[par_reduce]
fn through_a_closure(xs: &[u64]) -> u64 {
    let show = |x: &u64| println!("{x}");
    let mut sum = 0;
    for x in xs {
        show(x);
        sum += x;
    }
    sum
}

#[par_for]
fn through_a_function(xs: &mut [u64]) {
    fn show(x: u64) {
        println!("{x}");
    }
    for x in xs {
        *x += 1;
        show(*x);
    }
}

#[par_reduce]
fn to_a_file(xs: &[u64], mut file: &File, log: &File) -> u64 {
    file.write_all(b"sum\n").unwrap();
    let mut sum = 0;
    for x in xs {
        (&*log).write_all(&x.to_le_bytes()).unwrap();
        writeln!(std::io::stdout(), "{x}").unwrap();
        sum += x;
    }
    sum
}

#[par_reduce]
fn until_the_end(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        if *x == 0 {
            std::process::exit(3);
        }
        sum += x;
    }
    sum
}

fn main() {}

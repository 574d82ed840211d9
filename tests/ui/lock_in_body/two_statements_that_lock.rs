use std::sync::Mutex;

use divvy::par_join;

#[par_join]
fn log(xs: &[u32], ys: &[u32], lines: &Mutex<Vec<u32>>) {
    for x in xs {
        lines.lock().unwrap().push(*x);
    }
    for y in ys {
        lines.lock().unwrap().push(*y);
    }
}

fn main() {
    log(&[1], &[2], &Mutex::default());
}

use divvy::par_divide;

#[par_divide]
fn area(f: impl Fn(f64) -> f64 + Copy, from: f64, to: f64) -> f64 {
    if to - from <= 1.0 {
        return f((from + to) / 2.0) * (to - from);
    }
    let middle = (from + to) / 2.0;
    area(f, from, middle) + area(f, middle, to)
}

fn main() {}

//! Functions as users write them, and as they write them by hand in rayon.

/// An attribute, the function, and the function by hand; `NAME` is its name.
pub(crate) const FUNCTIONS: [(&str, &str, &str); 10] = [
    (
        "par_reduce",
        "pub fn NAME(xs: &[u64]) -> u64 {
            let mut sum = 0;
            for x in xs { sum += x * x; }
            sum
        }",
        "pub fn NAME(xs: &[u64]) -> u64 {
            xs.par_iter().map(|x| x * x).sum()
        }",
    ),
    (
        "par_reduce",
        "pub fn NAME(bytes: &[u8]) -> [u64; 256] {
            let mut counts = [0; 256];
            for byte in bytes { counts[*byte as usize] += 1; }
            counts
        }",
        "pub fn NAME(bytes: &[u8]) -> [u64; 256] {
            bytes
                .par_iter()
                .fold(|| [0; 256], |mut counts, byte| { counts[*byte as usize] += 1; counts })
                .reduce(|| [0; 256], |mut left, right| {
                    for (l, r) in left.iter_mut().zip(right) { *l += r; }
                    left
                })
        }",
    ),
    (
        "par_reduce",
        "pub fn NAME(xs: &[i64]) -> (usize, i64) {
            let (mut at, mut largest) = (0, i64::MIN);
            for (i, &x) in xs.iter().enumerate() {
                if x > largest { largest = x; at = i; }
            }
            (at, largest)
        }",
        "pub fn NAME(xs: &[i64]) -> (usize, i64) {
            xs.par_iter()
                .enumerate()
                .map(|(i, x)| (i, *x))
                .reduce(|| (0, i64::MIN), |left, right| if right.1 > left.1 { right } else { left })
        }",
    ),
    (
        "par_reduce",
        "pub fn NAME(xs: &[u64]) -> Vec<u64> {
            let mut out = Vec::new();
            for x in xs {
                if x % 3 == 0 { out.push(x / 3); }
            }
            out
        }",
        "pub fn NAME(xs: &[u64]) -> Vec<u64> {
            xs.par_iter().filter(|x| **x % 3 == 0).map(|x| x / 3).collect()
        }",
    ),
    (
        "par_reduce",
        "pub fn NAME<'a>(words: &[&'a str]) -> HashMap<&'a str, u64> {
            let mut counts = HashMap::new();
            for word in words { *counts.entry(*word).or_insert(0) += 1; }
            counts
        }",
        "pub fn NAME<'a>(words: &[&'a str]) -> HashMap<&'a str, u64> {
            words
                .par_iter()
                .fold(HashMap::new, |mut counts, word| { *counts.entry(*word).or_insert(0) += 1; counts })
                .reduce(HashMap::new, |mut left, right| {
                    for (word, count) in right { *left.entry(word).or_insert(0) += count; }
                    left
                })
        }",
    ),
    (
        "par_reduce",
        "pub fn NAME(texts: &[String]) -> Result<u64, std::num::ParseIntError> {
            let mut sum = 0;
            for text in texts { sum += text.parse::<u64>()?; }
            Ok(sum)
        }",
        "pub fn NAME(texts: &[String]) -> Result<u64, std::num::ParseIntError> {
            texts.par_iter().map(|text| text.parse::<u64>()).try_reduce(|| 0, |left, right| Ok(left + right))
        }",
    ),
    (
        "par_for",
        "pub fn NAME(y: &mut [f64], a: f64, x: &[f64]) {
            for i in 0..x.len() { y[i] += a * x[i]; }
        }",
        "pub fn NAME(y: &mut [f64], a: f64, x: &[f64]) {
            y.par_iter_mut().zip(x).for_each(|(y, x)| *y += a * x);
        }",
    ),
    (
        "par_for",
        "pub fn NAME(out: &mut [f64], heat: &[f64], side: usize) {
            for y in 1..side - 1 {
                for x in 1..side - 1 {
                    let at = y * side + x;
                    out[y * side + x] = 0.25 * (heat[at - 1] + heat[at + 1] + heat[at - side] + heat[at + side]);
                }
            }
        }",
        "pub fn NAME(out: &mut [f64], heat: &[f64], side: usize) {
            out.par_chunks_mut(side).enumerate().skip(1).take(side - 2).for_each(|(y, out)| {
                for x in 1..side - 1 {
                    let at = y * side + x;
                    out[x] = 0.25 * (heat[at - 1] + heat[at + 1] + heat[at - side] + heat[at + side]);
                }
            });
        }",
    ),
    (
        "par_divide",
        "pub fn NAME(n: u32) -> u64 {
            if n < 2 { return u64::from(n); }
            NAME(n - 1) + NAME(n - 2)
        }",
        "pub fn NAME(n: u32) -> u64 {
            if n < 2 { return u64::from(n); }
            if n < 20 { return NAME(n - 1) + NAME(n - 2); }
            let (a, b) = rayon::join(|| NAME(n - 1), || NAME(n - 2));
            a + b
        }",
    ),
    (
        "par_divide",
        "pub fn NAME(v: &mut [u32]) {
            if v.len() < 2 { return; }
            let middle = v.len() / 2;
            let (left, right) = v.split_at_mut(middle);
            NAME(left);
            NAME(right);
            merge(v, middle);
        }",
        "pub fn NAME(v: &mut [u32]) {
            if v.len() < 2 { return; }
            let middle = v.len() / 2;
            let (left, right) = v.split_at_mut(middle);
            if left.len() < 4096 {
                NAME(left);
                NAME(right);
            } else {
                rayon::join(|| NAME(left), || NAME(right));
            }
            merge(v, middle);
        }",
    ),
];

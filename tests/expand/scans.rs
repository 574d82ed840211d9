use divvy::par_scan;

#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    Out,
    In,
}

#[par_scan]
fn offsets(lengths: &[u32], starts: &mut Vec<usize>) -> usize {
    let mut total = 0;
    for &length in lengths {
        starts.push(total);
        total += length as usize;
    }
    total
}

#[par_scan]
fn commas(text: &[u8], separates: &mut [bool]) {
    let mut state = Quotes::Out;
    for i in 0..text.len() {
        state = match (state, text[i]) {
            (Quotes::Out, b'"') => Quotes::In,
            (Quotes::In, b'"') => Quotes::Out,
            _ => state,
        };
        separates[i] = state == Quotes::Out && text[i] == b',';
    }
}

#[par_scan(float = tree)]
fn smooth(samples: &mut [f64], alpha: f64) {
    let mut level = 0.0;
    for sample in samples.iter_mut() {
        level = (1.0 - alpha) * level + alpha * *sample;
        *sample = level;
    }
}

#[par_scan]
fn cumulate(days: &mut [u64], fee: u64) {
    for i in 1..days.len() {
        days[i] += days[i - 1] + fee;
    }
}

#[par_scan]
fn prefix(xs: &[u64]) -> Vec<u64> {
    let mut sums = vec![0];
    for x in xs {
        sums.push(sums.last().unwrap() + x);
    }
    sums
}

#[test]
fn same_answer() {
    let mut days = [1, 2, 3];
    cumulate(&mut days, 1);
    assert_eq!(days, [1, 4, 8]);
    let mut starts = Vec::new();
    assert_eq!(offsets(&[3, 0, 4], &mut starts), 7);
    assert_eq!(starts, [0, 3, 3]);
    let mut separates = [false; 7];
    commas(b"a,\",\",,", &mut separates);
    assert_eq!(separates, [false, true, false, false, false, true, true]);
    let mut samples = [1.0, 1.0];
    smooth(&mut samples, 0.5);
    assert_eq!(samples, [0.5, 0.75]);
    assert_eq!(prefix(&[1, 2, 3]), [0, 1, 3, 6]);
}

use divvy::par_reduce;

#[par_reduce]
fn gains(changes: &[i64]) -> (i64, usize) {
    let (mut here, mut best) = (0, 0);
    let (mut streak, mut longest) = (0usize, 0);
    for &x in changes {
        let next = here + x;
        here = std::cmp::max(next, 0);
        best = best.max(here);
        if x > 0 {
            streak += 1;
        } else {
            streak = 0;
        }
        longest = longest.max(streak);
    }
    (best, longest)
}

#[par_reduce]
fn longest_run(xs: &[u32]) -> usize {
    let (mut previous, mut run, mut longest) = (None, 0usize, 0);
    for &x in xs {
        if previous == Some(x) {
            run += 1;
        } else {
            run = 1;
        }
        previous = Some(x);
        longest = longest.max(run);
    }
    longest
}

#[par_reduce]
fn deepest(text: &str) -> Option<i32> {
    let (mut depth, mut deepest) = (0i32, 0);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
        deepest = deepest.max(depth);
    }
    (depth == 0).then_some(deepest)
}

#[test]
fn same_answer() {
    assert_eq!(gains(&[3, -5, 2, 4, -1, 2]), (7, 2));
    assert_eq!(longest_run(&[1, 1, 2, 2, 2, 1]), 3);
    assert_eq!(deepest("(()(()))"), Some(3));
    assert_eq!(deepest("())("), None);
}

use divvy::par_divide;

/// # Safety
/// `xs` points to `n` numbers.
#[par_divide]
unsafe fn sum(xs: *const u64, n: usize) -> u64 {
    match n {
        0 => 0,
        1 => unsafe { *xs },
        _ => unsafe { sum(xs, n / 2) + sum(xs.add(n / 2), n - n / 2) },
    }
}

fn main() {
    assert_eq!(unsafe { sum([1, 2].as_ptr(), 2) }, 3);
}

use divvy::par_test;

#[par_test]
fn sums(xs: &[i64]) {
    assert_eq!(xs.iter().sum::<i64>(), 0);
}

#[par_test(threads = [1], sedes = 3)]
fn generic<T: Default>() {
    let _ = T::default();
}

#[par_test]
struct Test;

fn main() {}

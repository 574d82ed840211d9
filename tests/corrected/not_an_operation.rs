use divvy::{associative, par_reduce};

#[associative(identity = Vec::new())]
fn absorbed(mut a: Vec<u8>, mut b: Vec<u8>) -> Vec<u8> {
    a.append(&mut b);
    a
}

#[par_reduce(reduce(all: absorbed))]
fn flat(rows: &[Vec<u8>]) -> Vec<u8> {
    let mut all = Vec::new();
    for row in rows {
        all = absorbed(all, row.clone());
    }
    all
}

#[test]
fn two_values_become_one() {
    assert_eq!(flat(&[vec![1, 2], vec![], vec![3]]), [1, 2, 3]);
}

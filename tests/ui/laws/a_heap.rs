use divvy::par_reduce;


use std::collections::BinaryHeap;

#[par_reduce]
fn heap(xs: &[u32]) -> BinaryHeap<u32> {
    let mut heap = BinaryHeap::new();
    for &x in xs {
        heap.push(x);
    }
    heap
}

fn main() {}

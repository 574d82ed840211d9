use std::cell::RefCell;
use std::rc::Rc;

use divvy::{par_divide, par_join};

struct Node {
    value: u64,
    left: Option<Rc<RefCell<Node>>>,
    right: Option<Rc<RefCell<Node>>>,
}

#[par_divide]
fn sum(node: Option<Rc<RefCell<Node>>>) -> u64 {
    match node {
        None => 0,
        Some(node) => {
            let node = node.borrow();
            node.value + sum(node.left.clone()) + sum(node.right.clone())
        }
    }
}

#[par_divide]
fn build(depth: u32) -> Rc<RefCell<Node>> {
    if depth == 0 {
        return Rc::new(RefCell::new(Node { value: 1, left: None, right: None }));
    }
    let left = build(depth - 1);
    let right = build(depth - 1);
    Rc::new(RefCell::new(Node { value: 1, left: Some(left), right: Some(right) }))
}

fn total(values: &[u64]) -> u64 {
    values.iter().sum()
}

#[par_join]
fn both(values: &Rc<Vec<u64>>) -> u64 {
    let first = total(&values[..1]);
    let rest = total(&values[1..]);
    first * rest
}

fn main() {}

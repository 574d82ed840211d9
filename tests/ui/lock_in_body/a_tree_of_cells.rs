use std::cell::RefCell;
use std::rc::Rc;

use divvy::par_divide;

struct Node {
    value: u64,
    left: Option<Rc<RefCell<Node>>>,
    right: Option<Rc<RefCell<Node>>>,
}

#[par_divide]
fn doubled(node: &Option<Rc<RefCell<Node>>>) -> u64 {
    let Some(node) = node else { return 0 };
    node.borrow_mut().value *= 2;
    let left = doubled(&node.borrow().left);
    let right = doubled(&node.borrow().right);
    left + right + 1
}

fn main() {}

use std::cell::RefCell;
use std::rc::Rc;

use divvy::par_divide;

struct Node {
    key: u32,
    left: Option<Rc<RefCell<Node>>>,
    right: Option<Rc<RefCell<Node>>>,
}

#[par_divide]
fn has(node: &Option<Rc<RefCell<Node>>>, key: u32) -> bool {
    let Some(node) = node else { return false };
    let node = node.borrow();
    node.key == key || has(&node.left, key) || has(&node.right, key)
}

#[par_divide]
fn all(keys: &[u32]) -> Vec<Option<Rc<RefCell<Node>>>> {
    let mut found = vec![];
    for (i, key) in keys.iter().enumerate() {
        for left in all(&keys[..i]) {
            found.push(Some(Rc::new(RefCell::new(Node { key: *key, left, right: None }))));
        }
    }
    found
}

fn main() {}

//! Methods of types with a `Cell` or an `Rc` in a field, and functions of them: threads can't share these.

use std::cell::Cell;
use std::rc::Rc;

use divvy::par_divide;

struct Node {
    visits: Cell<u32>,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

impl Node {
    #[par_divide]
    fn size(&self) -> u32 {
        self.visits.set(self.visits.get() + 1);
        1 + self.left.as_ref().map_or(0, |n| n.size()) + self.right.as_ref().map_or(0, |n| n.size())
    }
}

enum Tree {
    Leaf(Rc<u32>),
    Inner(Box<Tree>, Box<Tree>),
}

impl Tree {
    #[par_divide]
    fn sum(&self) -> u32 {
        match self {
            Tree::Leaf(value) => **value,
            Tree::Inner(left, right) => left.sum() + right.sum(),
        }
    }
}

#[par_divide]
fn depth(tree: &Tree) -> u32 {
    match tree {
        Tree::Leaf(_) => 0,
        Tree::Inner(left, right) => 1 + depth(left).max(depth(right)),
    }
}

struct Folder {
    size: Cell<u64>,
    folders: Vec<Folder>,
}

impl Folder {
    #[par_divide]
    fn total(&self) -> u64 {
        self.size.get() + self.folders.iter().map(|folder| folder.total()).sum::<u64>()
    }

    #[par_divide]
    fn largest(&self) -> u64 {
        let mut largest = self.size.get();
        for folder in &self.folders {
            largest = largest.max(folder.largest());
        }
        largest
    }
}

trait Shape {
    fn area(&self) -> u64;
}

#[par_divide]
fn area(shapes: &[Box<dyn Shape>]) -> u64 {
    match shapes {
        [] => 0,
        [shape] => shape.area(),
        _ => {
            let (left, right) = shapes.split_at(shapes.len() / 2);
            area(left) + area(right)
        }
    }
}

fn main() {
    let leaf = || Tree::Leaf(Rc::new(1));
    let tree = Tree::Inner(Box::new(leaf()), Box::new(leaf()));
    tree.sum();
    depth(&tree);
    Node { visits: Cell::new(0), left: None, right: None }.size();
    let folder = Folder { size: Cell::new(0), folders: vec![] };
    folder.total();
    folder.largest();
    area(&[]);
}

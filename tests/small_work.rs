//! Recursions on small inputs never touch the pool.
//!
//! They run in processes of their own, where nothing else can create a pool. What is small is measured, so a process that
//! is kept waiting in the middle of a measurement may take small work for large: one of several has to see none.

#![cfg(target_os = "linux")]

use std::process::Command;

use divvy::par_divide;

const CHILD: &str = "DIVVY_TEST_SMALL_WORK";

#[par_divide]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}

#[par_divide]
fn sort(v: &mut [u32]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    sort(left);
    sort(right);
    v.sort();
}

#[par_divide]
fn quick(v: &mut [u32]) {
    if v.len() < 2 {
        return;
    }
    v.select_nth_unstable(v.len() / 2);
    let middle = v.len() / 2;
    quick(&mut v[..middle]);
    quick(&mut v[middle + 1..]);
}

struct Tree {
    value: u64,
    children: Option<Box<[Tree; 2]>>,
}

impl Tree {
    fn of(levels: u32) -> Tree {
        Tree {
            value: u64::from(levels),
            children: (levels > 0).then(|| Box::new([Tree::of(levels - 1), Tree::of(levels - 1)])),
        }
    }

    #[par_divide]
    fn nodes(&self) -> u64 {
        match &self.children {
            None => 1,
            Some(pair) => 1 + pair[0].nodes() + pair[1].nodes(),
        }
    }

    #[par_divide]
    fn raise(&mut self, by: u64) {
        self.value += by;
        if let Some([left, right]) = self.children.as_deref_mut() {
            left.raise(by + 1);
            right.raise(by);
        }
    }
}

struct Folder {
    size: u64,
    folders: Vec<Folder>,
}

impl Folder {
    fn of(levels: u64) -> Folder {
        Folder {
            size: levels,
            folders: (0..levels).map(Folder::of).collect(),
        }
    }

    #[par_divide]
    fn total(&self) -> u64 {
        let mut total = self.size;
        for folder in &self.folders {
            total += folder.total();
        }
        total
    }
}

#[par_divide]
fn has(folder: &Folder, size: u64) -> bool {
    folder.size == size || folder.folders.iter().any(|inner| has(inner, size))
}

#[par_divide(private(chosen))]
fn ways(chosen: &mut Vec<u32>, left: u32) -> usize {
    let mut all = usize::from(left == 0);
    for next in 1..=left {
        chosen.push(next);
        all += ways(chosen, left - next);
        chosen.pop();
    }
    all
}

fn small_work() {
    let threads = || {
        let list = std::fs::read_dir("/proc/self/task").expect("the list of threads");
        list.count()
    };
    let before = threads();
    for _ in 0..200 {
        assert_eq!(fib(8), 21);
        let mut tree = Tree::of(3);
        assert_eq!(tree.nodes(), 15);
        tree.raise(2);
        assert_eq!(tree.value, 5);
        let folder = Folder::of(4);
        assert_eq!(folder.total(), 15);
        assert!(has(&folder, 1) && !has(&folder, 9));
        for by in [sort, quick] {
            let mut v = [7, 3, 9, 1, 8, 2, 11, 5, 4, 10, 6, 0];
            by(&mut v);
            assert!(v.is_sorted());
        }
        assert_eq!(ways(&mut vec![], 4), 8);
    }
    assert_eq!(threads(), before);
}

#[test]
fn small_recursions_create_no_thread() {
    if std::env::var_os(CHILD).is_some() {
        return small_work();
    }
    let quiet = |_| {
        let itself = std::env::current_exe().expect("the path of this test");
        let mut child = Command::new(itself);
        child
            .args(["--exact", "small_recursions_create_no_thread", "--test-threads=1"])
            .env(CHILD, "1");
        child.output().expect("the test runs").status.success()
    };
    assert!((0..30).any(quiet), "every process created a thread for small work");
}

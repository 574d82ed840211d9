use divvy::par_divide;

#[par_divide(threshold = 4)]
fn merge_sort<T: Ord + Copy + Send>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let mid = v.len() / 2;
    let (left, right) = v.split_at_mut(mid);
    merge_sort(left);
    merge_sort(right);
    v.sort();
}

#[par_divide]
fn tak(x: i32, y: i32, z: i32) -> i32 {
    if y >= x {
        z
    } else {
        tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
    }
}

struct Tree {
    value: u64,
    children: [Option<Box<Tree>>; 2],
}

impl Tree {
    #[par_divide]
    fn sum(&self, limit: u64) -> Result<u64, u64> {
        if self.value > limit {
            return Err(self.value);
        }
        let left = self.children[0].as_ref().map_or(Ok(0), |tree| tree.sum(limit))?;
        let right = self.children[1].as_ref().map_or(Ok(0), |tree| tree.sum(limit))?;
        Ok(self.value + left + right)
    }
}

#[test]
fn same_answer() {
    let mut v = [5, 3, 9, 1, 1, 8, 7];
    merge_sort(&mut v);
    assert_eq!(v, [1, 1, 3, 5, 7, 8, 9]);
    assert_eq!(tak(6, 4, 2), 3);
    let leaf = |value| {
        Some(Box::new(Tree {
            value,
            children: [None, None],
        }))
    };
    let tree = Tree {
        value: 1,
        children: [leaf(20), leaf(30)],
    };
    assert_eq!((tree.sum(100), tree.sum(25), tree.sum(5)), (Ok(51), Err(30), Err(20)));
}

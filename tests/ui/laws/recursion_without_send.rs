use divvy::par_divide;


#[par_divide(threshold = 64)]
fn sort<Item: Ord>(items: &mut [Item]) {
    let n = items.len();
    if n > 1 {
        let (left, right) = items.split_at_mut(n / 2);
        sort(left);
        sort(right);
        items.rotate_left(1);
    }
}

fn main() {}

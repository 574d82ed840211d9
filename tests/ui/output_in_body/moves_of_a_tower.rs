use divvy::par_divide;


#[par_divide]
fn hanoi(disks: u32, from: &str, to: &str, spare: &str) {
    if disks > 0 {
        hanoi(disks - 1, from, spare, to);
        println!("{disks}: {from} -> {to}");
        hanoi(disks - 1, spare, to, from);
    }
}

fn main() {}

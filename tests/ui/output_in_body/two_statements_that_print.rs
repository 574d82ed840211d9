use divvy::par_join;

#[par_join]
fn show(names: &[&str], prices: &[u32]) {
    for name in names {
        println!("{name}");
    }
    for price in prices {
        println!("{price}");
    }
}

fn main() {
    show(&["tea"], &[3]);
}

use divvy::par_join;

fn load(name: &str) -> Vec<u32> {
    name.bytes().map(u32::from).collect()
}

fn scaled(xs: &[u32], by: u32) -> Vec<u32> {
    xs.iter().map(|x| x * by).collect()
}

#[par_join]
fn scores(names: &[&str], mut level: u32) -> Vec<u32> {
    let mut all = load(names[0]);
    level += 1;
    let more = scaled(&[1, 2], level);
    all.extend(more);
    all
}

fn main() {
    scores(&["a"], 1);
}

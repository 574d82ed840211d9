use divvy::par_reduce;

#[par_reduce]
fn total(words: &[&str]) -> Option<u64> {
    let mut sum = 0;
    for word in words {
        sum += word.parse::<u64>()?;
    }
    Some(sum)
}

fn main() {}

use divvy::par_join;

fn digits(n: u32) -> Vec<char> {
    n.to_string().chars().collect()
}

#[par_join]
fn times(pattern: &[char]) -> u32 {
    let mut found = 0;
    for hour in 0..24 {
        let hour = digits(hour);
        if hour[0] != pattern[0] {
            continue;
        }
        for minute in 0..60 {
            found += u32::from(digits(minute)[0] == pattern[1]);
        }
    }
    found
}

fn main() {}

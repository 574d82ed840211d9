use divvy::par_reduce;

#[par_reduce]
fn digits(text: &str) -> impl Iterator<Item = u32> + use<> {
    let mut digits = Vec::new();
    for c in text.chars() {
        if c == '.' {
            return digits.into_iter();
        }
        digits.extend(c.to_digit(10));
    }
    digits.into_iter()
}

fn main() {}

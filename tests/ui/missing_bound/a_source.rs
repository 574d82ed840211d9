use divvy::par_reduce;

#[par_reduce]
fn longest<T: AsRef<str>>(words: &[T]) -> usize {
    let mut longest = 0;
    for word in words {
        longest = longest.max(word.as_ref().len());
    }
    longest
}

fn main() {}

use std::task::Poll;

use divvy::par_reduce;

fn length(word: &str) -> Poll<Result<usize, String>> {
    Poll::Ready(Ok(word.len()))
}

#[par_reduce]
fn lengths(words: &[String]) -> Result<usize, String> {
    let mut sum = 0;
    for word in words {
        if let Poll::Ready(n) = length(word)? {
            sum += n;
        }
    }
    Ok(sum)
}

fn main() {}

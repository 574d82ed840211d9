use std::task::Poll;

use divvy::par_reduce;

#[par_reduce]
fn total(words: &[&str]) -> Option<u64> {
    let mut sum = 0;
    for word in words {
        sum += word.parse::<u64>().ok()?;
    }
    Some(sum)
}

fn length(word: &str) -> Poll<Result<usize, String>> {
    match word {
        "" => Poll::Ready(Err("empty".into())),
        _ => Poll::Ready(Ok(word.len())),
    }
}

#[par_reduce]
fn lengths(words: &[&str]) -> Result<usize, String> {
    let mut sum = 0;
    for word in words {
        match length(word) {
            Poll::Ready(Ok(n)) => sum += n,
            Poll::Ready(Err(error)) => return Err(error),
            Poll::Pending => {}
        }
    }
    Ok(sum)
}

#[test]
fn failures_that_fit() {
    assert_eq!((total(&["1", "2"]), total(&["1", "x"])), (Some(3), None));
    assert_eq!((lengths(&["ab"]), lengths(&["ab", ""])), (Ok(2), Err("empty".into())));
}

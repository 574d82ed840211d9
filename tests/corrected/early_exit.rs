use divvy::{par_for, par_reduce};

#[par_reduce]
fn end_of_text(from: &[u8]) -> usize {
    for (i, &b) in from.iter().enumerate() {
        if b == 0 {
            return i;
        }
    }
    from.len()
}

#[par_for]
fn copy(from: &[u8], to: &mut [u8]) {
    for i in 0..from.len() {
        to[i] = from[i];
    }
}

/// First where to stop, then the writes.
fn copy_text(from: &[u8], to: &mut [u8]) {
    copy(&from[..end_of_text(from)], to);
}

#[test]
fn what_lies_behind_the_end_is_not_written() {
    let mut to = *b"......";
    copy_text(b"ab\0cd", &mut to);
    assert_eq!(&to, b"ab....");
}

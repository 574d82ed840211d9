use divvy::{associative, par_reduce};

/// Two hashes of parts, the second one behind `.0` bytes: that is associative, one byte into a hash is not.
#[associative(identity = (1, 0))]
fn joined(a: (u32, u32), b: (u32, u32)) -> (u32, u32) {
    (a.0.wrapping_mul(b.0), a.1.wrapping_mul(b.0).wrapping_add(b.1))
}

#[par_reduce]
fn hash(bytes: &[u8]) -> u32 {
    let mut hash = (1, 0);
    for &byte in bytes {
        hash = joined(hash, (31, u32::from(byte)));
    }
    hash.1
}

#[test]
fn bytes_one_after_another() {
    let expected = b"divvy"
        .iter()
        .fold(0u32, |hash, &b| hash.wrapping_mul(31).wrapping_add(b.into()));
    assert_eq!(hash(b"divvy"), expected);
}

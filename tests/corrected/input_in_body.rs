use divvy::par_reduce;
use std::io::BufRead;

#[par_reduce]
fn total(input: impl BufRead + Send) -> u64 {
    let mut total = 0;
    for line in divvy::stream(input.lines()) {
        total += line.unwrap().trim().parse::<u64>().unwrap();
    }
    total
}

#[test]
fn lines_are_shared_out_as_they_come() {
    assert_eq!(total("1\n20\n300\n".as_bytes()), 321);
}

use divvy::par_for;

macro_rules! filler {
    ($name:ident, $out:ident, $i:ident) => {
        #[par_for]
        fn $name(xs: &[u64], $out: &mut [u64], $i: usize) {
            for (k, x) in xs.iter().enumerate() {
                $out[k] = *x + $i as u64;
            }
        }
    };
}

filler!(fill, out, i);

#[test]
fn names_of_their_own_are_told_apart() {
    let mut out = [0; 3];
    fill(&[5, 6, 7], &mut out, 10);
    assert_eq!(out, [15, 16, 17]);
}

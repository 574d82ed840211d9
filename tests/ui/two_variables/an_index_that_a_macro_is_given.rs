use divvy::par_for;

macro_rules! filler {
    ($name:ident, $out:ident, $i:ident) => {
        #[par_for]
        fn $name(xs: &[u64], $out: &mut [u64], $i: usize) {
            for (i, x) in xs.iter().enumerate() {
                $out[$i] = *x + i as u64;
            }
        }
    };
}

filler!(fill, out, i);

fn main() {}

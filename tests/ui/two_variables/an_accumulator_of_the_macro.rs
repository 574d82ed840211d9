use divvy::par_reduce;

macro_rules! total {
    ($name:ident, $pattern:pat, $term:expr) => {
        #[par_reduce]
        fn $name(xs: &[(u64, u64)]) -> u64 {
            let mut at = 0;
            for $pattern in xs {
                at += $term;
            }
            at
        }
    };
}

total!(total_of_products, (at, c), at * c);

fn main() {}

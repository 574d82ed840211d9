use divvy::par_reduce;

macro_rules! each {
    ($name:ident, $acc:ident, $update:stmt) => {
        #[par_reduce]
        fn $name(xs: &[(u64, u64)]) -> u64 {
            let mut $acc = 0;
            for (at, _) in xs {
                let _ = at;
                $update
            }
            $acc
        }
    };
}

each!(count, at, at += 1);

fn main() {}

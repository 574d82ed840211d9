use divvy::par_reduce;


#[par_reduce]
fn rounds(xs: &[Vec<u32>], limit: u32) -> u32 {
    let mut sum = 0;
    #[seq]
    'rounds: for row in xs {
        #[par]
        for x in row {
            if *x > limit {
                continue 'rounds;
            }
            sum += x;
        }
    }
    sum
}

fn main() {}

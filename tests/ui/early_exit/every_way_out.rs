use divvy::par_reduce;


#[par_reduce]
fn ways(xs: &[Option<u32>], limit: u32) -> Option<u32> {
    let mut sum = 0;
    'all: for x in xs {
        let x = (*x)?;
        for k in 0..x {
            if k == 7 {
                break 'all;
            }
            if k == 9 {
                break;
            }
        }
        if x == limit {
            break;
        }
        if x > limit {
            return Some(sum);
        }
        let find = |v: &[u32]| -> Option<u32> { Some(*v.first()? + 1) };
        sum += find(&[x]).unwrap_or(0);
    }
    Some(sum)
}

fn main() {}

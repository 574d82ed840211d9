use divvy::par_reduce;


#[par_reduce]
fn fill(sizes: &[u32], room: u32) -> u32 {
    let mut used = 0;
    for &size in sizes {
        if used + size <= room {
            used += size;
        }
    }
    used
}

fn main() {}

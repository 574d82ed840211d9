use divvy::par_reduce;

const NEXT: [[u8; 4]; 3] = [[0, 1, 2, 0], [1, 1, 2, 0], [0, 0, 2, 1]];

#[par_reduce]
pub fn accepted(classes: &[usize]) -> u32 {
    let mut state = 0u8;
    let mut count = 0;
    for &class in classes {
        state = NEXT[state as usize][class];
        if state == 2 {
            count += 1;
        }
    }
    count
}

fn main() {}

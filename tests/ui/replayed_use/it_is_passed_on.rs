use divvy::par_reduce;

fn draw(out: &mut Vec<u8>, ink: u8) {
    out.push(ink);
}

#[par_reduce(replay(out))]
fn paint(out: &mut Vec<u8>, inks: &[u8]) -> u32 {
    let mut total = 0;
    for ink in inks {
        draw(out, *ink);
        total += u32::from(*ink);
    }
    total
}

fn main() {}

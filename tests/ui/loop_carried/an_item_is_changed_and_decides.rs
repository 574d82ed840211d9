use divvy::par_scan;

#[par_scan]
fn blank(text: &mut [u8]) {
    let mut inside = false;
    for letter in text.iter_mut() {
        if inside {
            *letter = b' ';
        }
        if *letter == b'"' {
            inside = !inside;
        }
    }
}

fn main() {}

use divvy::par_scan;

#[par_scan]
fn offsets(lines: impl Iterator<Item = String> + Send) -> Vec<usize> {
    let mut offset = 0;
    let mut out = Vec::new();
    for line in divvy::stream(lines) {
        offset += line.len();
        out.push(offset);
    }
    out
}

fn main() {}

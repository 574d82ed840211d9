use divvy::par_for;


#[par_for]
fn last_visitor(cell: &[usize], seen_by: &mut [usize]) {
    for walker in 0..cell.len() {
        seen_by[cell[walker]] = walker;
    }
}

fn main() {}

use divvy::par_for;

#[par_for]
fn parse_into(words: &[&str], out: &mut [u32]) -> Result<(), std::num::ParseIntError> {
    for i in 0..words.len() {
        out[i] = words[i].parse()?;
    }
    Ok(())
}

struct Row<'a>(&'a mut [u32]);

#[par_for]
fn mark_rows(mut rows: Vec<Row>, limit: u32) -> Option<u32> {
    for row in rows.iter_mut() {
        if row.0[0] > limit {
            return None;
        }
        row.0[0] = limit;
    }
    Some(limit)
}

fn main() {}

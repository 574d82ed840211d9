use divvy::par_join;

fn fill(text: &str, out: &mut [u32]) -> Result<(), std::num::ParseIntError> {
    for (place, word) in out.iter_mut().zip(text.split(' ')) {
        *place = word.parse()?;
    }
    Ok(())
}

#[par_join]
fn read(a: &str, b: &str, xs: &mut [u32], ys: &mut [u32]) -> Result<(), std::num::ParseIntError> {
    fill(a, xs)?;
    fill(b, ys)?;
    Ok(())
}

fn main() {
    read("1", "2", &mut [0], &mut [0]).unwrap();
}

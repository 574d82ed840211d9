use divvy::par_reduce;

#[par_reduce]
fn swing(pushes: &[i64]) -> (i64, i64) {
    let mut place = 0;
    let mut speed = 0;
    for push in pushes {
        place += speed * speed;
        speed += push * place;
    }
    (place, speed)
}

fn main() {}

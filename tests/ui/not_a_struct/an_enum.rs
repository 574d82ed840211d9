use divvy::Monoid;

#[derive(Monoid)]
enum Shape {
    Round,
    Square,
}

fn main() {}

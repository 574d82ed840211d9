use divvy::{associative, par_reduce};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Unknown,
    Round,
    Square,
    Mixed,
}

#[associative(identity = Shape::Unknown, commutative)]
fn merged(a: Shape, b: Shape) -> Shape {
    match (a, b) {
        (Shape::Unknown, other) | (other, Shape::Unknown) => other,
        (a, b) if a == b => a,
        _ => Shape::Mixed,
    }
}

#[par_reduce(reduce(all: merged))]
fn common(shapes: &[Shape]) -> Shape {
    let mut all = Shape::Unknown;
    for &shape in shapes {
        all = merged(all, shape);
    }
    all
}

#[test]
fn a_function_says_how_two_combine() {
    assert_eq!(common(&[Shape::Round, Shape::Round]), Shape::Round);
    assert_eq!(common(&[Shape::Round, Shape::Square]), Shape::Mixed);
}

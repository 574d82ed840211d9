use divvy::par_reduce;

#[derive(Clone, Copy)]
struct Rect {
    low: i32,
    high: i32,
}

impl Rect {
    fn union(self, other: Rect) -> Rect {
        Rect {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    fn with(&self, at: i32) -> Rect {
        self.union(Rect { low: at, high: at })
    }
}

struct Scene {
    bounds: Rect,
}

#[par_reduce]
fn bounds(rects: &[Rect]) -> Rect {
    let mut bounds = Rect { low: 0, high: 0 };
    for rect in rects {
        bounds = bounds.union(*rect);
    }
    bounds
}

#[par_reduce]
fn grown(scene: &mut Scene, points: &[i32]) {
    for point in points {
        scene.bounds = scene.bounds.with(*point);
    }
}

fn main() {}

use divvy::par_divide;

enum Tree {
    Leaf,
    Node(u32, Box<Tree>, Box<Tree>),
}

struct Random(u32);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0
    }
}

#[par_divide]
fn grown(depth: u32, random: &mut Random) -> Tree {
    if depth == 0 {
        return Tree::Leaf;
    }
    Tree::Node(random.next(), Box::new(grown(depth - 1, random)), Box::new(grown(depth - 1, random)))
}

#[par_divide(private(board))]
fn reaches(board: &mut Vec<bool>, at: usize) -> bool {
    if at < 2 {
        return at == 0;
    }
    board[at] = true;
    let is_reached = reaches(board, at - 1) || reaches(board, at - 2);
    board[at] = false;
    is_reached
}

fn main() {}

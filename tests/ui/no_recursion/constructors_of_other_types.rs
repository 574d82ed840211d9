use divvy::par_divide;

struct Row(Vec<u64>);

struct Table {
    first: Row,
    last: Row,
}

impl Row {
    fn new(width: usize) -> Row {
        Row(vec![0; width])
    }
}

impl Table {
    #[par_divide]
    fn new(width: usize) -> Table {
        let first = Row::new(width);
        let last = Row::new(width);
        Table { first, last }
    }
}

fn main() {}

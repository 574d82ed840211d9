use divvy::par_reduce;

struct Shelf {
    books: Vec<u32>,
}

impl IntoIterator for Shelf {
    type Item = u32;
    type IntoIter = std::vec::IntoIter<u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.books.into_iter()
    }
}

#[par_reduce]
fn pages(shelf: Shelf) -> u32 {
    let mut sum = 0;
    for book in shelf {
        sum += book;
    }
    sum
}

fn main() {
    pages(Shelf { books: vec![1] });
}

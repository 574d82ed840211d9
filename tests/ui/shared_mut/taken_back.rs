use divvy::par_divide;

#[par_divide]
fn subsets(items: &[u32], subset: &mut Vec<u32>, out: &mut Vec<Vec<u32>>) {
    let Some((first, rest)) = items.split_first() else {
        out.push(subset.clone());
        return;
    };
    subset.push(*first);
    subsets(rest, subset, out);
    subset.pop();
    subsets(rest, subset, out);
}

#[par_divide]
fn colourings(edges: &[(usize, usize)], at: usize, colours: &mut [u8]) -> u64 {
    if at == colours.len() {
        return 1;
    }
    let mut count = 0;
    for colour in 1..4 {
        let is_free = edges.iter().all(|(a, b)| *b != at || colours[*a] != colour);
        if is_free {
            colours[at] = colour;
            count += colourings(edges, at + 1, colours);
            colours[at] = 0;
        }
    }
    count
}

fn main() {}

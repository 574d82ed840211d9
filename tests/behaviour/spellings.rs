//! Recursions in the spellings that people use, against their sequential twins.

use std::collections::{BTreeMap, HashSet};

use divvy::par_divide;

use crate::{numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct Folder {
    name: String,
    size: u64,
    tags: Vec<String>,
    folders: Vec<Folder>,
    bounds: Bounds,
}

/// Has methods of the same names, which are others.
#[derive(Clone, Debug, PartialEq)]
struct Bounds(u64);

impl Bounds {
    fn total(&self) -> u64 {
        self.0
    }

    fn hits(&self, at: u64) -> bool {
        at % 10 >= self.0
    }
}

fn folder(size: usize, seed: u64) -> Folder {
    let mut folders = Vec::new();
    let mut left = size.saturating_sub(1);
    for number in numbers(seed + 1, size, 1 << 20) {
        if left > 0 {
            let take = 1 + number as usize % left;
            folders.push(folder(take, number));
            left -= take;
        }
    }
    Folder {
        name: format!("n{}", seed % 37),
        size: seed % 1000,
        tags: vec![format!("t{}", seed % 5)],
        folders,
        bounds: Bounds(seed % 7),
    }
}

impl Folder {
    #[par_divide(twin = total_seq)]
    fn total(&self) -> u64 {
        self.folders
            .iter()
            .fold(self.size + self.bounds.total(), |sum, folder| sum + folder.total())
    }

    #[par_divide(twin = is_small_seq)]
    fn is_small(&self, most: u64) -> bool {
        self.size < most && self.folders.iter().all(|folder| folder.is_small(most))
    }

    #[par_divide(twin = hits_seq)]
    fn hits(&self, at: u64) -> u64 {
        if !self.bounds.hits(at) {
            return 0;
        }
        match &self.folders[..] {
            [] => self.size,
            [one] => one.hits(at + 1),
            [first, .., last] => first.hits(at + 1) * 3 + last.hits(at + 2),
        }
    }

    #[par_divide(twin = list_seq)]
    fn list(&self, indent: usize, out: &mut String) {
        out.push_str(&" ".repeat(indent));
        out.push_str(&self.name);
        for folder in &self.folders {
            folder.list(indent + 1, out);
        }
        out.push('\n');
    }

    #[par_divide(twin = tags_seq)]
    fn tags(&self, tags: &mut HashSet<String>, sizes: &mut BTreeMap<String, u64>) {
        tags.extend(self.tags.iter().cloned());
        sizes.insert(self.name.clone(), self.size);
        for folder in self.folders.iter() {
            folder.tags(tags, sizes);
        }
    }

    #[par_divide(twin = text_seq)]
    fn text(&self) -> String {
        match self.folders.as_slice() {
            [] => self.name.clone(),
            [only] => format!("<{}>", only.text()),
            [first, .., last] => format!("[{} {:>w$} {name}]", first.text(), last.text(), name = self.name, w = 9),
        }
    }

    #[par_divide(twin = largest_seq)]
    fn largest(&self) -> Option<(u64, &Folder)> {
        let mut best: Option<(u64, &Folder)> = None;
        for folder in &self.folders {
            let Some(found) = folder.largest() else { continue };
            if best.is_none() || found.0 > best.unwrap().0 {
                best = Some(found);
            }
        }
        let below = best.map_or(0, |best| best.0);
        if self.size > below {
            Some((self.size, self))
        } else {
            best
        }
    }

    #[par_divide(twin = longest_seq)]
    fn longest(&self) -> (u64, Vec<&str>) {
        let mut best = (0, Vec::new());
        for folder in &self.folders {
            let (length, mut path) = folder.longest();
            path.push(&folder.name);
            if length > best.0 {
                best = (length, path);
            }
        }
        (best.0 + self.size % 4, best.1)
    }

    /// Made through the type and through `Self`, inside something else's function of the name.
    #[par_divide(twin = new_seq)]
    fn new(depth: u64) -> Self {
        let mut folders = Vec::new();
        if depth > 0 {
            let (first, second) = (Box::new(Self::new(depth - 1)), Box::new(Self::new(depth / 2)));
            folders.extend([*first, *second]);
        }
        Folder {
            name: format!("{depth}"),
            size: depth,
            tags: vec![],
            folders,
            bounds: Bounds(depth),
        }
    }
}

/// A variable of the function's name.
#[par_divide(twin = best_seq)]
fn best(n: u64, seed: u64) -> u64 {
    if n == 0 {
        return seed % 97;
    }
    let first = best(n - 1, seed.wrapping_mul(31));
    let second = best(n - 1, seed.wrapping_mul(37) + 1);
    let best = if first > second { first } else { second };
    let all = vec![best, n];
    best + all.len() as u64
}

/// What is left of the set goes to the call too.
#[par_divide(twin = clique_seq)]
fn clique(neighbours: &[u32], chosen: u32, free: u32) -> u32 {
    if free == 0 {
        return chosen.count_ones();
    }
    let (mut best, mut rest) = (0, free);
    while rest > 0 {
        let node = rest.trailing_zeros();
        rest &= rest - 1;
        best = best.max(clique(neighbours, chosen | 1 << node, rest & neighbours[node as usize]));
    }
    best
}

#[par_divide(twin = codes_seq)]
fn codes(n: u32, prefix: String) -> String {
    if n < 2 {
        return prefix;
    }
    let left = n / 2;
    format!(
        "{}|{left}|{}",
        codes(left, format!("{prefix}0")),
        codes(n - left, format!("{prefix}1"))
    )
}

#[test]
fn spellings_of_real_programs() {
    for size in [1, 2, 3, 9, 60] {
        let root = folder(size, size as u64 * 77 + 5);
        same("total", || root.total_seq(), || root.total());
        for most in [10, 600, 1000] {
            same("is_small", || root.is_small_seq(most), || root.is_small(most));
            same("hits", || root.hits_seq(most), || root.hits(most));
        }
        let listed = |f: fn(&Folder, usize, &mut String)| {
            let mut out = "- ".to_string();
            f(&root, 0, &mut out);
            out
        };
        same("list", || listed(Folder::list_seq), || listed(Folder::list));
        let tagged = |f: fn(&Folder, &mut HashSet<String>, &mut BTreeMap<String, u64>)| {
            let (mut tags, mut sizes) = (HashSet::new(), BTreeMap::new());
            f(&root, &mut tags, &mut sizes);
            (tags, sizes)
        };
        same("tags", || tagged(Folder::tags_seq), || tagged(Folder::tags));
        same("text", || root.text_seq(), || root.text());
        same("largest", || root.largest_seq(), || root.largest());
        same("longest", || root.longest_seq(), || root.longest());
    }
    for n in [0, 1, 2, 5, 7] {
        same("new", || Folder::new_seq(n), || Folder::new(n));
        same("best", || best_seq(n, 5), || best(n, 5));
        same(
            "clique",
            || clique_seq(&[6, 5, 11, 4, 3], 0, 31),
            || clique(&[6, 5, 11, 4, 3], 0, 31),
        );
        same(
            "codes",
            || codes_seq(n as u32 * 3, String::new()),
            || codes(n as u32 * 3, String::new()),
        );
    }
}

//! Walks: over folders with any number of folders in them, and down an image that is compressed to a quadtree.

use divvy::par_divide;
use rayon::prelude::*;

use super::{Kernel, Kind, random_from};
use crate::case::{Case, Shared, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "folder walk",
        kind: Kind::Recursion,
        small: 16,
        sizes: &[16, 500, 10_000, 100_000, 1_000_000],
        case: folders::case,
    },
    Kernel {
        name: "quadtree",
        kind: Kind::Recursion,
        small: 4,
        sizes: &[4, 16, 64, 256, 1_024],
        case: quadtree::case,
    },
];

mod folders {
    use super::*;

    pub(super) struct Folder {
        bytes: u64,
        folders: Vec<Folder>,
    }

    twins! {
        recursion #[par_divide]
        fn usage(folder: &Folder) -> (u64, usize) {
            let mut bytes = folder.bytes;
            let mut deepest = 0;
            for inner in &folder.folders {
                let (bytes_below, below) = usage(inner);
                bytes += bytes_below;
                deepest = deepest.max(below + 1);
            }
            (bytes, deepest)
        }
    }

    fn joined((bytes, deepest): (u64, usize), (more_bytes, deep): (u64, usize)) -> (u64, usize) {
        (bytes + more_bytes, deepest.max(deep))
    }

    fn by_hand(folder: &Folder, levels: usize) -> (u64, usize) {
        if levels == 0 {
            return plain::usage(folder);
        }
        let (below, deepest) = folder
            .folders
            .par_iter()
            .map(|inner| by_hand(inner, levels - 1))
            .map(|(bytes, deepest)| (bytes, deepest + 1))
            .reduce(|| (0, 0), joined);
        (folder.bytes + below, deepest)
    }

    fn chili(folder: &Folder, scope: &mut chili::Scope<'_>) -> (u64, usize) {
        let (below, deepest) = match &folder.folders[..] {
            [] => (0, 0),
            folders => chili_some(folders, scope),
        };
        (folder.bytes + below, deepest)
    }

    fn chili_some(folders: &[Folder], scope: &mut chili::Scope<'_>) -> (u64, usize) {
        if let [folder] = folders {
            let (bytes, deepest) = chili(folder, scope);
            return (bytes, deepest + 1);
        }
        let (left, right) = folders.split_at(folders.len() / 2);
        let (left, right) = scope.join(|scope| chili_some(left, scope), |scope| chili_some(right, scope));
        joined(left, right)
    }

    fn grow(numbers: &mut impl Iterator<Item = u64>, folders: usize) -> Folder {
        let mut number = || numbers.next().unwrap_or_default();
        let bytes = number() >> 40;
        let (mut left, mut inner) = (folders - 1, Vec::new());
        let mut sizes = Vec::new();
        while left > 0 {
            let take = 1 + number() as usize % left;
            sizes.push(take);
            left -= take;
        }
        inner.extend(sizes.into_iter().map(|size| grow(numbers, size)));
        Folder { bytes, folders: inner }
    }

    pub(super) fn case(n: usize) -> Case {
        let levels = if n < 5_000 { 0 } else { 6 };
        reading(format!("{n} folders"), grow(&mut random_from(7), n))
            .plain(|root| plain::usage(root))
            .divvy(|root| parallel::usage(root))
            .by_hand(levels, &[2, 4, 6, 8, 12], |root, levels| by_hand(root, levels))
            .chili(|root, scope| chili(root, scope))
            .done()
    }
}

mod quadtree {
    use super::*;

    #[derive(PartialEq)]
    pub(super) enum Quad {
        Flat(u8),
        Split(Box<[Quad; 4]>),
    }

    /// A square one.
    pub(super) struct Image {
        width: usize,
        pixels: Vec<u8>,
    }

    impl Image {
        /// The shade of a square, if it is one.
        fn shade(&self, (x, y): (usize, usize), side: usize) -> Option<u8> {
            let row = |y| &self.pixels[y * self.width + x..][..side];
            let shade = row(y)[0];
            (y..y + side)
                .all(|y| row(y).iter().all(|pixel| *pixel == shade))
                .then_some(shade)
        }
    }

    twins! {
        recursion #[par_divide]
        fn compress(image: &Image, (x, y): (usize, usize), side: usize) -> Quad {
            if let Some(shade) = image.shade((x, y), side) {
                return Quad::Flat(shade);
            }
            let half = side / 2;
            Quad::Split(Box::new([
                compress(image, (x, y), half),
                compress(image, (x + half, y), half),
                compress(image, (x, y + half), half),
                compress(image, (x + half, y + half), half),
            ]))
        }
    }

    fn by_hand(image: &Image, (x, y): (usize, usize), side: usize, cutoff: usize) -> Quad {
        if side <= cutoff {
            return plain::compress(image, (x, y), side);
        }
        if let Some(shade) = image.shade((x, y), side) {
            return Quad::Flat(shade);
        }
        let half = side / 2;
        let at = |x, y| by_hand(image, (x, y), half, cutoff);
        let ((a, b), (c, d)) = rayon::join(
            || rayon::join(|| at(x, y), || at(x + half, y)),
            || rayon::join(|| at(x, y + half), || at(x + half, y + half)),
        );
        Quad::Split(Box::new([a, b, c, d]))
    }

    fn chili(image: &Image, (x, y): (usize, usize), side: usize, scope: &mut chili::Scope<'_>) -> Quad {
        if let Some(shade) = image.shade((x, y), side) {
            return Quad::Flat(shade);
        }
        let half = side / 2;
        let at = |x, y, scope: &mut chili::Scope<'_>| chili(image, (x, y), half, scope);
        let ((a, b), (c, d)) = scope.join(
            |scope| scope.join(|scope| at(x, y, scope), |scope| at(x + half, y, scope)),
            |scope| scope.join(|scope| at(x, y + half, scope), |scope| at(x + half, y + half, scope)),
        );
        Quad::Split(Box::new([a, b, c, d]))
    }

    pub(super) fn case(side: usize) -> Case {
        let mut pixels = vec![0; side * side];
        for number in random_from(11).take(side * side / 64 + 1) {
            pixels[(number >> 20) as usize % (side * side)] = 1 + (number % 3) as u8;
        }
        let image = Image { width: side, pixels };
        reading(format!("{side} x {side}"), image)
            .plain(move |image| plain::compress(image, (0, 0), side))
            .divvy(move |image| parallel::compress(image, (0, 0), side))
            .by_hand(64, &[16, 32, 64, 128, 256], move |image: &mut Shared<Image>, cutoff| {
                by_hand(image, (0, 0), side, cutoff)
            })
            .chili(move |image, scope| chili(image, (0, 0), side, scope))
            .done()
    }
}

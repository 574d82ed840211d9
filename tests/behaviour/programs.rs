//! Loops as they are written: statistics, images, physics, texts, games, geometry.

mod mean_by_group {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[derive(Clone, Debug, PartialEq)]
    struct Row {
        id: u32,
        dept: usize,
        salary: f64,
        active: bool,
    }
    fn rows(n: usize) -> Vec<Row> {
        numbers(1, n, 100)
            .into_iter()
            .enumerate()
            .map(|(i, x)| Row {
                id: i as u32,
                dept: (x % 5) as usize,
                salary: x as f64 * 10.0,
                active: x % 3 != 0,
            })
            .collect()
    }
    /// group-by average
    #[par_reduce(float = tree, threshold = 8, twin = plain)]
    fn mean_by_dept(rows: &[Row], depts: usize) -> Vec<f64> {
        let mut sums = vec![0.0; depts];
        let mut counts = vec![0usize; depts];
        for row in rows {
            if !row.active {
                continue;
            }
            sums[row.dept] += row.salary;
            counts[row.dept] += 1;
        }
        let mut means = Vec::with_capacity(depts);
        #[seq]
        for d in 0..depts {
            means.push(if counts[d] > 0 { sums[d] / counts[d] as f64 } else { 0.0 });
        }
        means
    }

    #[test]
    fn mean_by_group() {
        for &n in SIZES {
            let r = rows(n);
            same("1", || plain(&r, 5), || mean_by_dept(&r, 5));
        }
    }
}

mod an_index_of_words {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    use std::collections::HashMap;
    #[par_reduce(threshold = 8, twin = plain)]
    fn index(words: &[String]) -> HashMap<char, Vec<usize>> {
        let mut map: HashMap<char, Vec<usize>> = HashMap::new();
        for (i, w) in words.iter().enumerate() {
            let Some(c) = w.chars().next() else { continue };
            let c = c.to_ascii_lowercase();
            map.entry(c).or_default().push(i);
        }
        map
    }

    #[test]
    fn an_index_of_words() {
        for &n in SIZES {
            let r: Vec<String> = numbers(1, n, 100)
                .iter()
                .map(|x| {
                    if x % 7 == 0 {
                        String::new()
                    } else {
                        ((b'a' + (x % 26) as u8) as char).to_string()
                    }
                })
                .collect();
            same("1", || plain(&r), || index(&r));
        }
    }
}

mod a_box_blur {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_for;

    #[par_for(threshold = 8, twin = plain)]
    fn blur(src: &[u8], dst: &mut [u8], w: usize, h: usize, r: usize) {
        for y in 0..h {
            for x in 0..w {
                let mut sum = 0u32;
                let mut count = 0;
                let y0 = y.saturating_sub(r);
                let y1 = (y + r).min(h - 1);
                for yy in y0..=y1 {
                    for xx in x.saturating_sub(r)..=(x + r).min(w - 1) {
                        sum += src[yy * w + xx] as u32;
                        count += 1;
                    }
                }
                dst[y * w + x] = (sum / count) as u8;
            }
        }
    }

    #[test]
    fn a_box_blur() {
        for &n in SIZES {
            let s: Vec<u8> = numbers(1, n * 5, 256).iter().map(|x| *x as u8).collect();
            let r = |f: fn(&[u8], &mut [u8], usize, usize, usize)| {
                let mut d = vec![0; n * 5];
                f(&s, &mut d, 5, n, 2);
                d
            };
            same("1", || r(plain), || r(blur));
        }
    }
}

mod bodies_in_motion {
    use crate::{floats, same};
    use divvy::{par_for, par_reduce};

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct V3 {
        x: f64,
        y: f64,
        z: f64,
    }
    impl std::ops::Sub for V3 {
        type Output = V3;
        fn sub(self, o: V3) -> V3 {
            V3 {
                x: self.x - o.x,
                y: self.y - o.y,
                z: self.z - o.z,
            }
        }
    }
    impl V3 {
        fn dot(self, o: V3) -> f64 {
            self.x * o.x + self.y * o.y + self.z * o.z
        }
    }
    #[derive(Clone, Debug, PartialEq)]
    struct Body {
        pos: V3,
        vel: V3,
        mass: f64,
    }
    /// n-body accelerations
    #[par_for(threshold = 8, twin = plain)]
    fn accelerations(bodies: &[Body], acc: &mut [V3]) {
        for (i, b) in bodies.iter().enumerate() {
            let mut a = V3 { x: 0.0, y: 0.0, z: 0.0 };
            for (j, other) in bodies.iter().enumerate() {
                if i == j {
                    continue;
                }
                let d = other.pos - b.pos;
                let r2 = d.dot(d) + 1e-9;
                let inv = other.mass / (r2 * r2.sqrt());
                a.x += d.x * inv;
                a.y += d.y * inv;
                a.z += d.z * inv;
            }
            acc[i] = a;
        }
    }
    #[par_reduce(float = ordered, threshold = 8, twin = plain2)]
    fn energy(bodies: &[Body]) -> f64 {
        let mut e = 0.0;
        for i in 0..bodies.len() {
            let b = &bodies[i];
            e += 0.5 * b.mass * b.vel.dot(b.vel);
            for j in i + 1..bodies.len() {
                let d = b.pos - bodies[j].pos;
                e -= b.mass * bodies[j].mass / d.dot(d).sqrt();
            }
        }
        e
    }
    /// integrate
    #[par_for(threshold = 8, twin = plain3)]
    fn step(bodies: &mut Vec<Body>, acc: &[V3], dt: f64) {
        for (body, a) in bodies.iter_mut().zip(acc) {
            body.vel.x += a.x * dt;
            body.vel.y += a.y * dt;
            body.pos.x += body.vel.x * dt;
            body.pos.y += body.vel.y * dt;
            if body.pos.x < 0.0 {
                body.pos.x = -body.pos.x;
                body.vel.x = -body.vel.x;
            }
        }
    }

    #[test]
    fn bodies_in_motion() {
        for &n in &[0, 1, 2, 9, 40] {
            let f = floats(1, 6 * n);
            let b: Vec<Body> = f
                .chunks(6)
                .map(|c| Body {
                    pos: V3 {
                        x: c[0],
                        y: c[1],
                        z: c[2],
                    },
                    vel: V3 {
                        x: c[3],
                        y: c[4],
                        z: c[5],
                    },
                    mass: 2.0,
                })
                .collect();
            let r = |f: fn(&[Body], &mut [V3])| {
                let mut a = vec![V3 { x: 0.0, y: 0.0, z: 0.0 }; n];
                f(&b, &mut a);
                a
            };
            same("1", || r(plain), || r(accelerations));
            same("2", || plain2(&b).to_bits(), || energy(&b).to_bits());
            let a = r(plain);
            let r = |f: fn(&mut Vec<Body>, &[V3], f64)| {
                let mut b = b.clone();
                f(&mut b, &a, 0.1);
                b
            };
            same("3", || r(plain3), || r(step));
        }
    }
}

mod records_of_a_table {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[derive(Debug, PartialEq)]
    struct Rec {
        name: String,
        qty: u32,
        price: u64,
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn parse(text: &str) -> Result<Vec<Rec>, String> {
        let mut out = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.split(',');
            let name = parts.next().ok_or_else(|| format!("line {n}: no name"))?.to_string();
            let qty = parts
                .next()
                .ok_or(format!("line {n}: no qty"))?
                .parse::<u32>()
                .map_err(|e| format!("line {n}: {e}"))?;
            let price = match parts.next() {
                Some(p) => p.parse().map_err(|_| "bad price".to_string())?,
                None => 0,
            };
            if parts.next().is_some() {
                return Err(format!("line {n}: too many"));
            }
            out.push(Rec { name, qty, price });
        }
        Ok(out)
    }

    #[test]
    fn records_of_a_table() {
        for &n in SIZES {
            for bad in [0, 300, 7] {
                let s: String = numbers(1, n, 299)
                    .iter()
                    .map(|x| {
                        if *x == bad {
                            "x,y\n".to_string()
                        } else if x % 5 == 0 {
                            "# c\n".into()
                        } else {
                            format!("n{x},{x},{}\n", x * 2)
                        }
                    })
                    .collect();
                same("1", || plain(&s), || parse(&s));
            }
        }
    }
}

mod counts_of_a_text {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[derive(Default, Debug, PartialEq, Clone)]
    struct Stats {
        lines: usize,
        words: usize,
        bytes: usize,
        longest: usize,
        blank: usize,
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn stats(text: &str) -> Stats {
        let mut s = Stats::default();
        for line in text.lines() {
            s.lines += 1;
            s.bytes += line.len() + 1;
            let words = line.split_whitespace().count();
            s.words += words;
            if words == 0 {
                s.blank += 1;
            }
            s.longest = s.longest.max(line.chars().count());
        }
        s
    }

    #[test]
    fn counts_of_a_text() {
        for &n in SIZES {
            let s: String = numbers(1, n, 299)
                .iter()
                .map(|x| {
                    if x % 5 == 0 {
                        "\n".into()
                    } else {
                        format!("n{x} {x} {}\n", x * 2)
                    }
                })
                .collect();
            same("1", || plain(&s), || stats(&s));
        }
    }
}

mod clusters {
    use crate::{LENGTHS as SIZES, floats, same};
    use divvy::par_reduce;

    #[par_reduce(float = any, threshold = 1000, twin = plain)]
    fn kmeans(points: &[[f64; 2]], centers: &mut Vec<[f64; 2]>, labels: &mut [usize]) -> usize {
        let k = centers.len();
        let mut changed = 0;
        for (i, p) in points.iter().enumerate() {
            let mut best = 0;
            let mut best_d = f64::MAX;
            for (c, center) in centers.iter().enumerate() {
                let (dx, dy) = (p[0] - center[0], p[1] - center[1]);
                let d = dx * dx + dy * dy;
                if d < best_d {
                    best_d = d;
                    best = c;
                }
            }
            if labels[i] != best {
                labels[i] = best;
                changed += 1;
            }
        }
        let mut sums = vec![[0.0; 2]; k];
        let mut counts = vec![0u32; k];
        for (p, &l) in points.iter().zip(labels.iter()) {
            sums[l][0] += p[0];
            sums[l][1] += p[1];
            counts[l] += 1;
        }
        for c in 0..k {
            if counts[c] > 0 {
                centers[c] = [sums[c][0] / counts[c] as f64, sums[c][1] / counts[c] as f64];
            }
        }
        changed
    }

    #[test]
    fn clusters() {
        for &n in SIZES {
            let f = floats(1, 2 * n);
            let p: Vec<[f64; 2]> = f.chunks(2).map(|c| [c[0].round(), c[1].round()]).collect();
            let r = |f: fn(&[[f64; 2]], &mut Vec<[f64; 2]>, &mut [usize]) -> usize| {
                let mut c = vec![[0.0, 0.0], [10.0, 5.0], [3.0, 30.0]];
                let mut l = vec![9; n];
                let x = f(&p, &mut c, &mut l);
                (x, l)
            };
            same("1", || r(plain), || r(kmeans));
        }
    }
}

mod the_game_of_life {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[derive(Clone, Debug, PartialEq)]
    struct Life {
        w: usize,
        h: usize,
        cells: Vec<bool>,
        next: Vec<bool>,
        generation: usize,
    }
    impl Life {
        fn neighbours(&self, x: usize, y: usize) -> usize {
            let mut n = 0;
            for dy in [self.h - 1, 0, 1] {
                for dx in [self.w - 1, 0, 1] {
                    if dx == 0 && dy == 0 {
                        continue;
                    }
                    if self.cells[(y + dy) % self.h * self.w + (x + dx) % self.w] {
                        n += 1;
                    }
                }
            }
            n
        }
        #[par_for(threshold = 2, twin = plain)]
        fn step(&mut self) {
            let mut next = vec![false; self.cells.len()];
            for y in 0..self.h {
                for x in 0..self.w {
                    let n = self.neighbours(x, y);
                    let alive = self.cells[y * self.w + x];
                    next[y * self.w + x] = matches!((alive, n), (true, 2) | (_, 3));
                }
            }
            self.cells = next;
            self.generation += 1;
        }
        #[par_reduce(threshold = 2, twin = plain2)]
        fn alive(&self) -> (usize, Option<(usize, usize)>) {
            let mut count = 0;
            let mut first = None;
            for y in 0..self.h {
                for x in 0..self.w {
                    if self.cells[y * self.w + x] {
                        count += 1;
                        if first.is_none() {
                            first = Some((x, y));
                        }
                    }
                }
            }
            (count, first)
        }
    }

    #[test]
    fn the_game_of_life() {
        for &n in SIZES {
            let l = Life {
                w: 7,
                h: n,
                cells: numbers(1, 7 * n, 2).iter().map(|x| *x == 1).collect(),
                next: vec![],
                generation: 0,
            };
            let r = |f: fn(&mut Life)| {
                let mut l = l.clone();
                f(&mut l);
                f(&mut l);
                l
            };
            same("1", || r(Life::plain), || r(Life::step));
            same("2", || l.plain2(), || l.alive());
        }
    }
}

mod a_sorted_list_is_validated {
    use crate::{LENGTHS as SIZES, same};
    use divvy::par_reduce;

    #[derive(Debug, PartialEq, Clone)]
    enum Bad {
        Unsorted(usize),
        Negative { at: usize, value: i64 },
        Dup(i64),
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn validate(v: &[i64]) -> Result<(), Bad> {
        if v.is_empty() {
            return Ok(());
        }
        for i in 0..v.len() {
            if v[i] < 0 {
                return Err(Bad::Negative { at: i, value: v[i] });
            }
            if i > 0 {
                if v[i - 1] > v[i] {
                    return Err(Bad::Unsorted(i));
                }
                if v[i - 1] == v[i] {
                    return Err(Bad::Dup(v[i]));
                }
            }
        }
        Ok(())
    }

    #[test]
    fn a_sorted_list_is_validated() {
        for &n in SIZES {
            for k in 0..4 {
                let mut v: Vec<i64> = (0..n as i64).collect();
                if k == 1 && n > 5 {
                    v[4] = -1;
                    v[5] = 0;
                }
                if k == 2 && n > 8 {
                    v[7] = 6
                }
                if k == 3 && n > 20 {
                    v[20] = 100;
                }
                same("1", || plain(&v), || validate(&v));
            }
        }
    }
}

mod particles_that_die {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[derive(Clone, Debug, PartialEq)]
    struct P {
        x: f32,
        life: i32,
        kind: u8,
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn cull(ps: Vec<P>, lo: f32, hi: f32) -> (Vec<P>, Vec<usize>, [u32; 4]) {
        let mut alive = Vec::with_capacity(ps.len());
        let mut dead = vec![];
        let mut by_kind = [0u32; 4];
        for (i, mut p) in ps.into_iter().enumerate() {
            p.life -= 1;
            if p.life <= 0 || p.x < lo || p.x > hi {
                dead.push(i);
            } else {
                by_kind[p.kind as usize & 3] += 1;
                alive.push(p);
            }
        }
        (alive, dead, by_kind)
    }

    #[test]
    fn particles_that_die() {
        for &n in SIZES {
            let v: Vec<P> = numbers(1, n, 100)
                .iter()
                .map(|x| P {
                    x: *x as f32,
                    life: (*x % 5) as i32,
                    kind: *x as u8,
                })
                .collect();
            same("1", || plain(v.clone(), 10.0, 80.0), || cull(v.clone(), 10.0, 80.0));
        }
    }
}

mod letters {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn most_frequent(text: &str) -> (char, usize) {
        let mut counts = [0usize; 26];
        for c in text.chars().filter(|c| c.is_ascii_alphabetic()) {
            counts[(c.to_ascii_lowercase() as u8 - b'a') as usize] += 1;
        }
        let mut best = 0;
        for i in 1..26 {
            if counts[i] > counts[best] {
                best = i;
            }
        }
        ((b'a' + best as u8) as char, counts[best])
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn caesar(text: &str, k: u8) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let shifted = match c {
                'a'..='z' => (((c as u8 - b'a' + k) % 26) + b'a') as char,
                'A'..='Z' => (((c as u8 - b'A' + k) % 26) + b'A') as char,
                _ => c,
            };
            out.push(shifted);
        }
        out
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn is_palindrome(s: &[char]) -> bool {
        let n = s.len();
        let mut i = 0;
        let mut ok = true;
        while i < n / 2 {
            if s[i] != s[n - 1 - i] {
                ok = false;
                break;
            }
            i += 1;
        }
        ok
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn capitals(words: &[&str]) -> Vec<String> {
        let mut out = Vec::new();
        for w in words {
            let mut cs = w.chars();
            if let Some(f) = cs.next() {
                let mut t = f.to_uppercase().collect::<String>();
                t.push_str(cs.as_str());
                out.push(t);
            }
        }
        out
    }

    #[test]
    fn letters() {
        for &n in SIZES {
            let v = numbers(1, n, 60);
            let s: String = v.iter().map(|x| (b'A' + *x as u8) as char).collect();
            same("1", || plain(&s), || most_frequent(&s));
            same("2", || plain2(&s, 3), || caesar(&s, 3));
            let c: Vec<char> = s.chars().collect();
            let mut d = c.clone();
            d.extend(c.iter().rev());
            same("3", || plain3(&c), || is_palindrome(&c));
            same("3", || plain3(&d), || is_palindrome(&d));
            let w: Vec<&str> = s.split('c').collect();
            same("4", || plain4(&w), || capitals(&w));
        }
    }
}

mod bins {
    use crate::{LENGTHS as SIZES, floats, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn bincount(xs: &[f64], lo: f64, hi: f64, bins: usize) -> (Vec<u32>, u32, u32) {
        let width = (hi - lo) / bins as f64;
        let mut h = vec![0u32; bins];
        let (mut below, mut above) = (0, 0);
        for x in xs.iter() {
            if *x < lo {
                below += 1;
            } else if *x >= hi {
                above += 1;
            } else {
                let b = ((x - lo) / width) as usize;
                h[b.min(bins - 1)] += 1;
            }
        }
        (h, below, above)
    }

    #[test]
    fn bins() {
        for &n in SIZES {
            let o = floats(1, n);
            same("1", || plain(&o, -10.0, 30.0, 8), || bincount(&o, -10.0, 30.0, 8));
        }
    }
}

mod a_picture_in_rows {
    use crate::{LENGTHS as SIZES, same};
    use divvy::par_for;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Rgb(u8, u8, u8);
    fn shade(x: usize, y: usize, depth: u32) -> Rgb {
        if depth == 0 {
            Rgb(x as u8, y as u8, 7)
        } else {
            shade(y, x, depth - 1)
        }
    }
    #[par_for(threshold = 2, twin = plain)]
    fn render(w: usize, h: usize) -> Vec<Rgb> {
        let mut img = vec![Rgb(0, 0, 0); w * h];
        for (y, row) in img.chunks_mut(w).enumerate() {
            for (x, px) in row.iter_mut().enumerate() {
                let mut c = shade(x, y, 3);
                if (x + y) % 5 == 0 {
                    c.0 = c.0.saturating_add(9);
                }
                *px = c;
            }
        }
        img
    }
    #[par_for(threshold = 8, twin = plain2)]
    fn render2(w: usize, h: usize, buf: &mut [u8]) {
        for y in 0..h {
            for x in 0..w {
                let Rgb(r, g, b) = shade(x, y, 2);
                let at = (y * w + x) * 3;
                buf[at] = r;
                buf[at + 1] = g;
                buf[at + 2] = b;
            }
        }
    }

    #[test]
    fn a_picture_in_rows() {
        for &n in SIZES {
            same("1", || plain(7, n), || render(7, n));
            let r = |f: fn(usize, usize, &mut [u8])| {
                let mut b = vec![0; 15 * n];
                f(5, n, &mut b);
                b
            };
            same("2", || r(plain2), || r(render2));
        }
    }
}

mod closest_pairs {
    use crate::{numbers, same};
    use divvy::par_reduce;

    #[allow(dead_code)]
    #[par_reduce(float = tree, threshold = 8, twin = plain)]
    fn cosine(a: &[f32], b: &[f32]) -> f32 {
        assert_eq!(a.len(), b.len());
        let (mut dot, mut na, mut nb) = (0.0f32, 0.0f32, 0.0f32);
        for i in 0..a.len() {
            dot += a[i] * b[i];
            na += a[i] * a[i];
            nb += b[i] * b[i];
        }
        if na == 0.0 || nb == 0.0 {
            0.0
        } else {
            dot / (na.sqrt() * nb.sqrt())
        }
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn closest(pts: &[(i64, i64)]) -> Option<(usize, usize, i64)> {
        let mut best: Option<(usize, usize, i64)> = None;
        for i in 0..pts.len() {
            for j in (i + 1)..pts.len() {
                let d = (pts[i].0 - pts[j].0).pow(2) + (pts[i].1 - pts[j].1).pow(2);
                if best.map_or(true, |(_, _, b)| d < b) {
                    best = Some((i, j, d));
                }
            }
        }
        best
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn closest2(pts: &[(i64, i64)]) -> (i64, Option<(usize, usize)>) {
        let mut min = i64::MAX;
        let mut pair = None;
        for (i, p) in pts.iter().enumerate() {
            for (j, q) in pts.iter().enumerate().skip(i + 1) {
                let d = (p.0 - q.0).abs() + (p.1 - q.1).abs();
                if d < min {
                    min = d;
                    pair = Some((i, j));
                }
            }
        }
        (min, pair)
    }

    fn closest2b(p: &[(i64, i64)]) -> Option<(usize, usize, i64)> {
        closest(p)
    }

    #[test]
    fn closest_pairs() {
        for &n in &[0, 1, 2, 9, 40] {
            let f: Vec<(i64, i64)> = numbers(1, n, 50)
                .iter()
                .zip(numbers(2, n, 50))
                .map(|(a, b)| (*a as i64, b as i64))
                .collect();
            same("2", || plain2(&f), || closest2b(&f));
            same("3", || plain3(&f), || closest2(&f));
        }
    }
}

mod a_log_in_brief {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;
    use std::collections::*;
    /// tokenise log lines into struct, filter by level
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    enum Level {
        Info,
        Warn,
        Error,
    }
    #[derive(Debug, Default, PartialEq)]
    struct Summary {
        by_level: HashMap<&'static str, usize>,
        errors: Vec<String>,
        first_ts: Option<u64>,
        last_ts: Option<u64>,
        malformed: usize,
    }
    fn level(s: &str) -> Option<Level> {
        match s {
            "INFO" => Some(Level::Info),
            "WARN" => Some(Level::Warn),
            "ERROR" => Some(Level::Error),
            _ => None,
        }
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn summarise(log: &str) -> Summary {
        let mut s = Summary::default();
        for line in log.lines() {
            let mut it = line.splitn(3, ' ');
            let (Some(ts), Some(lv), Some(msg)) = (it.next(), it.next(), it.next()) else {
                s.malformed += 1;
                continue;
            };
            let Ok(ts) = ts.parse::<u64>() else {
                s.malformed += 1;
                continue;
            };
            let name = match level(lv) {
                Some(Level::Info) => "info",
                Some(Level::Warn) => "warn",
                Some(Level::Error) => {
                    s.errors.push(msg.to_owned());
                    "error"
                }
                None => {
                    s.malformed += 1;
                    continue;
                }
            };
            *s.by_level.entry(name).or_insert(0) += 1;
            if s.first_ts.is_none() {
                s.first_ts = Some(ts);
            }
            s.last_ts = Some(ts);
        }
        s
    }

    #[test]
    fn a_log_in_brief() {
        for &n in SIZES {
            let t: String = numbers(1, n, 60)
                .iter()
                .map(|x| match x % 5 {
                    0 => "x\n".to_string(),
                    1 => format!("{x} ERROR bad {x}\n"),
                    2 => format!("{x} HUH bad {x}\n"),
                    _ => format!("{x} INFO ok\n"),
                })
                .collect();
            same("1", || plain(&t), || summarise(&t));
        }
    }
}

mod a_sparse_matrix {
    use crate::{LENGTHS as SIZES, floats, numbers, same};
    use divvy::{par_for, par_reduce};

    struct Csr {
        rows: usize,
        ptr: Vec<usize>,
        idx: Vec<usize>,
        val: Vec<f64>,
    }
    impl Csr {
        #[par_for(threshold = 2, twin = plain)]
        fn mul(&self, x: &[f64], y: &mut [f64]) {
            for r in 0..self.rows {
                let mut acc = 0.0;
                for k in self.ptr[r]..self.ptr[r + 1] {
                    acc += self.val[k] * x[self.idx[k]];
                }
                y[r] = acc;
            }
        }
        #[par_reduce(float = tree, threshold = 2, twin = plain2)]
        fn mul_t(&self, x: &[f64]) -> Vec<f64> {
            let mut y = vec![0.0; self.rows];
            for r in 0..self.rows {
                let xr = x[r];
                if xr == 0.0 {
                    continue;
                }
                for k in self.ptr[r]..self.ptr[r + 1] {
                    y[self.idx[k]] += self.val[k] * xr;
                }
            }
            y
        }
        #[par_reduce(threshold = 2, twin = plain3)]
        fn degrees(&self) -> (Vec<usize>, usize) {
            let mut deg = vec![0; self.rows];
            let mut max = 0;
            for r in 0..self.rows {
                deg[r] = self.ptr[r + 1] - self.ptr[r];
                if deg[r] > max {
                    max = deg[r];
                }
            }
            (deg, max)
        }
    }

    #[test]
    fn a_sparse_matrix() {
        for &n in SIZES {
            let c = Csr {
                rows: n,
                ptr: (0..=n).map(|i| 2 * i).collect(),
                idx: numbers(1, 2 * n, n.max(1) as u64).iter().map(|x| *x as usize).collect(),
                val: floats(2, 2 * n).iter().map(|x| x.round()).collect(),
            };
            let x: Vec<f64> = floats(3, n).iter().map(|x| x.round()).collect();
            let r = |f: fn(&Csr, &[f64], &mut [f64])| {
                let mut y = vec![0.0; n];
                f(&c, &x, &mut y);
                y
            };
            same("1", || r(Csr::plain), || r(Csr::mul));
            same("2", || c.plain2(&x), || c.mul_t(&x));
            same("3", || c.plain3(), || c.degrees());
        }
    }
}

mod primes_and_chains {
    use crate::{LENGTHS as SIZES, same};
    use divvy::par_reduce;

    fn is_prime(n: u64) -> bool {
        if n < 2 {
            return false;
        }
        let mut d = 2;
        while d * d <= n {
            if n % d == 0 {
                return false;
            }
            d += 1;
        }
        true
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn primes(lo: u64, hi: u64) -> (Vec<u64>, u64, u64) {
        let mut found = Vec::new();
        let mut sum = 0;
        let mut gap = 0;
        for n in lo..hi {
            if !is_prime(n) {
                continue;
            }
            sum += n;
            found.push(n);
            gap = gap.max(n % 10);
        }
        (found, sum, gap)
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn longest_collatz(limit: u64) -> (u64, u32) {
        let (mut best, mut len) = (1, 0);
        for start in 1..limit {
            let mut n = start;
            let mut steps = 0u32;
            while n != 1 {
                n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
                steps += 1;
            }
            if steps > len {
                len = steps;
                best = start;
            }
        }
        (best, len)
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn sieve_count(n: usize) -> usize {
        let mut composite = vec![false; n + 1];
        let mut i = 2;
        #[seq]
        while i * i <= n {
            if !composite[i] {
                let mut j = i * i;
                while j <= n {
                    composite[j] = true;
                    j += i;
                }
            }
            i += 1;
        }
        let mut count = 0;
        for k in 2..=n {
            if !composite[k] {
                count += 1;
            }
        }
        count
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn taxi(limit: u64) -> Vec<(u64, u64, u64)> {
        let mut triples = vec![];
        for a in 1..limit {
            let mut b = a + 1;
            while b < limit {
                let c2 = a * a + b * b;
                let c = (c2 as f64).sqrt() as u64;
                if c * c == c2 && c < limit {
                    triples.push((a, b, c));
                }
                b += 1;
            }
        }
        triples
    }

    #[test]
    fn primes_and_chains() {
        for &n in SIZES {
            let n = n as u64;
            same("1", || plain(3, n), || primes(3, n));
            same("2", || plain2(n), || longest_collatz(n));
            same("3", || plain3(n as usize), || sieve_count(n as usize));
            if n < 50 {
                same("4", || plain4(n), || taxi(n));
            }
        }
    }
}

mod bytes_as_text {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_reduce(threshold = 8, twin = plain)]
    fn hex(bytes: &[u8]) -> String {
        const D: &[u8; 16] = b"0123456789abcdef";
        let mut s = String::with_capacity(bytes.len() * 2);
        for &b in bytes {
            s.push(D[(b >> 4) as usize] as char);
            s.push(D[(b & 15) as usize] as char);
        }
        s
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn unhex(s: &str) -> Result<Vec<u8>, String> {
        if s.len() % 2 != 0 {
            return Err("odd".into());
        }
        let b = s.as_bytes();
        let mut out = Vec::with_capacity(b.len() / 2);
        let mut i = 0;
        while i < b.len() {
            let hi = (b[i] as char).to_digit(16).ok_or_else(|| format!("bad {}", i))?;
            let lo = (b[i + 1] as char)
                .to_digit(16)
                .ok_or_else(|| format!("bad {}", i + 1))?;
            out.push((hi * 16 + lo) as u8);
            i += 2;
        }
        Ok(out)
    }
    #[par_for(threshold = 8, twin = plain3)]
    fn base64(src: &[u8], out: &mut [u8]) {
        const T: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (i, c) in src.chunks(3).enumerate() {
            let v = (c[0] as u32) << 16 | (*c.get(1).unwrap_or(&0) as u32) << 8 | *c.get(2).unwrap_or(&0) as u32;
            out[4 * i] = T[(v >> 18) as usize & 63];
            out[4 * i + 1] = T[(v >> 12) as usize & 63];
            out[4 * i + 2] = if c.len() > 1 { T[(v >> 6) as usize & 63] } else { b'=' };
            out[4 * i + 3] = if c.len() > 2 { T[v as usize & 63] } else { b'=' };
        }
    }
    #[allow(dead_code)]
    #[par_for(threshold = 8, twin = plain4)]
    fn xor(data: &mut [u8], key: &[u8]) {
        for (i, b) in data.iter_mut().enumerate() {
            *b ^= key[i % key.len()];
        }
    }

    #[test]
    fn bytes_as_text() {
        for &n in SIZES {
            let g: Vec<u8> = numbers(1, n, 256).iter().map(|x| *x as u8).collect();
            same("1", || plain(&g), || hex(&g));
            let h = plain(&g);
            same("2", || plain2(&h), || unhex(&h));
            if n > 7 {
                let mut h = h.clone();
                h.replace_range(9..10, "x");
                same("2", || plain2(&h), || unhex(&h));
            }
            let r = |f: fn(&[u8], &mut [u8])| {
                let mut o = vec![0; (n + 2) / 3 * 4];
                f(&g, &mut o);
                o
            };
            same("3", || r(plain3), || r(base64));
        }
    }
}

mod an_invoice {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[derive(Clone, Debug, PartialEq, Default)]
    struct Tot {
        net: i64,
        tax: i64,
    }
    #[derive(Clone, Debug, PartialEq, Default)]
    struct Inv {
        tot: Tot,
        items: usize,
        skipped: Vec<usize>,
        max: Option<i64>,
    }
    fn tax(x: i64) -> i64 {
        x / 10
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn invoice(lines: &[(i64, u32)]) -> Inv {
        let mut inv = Inv::default();
        for (n, &(price, qty)) in lines.iter().enumerate() {
            if qty == 0 {
                inv.skipped.push(n);
                continue;
            }
            let net = price * qty as i64;
            inv.tot.net += net;
            inv.tot.tax += tax(net);
            inv.items += qty as usize;
            inv.max = inv.max.max(Some(net));
        }
        inv
    }
    impl Inv {
        #[par_reduce(threshold = 8, twin = plain2)]
        fn add_all(&mut self, lines: &[(i64, u32)]) -> bool {
            let before = self.items;
            for &(p, q) in lines {
                self.tot.net += p * q as i64;
                self.items += q as usize;
                if q == 0 {
                    self.skipped.push(p as usize);
                }
            }
            self.items > before
        }
    }

    #[test]
    fn an_invoice() {
        for &n in SIZES {
            let l: Vec<(i64, u32)> = numbers(1, n, 50).iter().map(|x| (*x as i64, (*x % 4) as u32)).collect();
            same("1", || plain(&l), || invoice(&l));
            let r = |f: fn(&mut Inv, &[(i64, u32)]) -> bool| {
                let mut i = Inv::default();
                let b = f(&mut i, &l);
                (i, b)
            };
            same("2", || r(Inv::plain2), || r(Inv::add_all));
        }
    }
}

mod sound {
    use crate::{LENGTHS as SIZES, floats, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_reduce(threshold = 8, twin = plain)]
    fn mix(a: &[i16], b: &[i16], out: &mut [i16]) -> usize {
        let mut clipped = 0;
        let n = a.len().min(b.len()).min(out.len());
        for i in 0..n {
            let s = a[i] as i32 + b[i] as i32;
            out[i] = if s > i16::MAX as i32 {
                clipped += 1;
                i16::MAX
            } else if s < i16::MIN as i32 {
                clipped += 1;
                i16::MIN
            } else {
                s as i16
            };
        }
        clipped
    }
    #[par_for(threshold = 8, twin = plain2)]
    fn interleave(l: &[f32], r: &[f32], out: &mut Vec<f32>) {
        out.resize(l.len() * 2, 0.0);
        for i in 0..l.len() {
            out[i * 2] = l[i];
            out[i * 2 + 1] = r[i];
        }
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn normalise(x: &mut [f32]) -> f32 {
        let mut peak = 0.0f32;
        for s in x.iter() {
            peak = peak.max(s.abs());
        }
        if peak > 0.0 {
            for s in x.iter_mut() {
                *s /= peak;
            }
        }
        peak
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn crossings(x: &[f32]) -> usize {
        let mut n = 0;
        for i in 1..x.len() {
            if (x[i - 1] >= 0.0) != (x[i] >= 0.0) {
                n += 1;
            }
        }
        n
    }

    #[test]
    fn sound() {
        for &n in SIZES {
            let g: Vec<i16> = numbers(1, n, 65536)
                .iter()
                .map(|x| (*x as i32 - 32768) as i16)
                .collect();
            let h: Vec<i16> = g.iter().rev().copied().collect();
            let r = |f: fn(&[i16], &[i16], &mut [i16]) -> usize| {
                let mut o = vec![0; n];
                let c = f(&g, &h, &mut o);
                (o, c)
            };
            same("1", || r(plain), || r(mix));
            let f: Vec<f32> = floats(1, n).iter().map(|x| *x as f32).collect();
            let r = |g: fn(&[f32], &[f32], &mut Vec<f32>)| {
                let mut o = vec![];
                g(&f, &f, &mut o);
                o
            };
            same("2", || r(plain2), || r(interleave));
            let r = |g: fn(&mut [f32]) -> f32| {
                let mut o = f.clone();
                (g(&mut o), o)
            };
            same("3", || r(plain3), || r(normalise));
            same("4", || plain4(&f), || crossings(&f));
        }
    }
}

mod rows_fields_and_exchanges {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_reduce(threshold = 8, twin = plain)]
    fn add_to_rows(m: &mut Vec<Vec<i64>>) -> i64 {
        let mut total = 0;
        for (i, row) in m.iter_mut().enumerate() {
            row[0] = i as i64;
            let s: i64 = row.iter().sum();
            row.push(s);
            total += s;
        }
        total
    }
    #[par_for(threshold = 8, twin = plain2)]
    fn rowsort(m: &mut [Vec<i64>]) {
        for i in 0..m.len() {
            m[i].sort();
            m[i].dedup();
            let k = m[i].len() as i64;
            m[i].push(k);
        }
    }
    #[par_for(threshold = 8, twin = plain3)]
    fn field(ps: &mut [(i64, i64)], d: &[i64]) {
        for i in 0..ps.len() {
            let p = &mut ps[i];
            p.0 += d[i];
            if p.0 > 20 {
                p.1 += 1;
                p.0 = 0;
            }
        }
    }
    #[par_for(threshold = 8, twin = plain4)]
    fn two(a: &mut [i64], b: &mut [i64], n: usize) {
        let mut i = 0usize;
        while i < n && i < a.len() {
            let t = a[i];
            a[i] = b[i];
            b[i] = t;
            i += 1;
        }
    }
    #[par_for(threshold = 8, twin = plain5)]
    fn swapit(a: &mut [i64], b: &mut [i64]) {
        for i in 0..a.len().min(b.len()) {
            std::mem::swap(&mut a[i], &mut b[i]);
        }
    }

    #[test]
    fn rows_fields_and_exchanges() {
        for &n in SIZES {
            let v: Vec<i64> = numbers(1, 3 * n, 50).iter().map(|x| *x as i64).collect();
            let m: Vec<Vec<i64>> = v.chunks(3).map(|c| c.to_vec()).collect();
            let r = |f: fn(&mut Vec<Vec<i64>>) -> i64| {
                let mut m = m.clone();
                let t = f(&mut m);
                (m, t)
            };
            same("1", || r(plain), || r(add_to_rows));
            let r = |f: fn(&mut [Vec<i64>])| {
                let mut m = m.clone();
                f(&mut m);
                m
            };
            same("2", || r(plain2), || r(rowsort));
            let r = |f: fn(&mut [(i64, i64)], &[i64])| {
                let mut m: Vec<_> = v[..n].iter().map(|x| (*x, 0)).collect();
                f(&mut m, &v);
                m
            };
            same("3", || r(plain3), || r(field));
            let r = |f: fn(&mut [i64], &mut [i64], usize)| {
                let mut a = v.clone();
                let mut b: Vec<_> = v.iter().rev().copied().collect();
                f(&mut a, &mut b, n);
                (a, b)
            };
            same("4", || r(plain4), || r(two));
            let r = |f: fn(&mut [i64], &mut [i64])| {
                let mut a = v.clone();
                let mut b: Vec<_> = v.iter().rev().copied().collect();
                f(&mut a, &mut b);
                (a, b)
            };
            same("5", || r(plain5), || r(swapit));
        }
    }
}

mod a_kernel_and_its_sum {
    use crate::same;
    use divvy::par_reduce;

    fn g(x: f32, s: f32) -> f32 {
        (-(x * x) / (2.0 * s * s)).exp()
    }
    #[par_reduce(float = ordered, threshold = 8, twin = plain)]
    fn gaussian_kernel(sigma: f32) -> Vec<f32> {
        let radius = (2.0 * sigma).ceil() as usize;
        let mut kernel = vec![0.0f32; 2 * radius + 1];
        let mut sum = 0.0;
        for (i, value) in kernel.iter_mut().enumerate() {
            *value = g(i as f32 - radius as f32, sigma);
            sum += *value;
        }
        kernel.iter_mut().for_each(|v| *v /= sum);
        kernel
    }
    #[par_reduce(float = ordered, threshold = 8, twin = plain2)]
    fn gaussian_kernel2(sigma: f32) -> Vec<f32> {
        let radius = (2.0 * sigma).ceil() as usize;
        let mut kernel = vec![0.0f32; 2 * radius + 1];
        let mut sum = 0.0f32;
        for i in 0..kernel.len() {
            kernel[i] = g(i as f32 - radius as f32, sigma);
            sum += kernel[i];
        }
        for k in kernel.iter_mut() {
            *k /= sum;
        }
        kernel
    }
    #[par_reduce(float = ordered, threshold = 8, twin = plain3)]
    fn gaussian_kernel3(sigma: f32) -> Vec<f32> {
        let radius = (2.0 * sigma).ceil() as usize;
        let mut kernel = vec![0.0f32; 2 * radius + 1];
        let mut sum = 0.0f32;
        for i in 0..=radius {
            let v = g(i as f32, sigma);
            kernel[radius + i] = v;
            kernel[radius - i] = v;
            sum += if i == 0 { v } else { 2.0 * v };
        }
        for k in &mut kernel {
            *k /= sum;
        }
        kernel
    }

    #[test]
    fn a_kernel_and_its_sum() {
        for s in [0.1, 1.0, 3.0, 10.0, 50.0] {
            same("1", || plain(s), || gaussian_kernel(s));
            same("2", || plain2(s), || gaussian_kernel2(s));
            same("3", || plain3(s), || gaussian_kernel3(s));
        }
    }
}

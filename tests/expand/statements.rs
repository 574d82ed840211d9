use divvy::par_join;

fn parse(text: &str) -> Option<Vec<u32>> {
    text.split(' ').map(|word| word.parse().ok()).collect()
}

fn spread(xs: &[u32]) -> u32 {
    xs.iter().max().unwrap_or(&0) - xs.iter().min().unwrap_or(&0)
}

#[par_join]
fn weighted(prices: &str, amounts: &str) -> Option<u32> {
    let prices = parse(prices)?;
    let amounts = parse(amounts)?;
    let mut cost = 0;
    for (price, amount) in prices.iter().zip(&amounts) {
        cost += price * amount;
    }
    let mut most = Vec::new();
    for amount in &amounts {
        most.push(*amount);
    }
    most.sort();
    Some(cost + most.last()? * spread(&prices))
}

#[par_join]
fn rescale(xs: &mut [u32], ys: &mut [u32], zs: &[u32]) -> u32 {
    let scale = 3;
    xs.sort_by_key(|x| x % scale);
    ys.fill(scale);
    spread(zs) + spread(xs)
}

#[test]
fn same_answer() {
    assert_eq!(weighted("1 2 3", "4 5 6"), Some(4 + 10 + 18 + 6 * 2));
    assert_eq!(weighted("1 x", "4"), None);
    let (mut xs, mut ys) = ([4, 3, 2], [0; 2]);
    assert_eq!(rescale(&mut xs, &mut ys, &[9, 1]), 8 + 2);
    assert_eq!((xs, ys), ([3, 4, 2], [3; 2]));
}

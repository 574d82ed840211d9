fn parse(text: &str) -> Option<Vec<u32>> {
    text.split(' ').map(|word| word.parse().ok()).collect()
}
fn spread(xs: &[u32]) -> u32 {
    xs.iter().max().unwrap_or(&0) - xs.iter().min().unwrap_or(&0)
}
fn weighted(prices: &str, amounts: &str) -> Option<u32> {
    let statements = ::divvy::__private::Forks::statements({
        static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
            "weighted",
            ::core::file!(),
            13u32,
        );
        ::divvy::__private::Region::new(&SITE)
    });
    let forks = statements.forks();
    let (first, second) = forks.join(|_| parse(prices), |_| parse(amounts));
    let prices = first?;
    let amounts = second.claim()?;
    let mut cost = 0;
    let statements_2 = ::divvy::__private::Forks::statements({
        static SITE_2: ::divvy::__private::Site = ::divvy::__private::Site::new(
            "weighted",
            ::core::file!(),
            16u32,
        );
        ::divvy::__private::Region::new(&SITE_2)
    });
    let forks = statements_2.forks();
    let mut most = Vec::new();
    let (_, second_2) = forks
        .join(
            |_| {
                for (price, amount) in prices.iter().zip(&amounts) {
                    cost += price * amount;
                }
            },
            |_| {
                for amount in &amounts {
                    most.push(*amount);
                }
            },
        );
    second_2.claim();
    most.sort();
    Some(cost + most.last()? * spread(&prices))
}
fn rescale(xs: &mut [u32], ys: &mut [u32], zs: &[u32]) -> u32 {
    let scale = 3;
    let statements = ::divvy::__private::Forks::statements({
        static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
            "rescale",
            ::core::file!(),
            30u32,
        );
        ::divvy::__private::Region::new(&SITE)
    });
    let forks = statements.forks();
    let ((_, _), third) = forks
        .join(
            |forks| {
                let (first, second) = forks
                    .join(
                        |_| {
                            xs.sort_by_key(|x| x % scale);
                        },
                        |_| {
                            ys.fill(scale);
                        },
                    );
                (first, second.claim())
            },
            |_| spread(zs),
        );
    third.claim() + spread(xs)
}
#[test]
fn same_answer() {
    assert_eq!(weighted("1 2 3", "4 5 6"), Some(4 + 10 + 18 + 6 * 2));
    assert_eq!(weighted("1 x", "4"), None);
    let (mut xs, mut ys) = ([4, 3, 2], [0; 2]);
    assert_eq!(rescale(& mut xs, & mut ys, & [9, 1]), 8 + 2);
    assert_eq!((xs, ys), ([3, 4, 2], [3; 2]));
}

use divvy::par_divide;

#[par_divide(private(subset))]
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

#[par_divide(private(chosen))]
fn reaches(items: &[u32], rest: u32, chosen: &mut Vec<u32>) -> bool {
    let Some((first, others)) = items.split_first() else {
        return rest == 0;
    };
    if *first <= rest {
        chosen.push(*first);
        if reaches(others, rest - *first, chosen) {
            return true;
        }
        chosen.pop();
    }
    reaches(others, rest, chosen)
}

#[test]
fn same_answer() {
    let (mut subset, mut out) = (vec![], vec![]);
    subsets(&[1, 2], &mut subset, &mut out);
    assert_eq!((subset, out), (vec![], vec![vec![1, 2], vec![1], vec![2], vec![]]));
    let mut chosen = vec![];
    assert!(reaches(&[5, 4, 3, 2], 7, &mut chosen));
    assert_eq!(chosen, [5, 2]);
}

use divvy::par_reduce;

/// How often the outer loop runs is known only while it runs; the inner one can be shared out.
#[par_reduce]
fn halvings(mut xs: Vec<u64>) -> u64 {
    let mut rounds = 0;
    #[seq]
    loop {
        let mut sum = 0;
        #[par]
        for x in xs.iter() {
            sum += x;
        }
        if sum < 10 {
            break;
        }
        rounds += 1;
        #[seq]
        for x in &mut xs {
            *x /= 2;
        }
    }
    rounds
}

#[test]
fn the_inner_loop_is_parallel() {
    assert_eq!(halvings(vec![40, 20]), 3);
}

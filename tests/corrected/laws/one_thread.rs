use std::cell::RefCell;
use std::rc::Rc;

use divvy::par_reduce;

/// What the loop needs is taken out before it starts.
#[par_reduce]
fn total(xs: &[u32], scale: &RefCell<u32>) -> u32 {
    let scale = *scale.borrow();
    let mut sum = 0;
    for x in xs {
        sum += x * scale;
    }
    sum
}

#[par_reduce]
fn longest(words: Rc<Vec<String>>) -> usize {
    let words: &[String] = &words;
    let mut longest = 0;
    for word in words {
        longest = longest.max(word.len());
    }
    longest
}

#[test]
fn what_is_for_one_thread_stays_there() {
    assert_eq!(total(&[1, 2], &RefCell::new(3)), 9);
    assert_eq!(longest(Rc::new(vec!["ab".into(), "c".into()])), 2);
}

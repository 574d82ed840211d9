use divvy::par_reduce;

#[par_reduce]
fn joined(words: &[String]) -> Option<String> {
    words.iter().cloned().reduce(|a, b| format!("{b}{a}"))
}

#[par_reduce]
fn spent(costs: &[u32], budget: u32) -> Option<u32> {
    costs.iter().try_fold(budget, |left, cost| pay(left, *cost))
}

fn pay(left: u32, cost: u32) -> Option<u32> {
    (left / 2).checked_sub(cost)
}

fn main() {}

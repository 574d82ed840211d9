use divvy::par_divide;

#[par_divide]
fn run(mut tasks: Vec<Box<dyn FnOnce() -> u64>>) -> u64 {
    if tasks.len() < 2 {
        return tasks.into_iter().map(|task| task()).sum();
    }
    let rest = tasks.split_off(tasks.len() / 2);
    run(tasks) + run(rest)
}

fn main() {}

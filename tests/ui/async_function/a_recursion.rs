use divvy::par_divide;

#[par_divide]
async fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    Box::pin(fib(n - 1)).await + Box::pin(fib(n - 2)).await
}

fn main() {
    drop(fib(1));
}

use divvy::par_scan;

#[par_scan]
pub fn sum(xs: &[u32], ys: &[u32]) -> (Vec<u32>, u32) {
    let mut digits = Vec::new();
    let mut carry = 0;
    for (x, y) in xs.iter().zip(ys) {
        let sum = x + y + carry;
        digits.push(sum % 10);
        carry = sum / 10;
    }
    (digits, carry)
}

fn main() {}

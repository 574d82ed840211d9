use divvy::par_join;

fn split(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_lowercase).collect()
}

fn longest(words: &[String]) -> Option<&String> {
    words.iter().max_by_key(|word| word.len())
}

#[par_join]
fn longest_word(text: &str) -> Option<String> {
    let words = split(text);
    let longest = longest(&words);
    longest.cloned()
}

fn main() {
    longest_word("to be");
}

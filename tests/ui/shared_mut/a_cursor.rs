//! How far a list is read: the next call starts where the one before has ended.

use divvy::par_divide;

enum Token {
    Number(u64),
    Plus,
    Open,
    Close,
}

enum Tree {
    Leaf(u64),
    Node(Vec<Tree>),
}

#[par_divide]
fn value(tokens: &[Token], pos: &mut usize) -> u64 {
    let token = &tokens[*pos];
    *pos += 1;
    match token {
        Token::Number(number) => *number,
        _ => value(tokens, pos) + value(tokens, pos),
    }
}

#[par_divide]
fn list(text: &str, at: &mut usize) -> Option<Vec<usize>> {
    let mut all = vec![*at];
    while text.as_bytes().get(*at).is_some_and(|byte| *byte != b')') {
        *at = *at + 1;
        all.extend(list(text, at)?);
    }
    Some(all)
}

#[par_divide]
fn tree(tokens: &[Token], cursor: &mut usize) -> Tree {
    let mut children = Vec::new();
    while *cursor < tokens.len() {
        match &tokens[*cursor] {
            Token::Close => break,
            Token::Number(number) => children.push(Tree::Leaf(*number)),
            Token::Plus => {}
            Token::Open => {
                *cursor += 1;
                children.push(tree(tokens, cursor));
            }
        }
        *cursor += 1;
    }
    Tree::Node(children)
}

fn main() {
    let tokens = [Token::Number(1)];
    value(&tokens, &mut 0);
    list(")", &mut 0);
    tree(&tokens, &mut 0);
}

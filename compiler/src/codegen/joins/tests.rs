//! Expansions as a reviewer reads them, and refusals by name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Attribute;

/// The expansion, formatted; errors stand in it as `compile_error!`.
fn expand(args: TokenStream, item: TokenStream) -> String {
    let tokens = crate::expand(Attribute::Divide, args, item);
    prettyplease::unparse(&syn::parse2(tokens.clone()).unwrap_or_else(|e| panic!("{e}: {tokens}")))
}

/// The text without what differs in layout only.
fn flat(text: &str) -> String {
    text.split_whitespace()
        .collect::<String>()
        .replace(",)", ")")
        .replace(",]", "]")
        .replace(",}", "}")
}

fn check(item: TokenStream, wants: &[&str]) {
    let text = expand(TokenStream::new(), item);
    assert!(!text.contains("compile_error"), "{text}");
    for want in wants {
        assert!(flat(&text).contains(&flat(want)), "{want}\nin\n{text}");
    }
}

/// The error's name; the function must still be there.
fn refusal(args: TokenStream, item: TokenStream) -> String {
    let text = expand(args, item);
    assert!(text.contains("fn f("), "{text}");
    assert_eq!(text.matches("compile_error!").count(), 1, "{text}");
    let error = text.find("compile_error!").expect("there is one");
    let from = error + text[error..].find(" [").expect("an error has a name") + 2;
    text[from..from + text[from..].find(']').unwrap()].to_string()
}

#[test]
fn a_free_function_gets_its_twin_and_its_fork_inside() {
    let text = expand(
        quote!(threshold = 4),
        quote! {
            /// Doc.
            #[must_use]
            pub fn f<T: Copy>(mut n: u32, (a, b): (T, T), [c]: [T; 1]) -> u64 {
                if n < 2 { return 1; }
                n -= 1;
                f(n - 1, (a, b), [c]) + f::<T>(n - 2, (b, a), [c])
            }
        },
    );
    let want = "\
/// Doc.
#[must_use]
pub fn f<T: Copy>(n: u32, (a, b): (T, T), argument: [T; 1]) -> u64 {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        \"f\",
        ::core::file!(),
        1u32,
    );
    #[inline(never)]
    fn f<T: Copy>(mut n: u32, (a, b): (T, T), [c]: [T; 1]) -> u64 {
        if n < 2 {
            return 1;
        }
        n -= 1;
        f(n - 1, (a, b), [c]) + f::<T>(n - 2, (b, a), [c])
    }
    fn fork<T: Copy>(
        forks: ::divvy::__private::Forks<'_>,
        mut n: u32,
        (a, b): (T, T),
        argument_2: [T; 1],
    ) -> u64 {
        if forks.is_below(n, 4) {
            return f::<T>(n, (a, b), argument_2);
        }
        let [c] = argument_2;
        if n < 2 {
            return 1;
        }
        n -= 1;
        let (first, second) = forks
            .join(
                |forks| fork(forks, n - 1, (a, b), [c]),
                |forks| fork::<T>(forks, n - 2, (b, a), [c]),
            );
        first + second.claim()
    }
    ::divvy::__private::Forks::enter(
        ::divvy::__private::Region::new(&SITE).threshold(4),
        |forks| fork::<T>(forks, n, (a, b), argument),
    )
}
";
    assert_eq!(text.replace("(a, b,)", "(a, b)"), want);
}

#[test]
fn a_method_is_its_own_twin() {
    let item = quote!(
        fn f(&self, n: u32) -> i64 {
            self.l.f(n).max(self.r.f(n))
        }
    );
    check(
        item,
        &[
            "if ::divvy::__private::in_twin() { self.l.f(n).max(self.r.f(n)) } else {",
            "return ambient.twin(|| self.f(n));",
            "let (first, second) = ::divvy::__private::shared(&self.l, forks).join(|forks| forks.below(|| self.l.f(n)), |forks| forks.below(|| self.r.f(n)));",
            "::core::convert::identity(first).max(second.claim())",
        ],
    );
}

#[test]
fn calls_are_joined_wherever_they_stand() {
    let join = "let (first, second) = forks.join(|forks| fork(forks, a), |forks| fork(forks, b));";
    for (body, want) in [
        (
            quote!(let x = f(a); let y = f(b); g(x, y)),
            "let x = first; let y = second.claim();",
        ),
        (
            quote!(let (x, y) = (f(a), f(b)); g(x, y)),
            "let (x, y) = (first, second.claim());",
        ),
        (quote!(return g(f(a)?, &f(b)?);), "return g(first?, &second.claim()?);"),
        (
            quote!(S {
                l: Some(Box::new(f(a))),
                v,
                r: [f(b)]
            }),
            "S { l: Some(Box::new(first)), v, r: [second.claim()], }",
        ),
        (
            quote!(let mut m = f(a); m.push(1); m.extend(f(b)); m),
            "let mut m = first; m.push(1); m.extend(second.claim());",
        ),
        (quote!({ f(a) + f(b) }), "{ let (first, second) ="),
        (
            quote!(vec![f(a), f(b)]),
            "::std::vec::Vec::from([first, second.claim()])",
        ),
        (
            quote!(match (f(a), f(b)) {
                (x, y) => x + y,
            }),
            "match (first, second.claim()) {",
        ),
    ] {
        check(quote!(fn f(a: u8) -> R<u8> { #body }), &[join, want]);
    }
}

#[test]
fn a_condition_travels_with_its_call() {
    let item = quote!(
        fn f(x: u8) -> bool {
            x == 0 || (x > 3 && f(x - 3)) || f(x / 2)
        }
    );
    check(
        item,
        &[
            "x == 0 || { let (first, second) = forks.join_unless(|first: &::core::primitive::bool| *first,
             |forks| x > 3 && fork(forks, x - 3), |forks| fork(forks, x / 2)); first || second.claim() }",
        ],
    );
    let item = quote!(
        fn f(n: &N) -> u64 {
            let mut t = 0;
            if let Some((w, c)) = &n.l {
                t += w * f(c);
            }
            if n.r {
                t += f(n);
            }
            t
        }
    );
    check(
        item,
        &[
            "if let Some((_, c)) = &n.l { ::core::option::Option::Some(fork(forks, c)) }",
            "if let Some((w, _)) = &n.l { if let ::core::option::Option::Some(value) = value { t += w * value; } }",
            "if let ::core::option::Option::Some(value_2) = value_2 { t += value_2; }",
        ],
    );
}

#[test]
fn a_question_mark_is_carried_out_of_the_task() {
    let item = quote!(
        fn f(x: &T) -> Result<Tree, Error> {
            let l = if x.a { Some(f(&x.l)?) } else { None };
            let r = if x.b { Some(f(&x.r)?) } else { None };
            Ok(Tree { l, r })
        }
    );
    check(
        item,
        &[
            "|forks| -> Result<_, Error> { ::core::result::Result::Ok( if x.a {",
            "let l = first?; let r = second.claim()?;",
        ],
    );
}

#[test]
fn lets_come_along() {
    // only used by the second call
    let item = quote!(
        fn f(n: u8) -> u8 {
            let x = f(n / 2);
            let m = n / 3;
            let y = f(m);
            x + y
        }
    );
    check(item, &["|forks| { let m = n / 3; fork(forks, m) }"]);
    // used elsewhere, too
    let item = quote!(
        fn f(n: u8) -> u8 {
            let x = f(n / 2);
            let m = n / 3;
            let y = f(m);
            x + y + m
        }
    );
    check(item, &["let m = n / 3; let (first, second)"]);
}

#[test]
fn four_calls_are_a_tree_of_joins() {
    let item = quote!(
        fn f(n: u8) -> [u8; 4] {
            [f(n), f(n + 1), f(n + 2), f(n + 3)]
        }
    );
    check(
        item,
        &[
            "let third; let fourth; let ((first, second), rest) = forks",
            "{ (third, fourth) = rest.claim(); third }",
        ],
    );
}

#[test]
fn parts_of_one_slice_are_checked_first() {
    let item = quote!(
        fn f(v: &mut [u8]) {
            let m = g(v);
            f(&mut v[..m]);
            f(&mut v[m + 1..]);
            h(v);
        }
    );
    check(
        item,
        &[
            "if let ::core::result::Result::Ok([part, part_2]) = v .get_disjoint_mut([0..m, m + 1..v.len()]) {",
            "|forks| fork(forks, part), |forks| fork(forks, part_2)",
            "} else { fork(forks, &mut v[..m]); fork(forks, &mut v[m + 1..]); h(v); }",
        ],
    );
}

#[test]
fn an_elided_lifetime_is_named() {
    let item = quote!(
        fn f(x: &[u8]) -> &u8 {
            g(f(&x[1..]), f(&x[2..]))
        }
    );
    check(
        item,
        &["fn fork<'input>(forks: ::divvy::__private::Forks<'_>, x: &'input [u8]) -> &'input u8"],
    );
}

#[test]
fn what_stands_in_the_way_has_a_name() {
    for (body, want) in [
        (quote!(h(n)), "no_recursion"),
        (
            quote!(for x in m {
                n(x);
            } 0),
            "no_recursion",
        ),
        (quote!(1 + f(n, m)), "one_call"),
        (quote!(if n > 2 { f(n - 1, m) } else { f(n - 2, m) }), "one_call"),
        (quote!(if n > 2 { return f(n - 1, m); } f(n - 2, m)), "one_call"),
        (quote!(for i in 0..n { t += f(i, o); } t), "shared_mut"),
        (quote!(let x = f(n, &mut a); f(x, &mut b)), "dependent_call"),
        (quote!(f(f(n, &mut a), &mut b)), "dependent_call"),
        (
            quote!(let x = f(n, &mut a); b[0] += x; x + f(n, &mut b)),
            "dependent_call",
        ),
        (quote!(f(n, m) + f(n - 1, m)), "shared_mut"),
        (quote!(f(n, &mut v[..=k]) + f(n - 1, &mut v[k..])), "shared_mut"),
        (quote!(f(n, &mut v[0][..k]) + f(n - 1, &mut v[1][k..])), "shared_mut"),
        (quote!(f(n, &mut a)?; f(n - 1, &mut b)), "early_exit"),
        (quote!(println!("{n}"); f(n, &mut a) + f(n, &mut b)), "output_in_body"),
        (quote!(c.lock(); f(n, &mut a) + f(n, &mut b)), "lock_in_body"),
    ] {
        let item = quote!(fn f(mut n: u8, m: &mut [u8]) -> u8 { let (mut a, mut b, k, mut v, o) = g(); #body });
        assert_eq!(refusal(TokenStream::new(), item), want, "{body}");
    }
    let item = quote!(
        fn f(t: &Tree) -> u8 {
            f(&t.l) + f(&t.r)
        }
    );
    assert_eq!(refusal(quote!(threshold = 4), item), "no_size");
}

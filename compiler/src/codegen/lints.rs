//! Which lints would speak of what nobody has written?

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ItemFn, parse_quote};

/// Allows `x = x + y` where a rewriting has made one of what is no assignment: the type may have no `+=`.
pub(super) fn allow(function: &mut ItemFn, own: usize) {
    if operations(function) > own {
        function.attrs.push(parse_quote!(#[allow(clippy::assign_op_pattern)]));
    }
}

/// How often the function says `x = x + y`, with any operator.
pub(super) fn operations(function: &ItemFn) -> usize {
    struct Operations(usize);

    impl<'a> Visit<'a> for Operations {
        fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
            if let Expr::Binary(binary) = &*node.right {
                let text = |expr: &Expr| expr.to_token_stream().to_string();
                self.0 += usize::from(text(&node.left) == text(&binary.left));
            }
            visit::visit_expr_assign(self, node);
        }
    }

    let mut found = Operations(0);
    found.visit_block(&function.block);
    found.0
}

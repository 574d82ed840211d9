//! Does what decides about a carried value write to the loop's items?
//!
//! A summary only looks at the items: the loop itself writes to them later. What nothing in the summary reads any more
//! is left out of it; where something does, the summary would need items of its own.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Stmt};

use super::Refusal;
use crate::analysis::{mutations, slicing};
use crate::lower::places::{Place, indices_of, place_of};
use crate::lower::updates::is_compound;
use crate::lower::uses::{self, Names};

/// The body without its writes to the items of the loop, or the write that something in it sees.
///
/// The elements of the arrays `own` are items: no iteration touches another one's.
pub(super) fn left_alone(body: &Block, kernel: &ExprForLoop, own: &[Place]) -> Result<Block, Refusal> {
    let mut lent = Lent(Names::new());
    lent.visit_pat(&kernel.pat);
    let mut order = Order {
        items: &lent.0,
        own,
        next: 0,
        statements: 0,
        loops: Vec::new(),
        is_in_write: false,
        writes: Vec::new(),
        reads: Vec::new(),
    };
    order.visit_block(body);
    for write in &order.writes {
        // a loop in the body comes back to what stands before
        let from = write.loop_start.unwrap_or(write.end).min(write.end);
        let is_seen = |(at, place): &(usize, Place)| *at >= from && place.overlaps(&write.place);
        if order.reads.iter().any(is_seen) || write.statement.is_none() {
            return Err(Refusal::Items { at: write.at.clone() });
        }
    }
    let mut kept = body.clone();
    let gone = order.writes.iter().filter_map(|write| write.statement).collect();
    Without { gone, next: 0 }.visit_block_mut(&mut kept);
    Ok(kept)
}

/// The names in a pattern that may be references to items.
struct Lent(Names);

impl<'a> Visit<'a> for Lent {
    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        if node.mutability.is_none() {
            self.0.insert(node.ident.to_string());
        }
        visit::visit_pat_ident(self, node);
    }
}

/// A write, from one position in the source to another.
struct Write {
    at: TokenStream,
    place: Place,
    /// The number of the statement that it is, if that does nothing else.
    statement: Option<usize>,
    end: usize,
    /// Where the outermost loop of the body around it begins.
    loop_start: Option<usize>,
}

/// True if something but the write itself happens in it.
fn does_more(write: &Expr) -> bool {
    struct More {
        changes: usize,
        leaves: bool,
    }

    impl<'a> Visit<'a> for More {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.changes += usize::from(!slicing::changed(node).is_empty());
            self.leaves |= matches!(
                node,
                Expr::Continue(_) | Expr::Break(_) | Expr::Return(_) | Expr::Try(_) | Expr::Macro(_) | Expr::Closure(_)
            );
            visit::visit_expr(self, node);
        }

        fn visit_stmt_macro(&mut self, _: &'a syn::StmtMacro) {
            self.leaves = true;
        }
    }

    let mut more = More {
        changes: 0,
        leaves: false,
    };
    more.visit_expr(write);
    more.changes > 1 || more.leaves
}

/// Writes and reads of items in the order of the source.
struct Order<'n> {
    items: &'n Names,
    own: &'n [Place],
    next: usize,
    statements: usize,
    loops: Vec<usize>,
    is_in_write: bool,
    writes: Vec<Write>,
    reads: Vec<(usize, Place)>,
}

impl Order<'_> {
    fn write(&mut self, node: &Expr, place: Place, statement: Option<usize>, inside: impl FnOnce(&mut Self)) {
        let number = self.writes.len();
        self.writes.push(Write {
            at: node.to_token_stream(),
            place,
            statement,
            end: 0,
            loop_start: self.loops.first().copied(),
        });
        // what is read for a write that is left out is not read
        let before = std::mem::replace(&mut self.is_in_write, true);
        inside(self);
        self.is_in_write = before;
        self.next += 1;
        self.writes[number].end = self.next;
    }

    /// What an expression writes to, if that is an item.
    fn written(&self, node: &Expr) -> Option<Place> {
        let target = match node {
            Expr::Assign(assign) => &*assign.left,
            Expr::Binary(binary) if is_compound(&binary.op) => &*binary.left,
            Expr::MethodCall(call) if mutations::changes_by_name(&call.method.to_string()) => &*call.receiver,
            _ => return None,
        };
        let (place, _) = place_of(target)?;
        let is_inside = !place.is_variable() || matches!(node, Expr::MethodCall(_));
        (is_inside && self.is_item(&place)).then_some(place)
    }

    fn is_item(&self, place: &Place) -> bool {
        self.items.contains(&place.root) || self.own.iter().any(|array| array.overlaps(place))
    }

    /// The item, or the part of one, that an expression names.
    fn item(&self, node: &Expr) -> Option<Place> {
        let (place, _) = place_of(node)?;
        self.is_item(&place).then_some(place)
    }

    fn looped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.loops.push(self.next);
        inside(self);
        self.loops.pop();
    }
}

impl<'a> Visit<'a> for Order<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        if let Some(place) = self.written(node) {
            return self.write(node, place, None, |o| visit::visit_expr(o, node));
        }
        match node {
            Expr::Path(_) | Expr::Field(_) | Expr::Unary(_) | Expr::Index(_) if self.item(node).is_some() => {
                indices_of(node).into_iter().for_each(|index| self.visit_expr(index));
                self.next += 1;
                if !self.is_in_write {
                    self.reads.extend(self.item(node).map(|place| (self.next, place)));
                }
            }
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => self.looped(|o| visit::visit_expr(o, node)),
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        self.next += 1;
        if self.is_in_write {
            return;
        }
        let roots = self.own.iter().map(|array| &array.root);
        let names = self.items.iter().chain(roots);
        let used = names.filter(|name| uses::occurs(node.tokens.clone(), name));
        self.reads
            .extend(used.map(|name| (self.next, Place::of_variable(name))));
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        let number = self.statements;
        self.statements += 1;
        match node {
            Stmt::Expr(expr, _) if let Some(place) = self.written(expr) => {
                let number = (!does_more(expr)).then_some(number);
                self.write(expr, place, number, |o| visit::visit_expr(o, expr));
            }
            _ => visit::visit_stmt(self, node),
        }
    }
}

/// Takes out statements by their numbers: a copy has other nodes.
struct Without {
    gone: Vec<usize>,
    next: usize,
}

impl VisitMut for Without {
    fn visit_block_mut(&mut self, node: &mut Block) {
        node.stmts.retain_mut(|stmt| {
            let number = self.next;
            self.next += 1;
            visit_mut::visit_stmt_mut(self, stmt);
            !self.gone.contains(&number)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(body: &str) -> Result<String, String> {
        let kernel: ExprForLoop = syn::parse_str(&format!("for (o, mut own) in xs {body}")).unwrap();
        match left_alone(&kernel.body, &kernel, &[Place::of_variable("a")]) {
            Ok(block) => Ok(block.to_token_stream().to_string()),
            Err(Refusal::Items { at }) => Err(at.to_string()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn writes_that_nothing_reads_are_left_out() {
        for (body, want) in [
            ("{ if *o == 1 { v = !v; *o = 2; } }", "{ if * o == 1 { v = ! v ; } }"),
            ("{ v += *o; *o += 1; }", "{ v += * o ; }"),
            ("{ f(1); o.push(2); }", "{ f (1) ; }"),
            ("{ own.0 = 1; v += own.0; }", "{ own . 0 = 1 ; v += own . 0 ; }"),
            ("{ let o = y; v += o; }", "{ let o = y ; v += o ; }"),
            ("{ let t = a[i]; a[i] = v; v += t; }", "{ let t = a [i] ; v += t ; }"),
            (
                "{ a[i].from = v; v += a[i].size; a[i].to = v; }",
                "{ v += a [i] . size ; }",
            ),
            ("{ o.from = v; v += o.size; o.to = v; }", "{ v += o . size ; }"),
            (
                "{ match y { 1 => { v = !v; *o = 2; } _ => { *o += 1; } } }",
                "{ match y { 1 => { v = ! v ; } _ => { } } }",
            ),
        ] {
            assert_eq!(left(body).as_deref(), Ok(want), "{body}");
        }
    }

    #[test]
    fn writes_that_are_read_are_found() {
        for (body, want) in [
            ("{ *o = 2; if *o == 1 { v = !v; } }", "* o = 2"),
            ("{ for y in z { if *o == 1 { v = !v; } *o = y; } }", "* o = y"),
            ("{ v = { *o = 1; *o }; }", "* o = 1"),
            ("{ a[i] = 1; v += a[i]; }", "a [i] = 1"),
            ("{ a[i] = 1; v += b[a[j]]; }", "a [i] = 1"),
            ("{ o.at = 1; f(o); }", "o . at = 1"),
            ("{ *o = x; v += o.size; }", "* o = x"),
            ("{ o.x += 1; g!(o); }", "o . x += 1"),
            ("{ f(*o = 1); }", "* o = 1"),
            (
                "{ *o = match y { Some(z) => z, None => continue }; }",
                "* o = match y { Some (z) => z , None => continue }",
            ),
            ("{ *o = { v = !v; 1 }; }", "* o = { v = ! v ; 1 }"),
        ] {
            assert_eq!(left(body), Err(want.to_string()), "{body}");
        }
    }
}

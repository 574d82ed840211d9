//! Values that are taken and replaced in one go: `mem::replace(&mut prev, x)`, `mem::take(&mut list)`, `prev.replace(x)`.
//!
//! For the analysis they are written out, `let taken = prev; prev = x;`, before the statement that they stand in. The loop
//! itself stays as it is.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprForLoop, Stmt};

use crate::lower::NodeId;
use crate::lower::places::place_of;
use crate::lower::uses;
use crate::lower::variables::Variable;
use crate::names::FreeNames;

/// What is taken, and what it is replaced by.
enum Exchange {
    /// `mem::replace(&mut p, e)`, `p.replace(e)`, ...
    Replace { place: Expr, value: Expr },
    /// `mem::swap(&mut p, &mut q)`
    Swap { one: Expr, other: Expr },
}

/// The nodes that lend or change a variable as part of an exchange.
pub(super) fn nodes(kernel: &ExprForLoop, is_option: &dyn Fn(&str) -> bool) -> BTreeSet<NodeId> {
    struct Nodes<'n> {
        is_option: &'n dyn Fn(&str) -> bool,
        found: BTreeSet<NodeId>,
    }

    impl<'a> Visit<'a> for Nodes<'_> {
        fn visit_stmt(&mut self, node: &'a Stmt) {
            let mut first = First::new(self.is_option);
            first.visit_stmt(node);
            if let [at] = first.found[..] {
                match at {
                    Expr::MethodCall(_) => {
                        self.found.insert(NodeId::of(at));
                    }
                    Expr::Call(call) => self.found.extend(call.args.iter().map(NodeId::of)),
                    _ => {}
                }
            }
            visit::visit_stmt(self, node);
        }
    }

    let mut nodes = Nodes {
        is_option,
        found: BTreeSet::new(),
    };
    nodes.visit_block(&kernel.body);
    nodes.found
}

/// True if the variable is known to be an `Option`.
pub(super) fn is_option(variable: &Variable) -> bool {
    let by_type = matches!(&variable.ty, Some(syn::Type::Path(path)) if path.path.segments.last().is_some_and(|s| s.ident == "Option"));
    let by_value = match &variable.init {
        Some(Expr::Path(path)) => path.path.is_ident("None"),
        Some(Expr::Call(call)) => matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some")),
        _ => false,
    };
    by_type || by_value
}

/// Writes the exchanges out.
pub(super) fn write_out(node: &mut ExprForLoop, is_option: &dyn Fn(&str) -> bool, names: &mut FreeNames) {
    WriteOut { is_option, names }.visit_block_mut(&mut node.body);
}

struct WriteOut<'n> {
    is_option: &'n dyn Fn(&str) -> bool,
    names: &'n mut FreeNames,
}

impl VisitMut for WriteOut<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        for mut stmt in std::mem::take(&mut node.stmts) {
            let mut first = First::new(self.is_option);
            first.visit_stmt(&stmt);
            if let [at] = first.found[..]
                && let Some(exchange) = exchange(at, self.is_option)
            {
                let place = NodeId::of(at);
                let taken = self.names.free("taken");
                node.stmts.extend(exchange.stmts(&taken));
                let is_all = matches!(&stmt, Stmt::Expr(expr, _) if NodeId::of(expr) == place);
                if is_all {
                    continue;
                }
                PutIn { place, taken }.visit_stmt_mut(&mut stmt);
            }
            visit_mut::visit_stmt_mut(self, &mut stmt);
            node.stmts.push(stmt);
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Exchange {
    fn stmts(&self, taken: &Ident) -> Vec<Stmt> {
        match self {
            Exchange::Replace { place, value } => {
                vec![
                    syn::parse_quote!(let #taken = #place;),
                    syn::parse_quote!(#place = #value;),
                ]
            }
            Exchange::Swap { one, other } => vec![
                syn::parse_quote!(let #taken = #one;),
                syn::parse_quote!(#one = #other;),
                syn::parse_quote!(#other = #taken;),
            ],
        }
    }
}

struct PutIn {
    place: NodeId,
    taken: Ident,
}

impl VisitMut for PutIn {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if NodeId::of(node) == self.place {
            let taken = &self.taken;
            *node = syn::parse_quote!(#taken);
        } else {
            visit_mut::visit_expr_mut(self, node);
        }
    }
}

/// Finds the exchanges that happen in any case, before anything in a statement's blocks.
struct First<'a, 'n> {
    is_option: &'n dyn Fn(&str) -> bool,
    found: Vec<&'a Expr>,
    /// Everything else that is evaluated with them.
    others: Vec<&'a Expr>,
}

impl<'n> First<'_, 'n> {
    fn new(is_option: &'n dyn Fn(&str) -> bool) -> Self {
        First {
            is_option,
            found: Vec::new(),
            others: Vec::new(),
        }
    }
}

impl<'a> Visit<'a> for First<'a, '_> {
    fn visit_stmt(&mut self, node: &'a Stmt) {
        match node {
            Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    self.visit_expr(&init.expr);
                }
            }
            Stmt::Expr(expr, _) => self.visit_expr(expr),
            Stmt::Item(_) | Stmt::Macro(_) => {}
        }
        // what else looks at the same variable may do so before or after
        let roots = |expr: &Expr| match exchange(expr, self.is_option) {
            Some(Exchange::Replace { place, .. }) => uses::of_expr(&place),
            Some(Exchange::Swap { one, other }) => uses::of_expr(&one).union(&uses::of_expr(&other)).cloned().collect(),
            None => uses::Names::new(),
        };
        let others = std::mem::take(&mut self.others);
        let is_met = |name: &String| others.iter().any(|other| uses::uses(other, name));
        let found = std::mem::take(&mut self.found);
        self.found = found.into_iter().filter(|at| !roots(at).iter().any(is_met)).collect();
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        if exchange(node, self.is_option).is_some() {
            self.found.push(node);
            return;
        }
        match node {
            Expr::If(branch) => self.visit_expr(&branch.cond),
            Expr::Match(choice) => self.visit_expr(&choice.expr),
            Expr::ForLoop(inner) => self.visit_expr(&inner.expr),
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
                self.visit_expr(&binary.left);
                self.others.push(&binary.right);
            }
            Expr::While(_) | Expr::Loop(_) | Expr::Block(_) | Expr::Closure(_) | Expr::Macro(_) => {}
            Expr::Path(_) => self.others.push(node),
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_macro(&mut self, _: &'a syn::Macro) {}
}

fn exchange(node: &Expr, is_option: &dyn Fn(&str) -> bool) -> Option<Exchange> {
    match node {
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let names: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
            let name = match &names[..] {
                [.., module, name] if module == "mem" => name.as_str(),
                [name] if ["replace", "swap", "take"].contains(&name.as_str()) => name.as_str(),
                _ => return None,
            };
            match (name, &call.args.iter().collect::<Vec<_>>()[..]) {
                ("replace", [place, value]) => Some(Exchange::Replace {
                    place: lent(place)?,
                    value: (*value).clone(),
                }),
                ("take", [place]) => Some(Exchange::Replace {
                    place: lent(place)?,
                    value: syn::parse_quote!(::core::default::Default::default()),
                }),
                ("swap", [one, other]) => Some(Exchange::Swap {
                    one: lent(one)?,
                    other: lent(other)?,
                }),
                _ => None,
            }
        }
        Expr::MethodCall(call) => {
            let (place, _) = place_of(&call.receiver)?;
            if place.depth() > 0 || !is_option(&place.root) {
                return None;
            }
            let value: Expr = match (call.method.to_string().as_str(), call.args.len()) {
                ("replace", 1) => {
                    let value = &call.args[0];
                    syn::parse_quote!(::core::option::Option::Some(#value))
                }
                ("take", 0) => syn::parse_quote!(::core::option::Option::None),
                _ => return None,
            };
            Some(Exchange::Replace {
                place: (*call.receiver).clone(),
                value,
            })
        }
        _ => None,
    }
}

/// The place behind `&mut place`, if it is no element.
fn lent(argument: &Expr) -> Option<Expr> {
    match argument {
        Expr::Reference(reference) if reference.mutability.is_some() => {
            let (place, _) = place_of(&reference.expr)?;
            (place.depth() == 0).then(|| (*reference.expr).clone())
        }
        _ => None,
    }
}

//! Taking the tasks out of the code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Stmt};

use super::layout::{Layout, Place};
use crate::lower::NodeId;
use crate::names::FreeNames;
use crate::plan::divide::Group;

/// The parts of slices that the tasks of a group are lent.
#[derive(Default)]
pub(super) struct Split {
    /// Each part's expression and what stands in its place.
    pub(super) parts: BTreeMap<NodeId, Expr>,
    /// `let (Ok([part, ..]), ..) = (slice.get_disjoint_mut([range, ..]), ..)`
    pub(super) condition: TokenStream,
}

impl Split {
    pub(super) fn of(group: &Group, free: &mut FreeNames) -> Split {
        let mut parts = BTreeMap::new();
        let (mut patterns, mut values) = (Vec::new(), Vec::new());
        for base in &group.split {
            let lent = group.members.iter().flat_map(|member| &member.parts);
            let lent: Vec<_> = lent.filter(|part| part.base.is_same(base)).collect();
            let names: Vec<_> = lent.iter().map(|_| free.free("part")).collect();
            let ranges = lent.iter().map(|part| part.range());
            let slice = &lent[0].tokens;
            patterns.push(quote!(::core::result::Result::Ok([#(#names),*])));
            values.push(quote!(#slice.get_disjoint_mut([#(#ranges),*])));
            parts.extend(
                lent.iter()
                    .zip(&names)
                    .map(|(part, name)| (part.node, part.of_slice(name))),
            );
        }
        let condition = match (&patterns[..], &values[..]) {
            ([pattern], [value]) => quote!(let #pattern = #value),
            _ => quote!(let (#(#patterns),*) = (#(#values),*)),
        };
        Split { parts, condition }
    }
}

/// Takes the tasks out of the code and leaves their places.
pub(super) struct Extract<'s> {
    pub(super) split: &'s Split,
    pub(super) places: BTreeMap<NodeId, (usize, usize, Place)>,
    pub(super) rvalues: BTreeSet<NodeId>,
    pub(super) tasks: BTreeMap<(usize, usize), Expr>,
    /// The groups of the tasks that were taken out since somebody looked.
    pub(super) met: Vec<usize>,
}

impl<'s> Extract<'s> {
    pub(super) fn new(groups: &[Group], layouts: &[Layout], split: &'s Split) -> Extract<'s> {
        let mut places = BTreeMap::new();
        for (number, (group, layout)) in groups.iter().zip(layouts).enumerate() {
            for (at, (member, place)) in group.members.iter().zip(&layout.places).enumerate() {
                places.insert(member.node, (number, at, place.clone()));
            }
        }
        Extract {
            split,
            places,
            rvalues: BTreeSet::new(),
            tasks: BTreeMap::new(),
            met: Vec::new(),
        }
    }
}

/// Puts the variables for parts of slices in their places.
pub(super) struct Lend<'s>(&'s Split);

impl VisitMut for Lend<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match self.0.parts.get(&NodeId::of(node)) {
            Some(part) => *node = part.clone(),
            None => visit_mut::visit_expr_mut(self, node),
        }
    }
}

impl VisitMut for Extract<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let id = NodeId::of(node);
        if let Some((group, member, place)) = self.places.remove(&id) {
            Lend(self.split).visit_expr_mut(node);
            let task = std::mem::replace(node, place.expr(self.rvalues.contains(&id)));
            self.tasks.insert((group, member), task);
            self.met.push(group);
            return;
        }
        match node {
            Expr::MethodCall(call) => self.rvalues.insert(NodeId::of(&*call.receiver)),
            Expr::Reference(reference) => self.rvalues.insert(NodeId::of(&*reference.expr)),
            Expr::Field(field) => self.rvalues.insert(NodeId::of(&*field.base)),
            Expr::Index(index) => self.rvalues.insert(NodeId::of(&*index.expr)),
            _ => false,
        };
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, node);
        // a place that nobody uses is a statement already
        if let Stmt::Expr(Expr::Verbatim(_), semi) = node {
            *semi = None;
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

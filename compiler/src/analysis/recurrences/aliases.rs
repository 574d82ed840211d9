//! What places hold, in terms of the carried variables.
//!
//! A body may have as many of them as lines, and each line asks about a few names: they are found by name, and a block
//! undoes what it did to them instead of keeping a copy.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use syn::Expr;

use super::stale;
use crate::lower::places::{Place, place_of};
use crate::lower::uses::{self, Names};

/// What a place holds.
#[derive(Clone)]
pub(super) enum Alias {
    /// An expression, as long as the carried variables in it, each in this version, haven't changed since.
    Value {
        value: Rc<Expr>,
        versions: Vec<(String, usize)>,
    },
    /// One of several, depending on the way taken.
    Unclear,
}

impl Alias {
    fn is_same(&self, other: &Alias) -> bool {
        match (self, other) {
            (Alias::Value { value: a, versions: m }, Alias::Value { value: b, versions: n }) => {
                m == n && (Rc::ptr_eq(a, b) || a == b)
            }
            (Alias::Unclear, Alias::Unclear) => true,
            _ => false,
        }
    }
}

/// Places, by their text, with what they hold.
#[derive(Default)]
pub(super) struct Aliases {
    places: BTreeMap<String, Alias>,
    /// The places of a variable.
    by_root: BTreeMap<String, BTreeSet<String>>,
    /// The places whose values use a name.
    by_use: BTreeMap<String, BTreeSet<String>>,
    /// How many are unclear.
    unclear: usize,
    /// What places held before they were changed.
    log: Vec<(String, Option<Alias>)>,
}

impl Aliases {
    pub(super) fn get(&self, place: &str) -> Option<&Alias> {
        self.places.get(place)
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn any_unclear(&self) -> bool {
        self.unclear > 0
    }

    /// True if a place of this variable follows a carried one.
    pub(super) fn follows(&self, root: &str) -> bool {
        self.by_root.get(root).is_some_and(|places| !places.is_empty())
    }

    /// True if something is known of a part of the place, or of a whole that it is part of.
    pub(super) fn overlap(&self, place: &Place) -> bool {
        let known = self.by_root.get(&place.root).into_iter().flatten();
        known.into_iter().any(|text| {
            let parsed = syn::parse_str::<Expr>(text).ok();
            let other = parsed.as_ref().and_then(place_of);
            other.is_none_or(|(other, _)| other.overlaps(place))
        })
    }

    /// True if a value uses the name.
    pub(super) fn is_used(&self, name: &str) -> bool {
        self.by_use.get(name).is_some_and(|places| !places.is_empty())
    }

    pub(super) fn set(&mut self, place: String, alias: Option<Alias>) {
        let before = self.put(&place, alias);
        self.log.push((place, before));
    }

    fn put(&mut self, place: &str, alias: Option<Alias>) -> Option<Alias> {
        let before = self.places.remove(place);
        if let Some(before) = &before {
            match before {
                Alias::Value { value, .. } => {
                    for name in uses::of_expr(value) {
                        self.by_use.entry(name).or_default().remove(place);
                    }
                }
                Alias::Unclear => self.unclear -= 1,
            }
            self.by_root
                .entry(stale::root(place).to_string())
                .or_default()
                .remove(place);
        }
        if let Some(alias) = alias {
            match &alias {
                Alias::Value { value, .. } => {
                    for name in uses::of_expr(value) {
                        self.by_use.entry(name).or_default().insert(place.to_string());
                    }
                }
                Alias::Unclear => self.unclear += 1,
            }
            let root = stale::root(place).to_string();
            self.by_root.entry(root).or_default().insert(place.to_string());
            self.places.insert(place.to_string(), alias);
        }
        before
    }

    /// The places of these variables hold nothing that is known of.
    pub(super) fn forget(&mut self, roots: &Names) {
        for root in roots {
            for place in self.by_root.get(root).cloned().unwrap_or_default() {
                self.set(place, None);
            }
        }
    }

    /// These names mean something else from here on: what was computed from them can't be put in any more.
    pub(super) fn lose(&mut self, names: &Names) {
        for name in names {
            let lost = [self.by_root.get(name), self.by_use.get(name)];
            let lost: Vec<String> = lost.into_iter().flatten().flatten().cloned().collect();
            for place in lost {
                self.set(place, Some(Alias::Unclear));
            }
        }
    }

    /// No value can be put in any more.
    pub(super) fn lose_all(&mut self) {
        let is_known = |(place, alias): (&String, &Alias)| matches!(alias, Alias::Value { .. }).then(|| place.clone());
        let known: Vec<String> = self.places.iter().filter_map(is_known).collect();
        for place in known {
            self.set(place, Some(Alias::Unclear));
        }
    }

    /// Where a block begins.
    pub(super) fn mark(&self) -> usize {
        self.log.len()
    }

    /// Undoes all since the mark: the places that held something else at the end, and what.
    pub(super) fn undo(&mut self, mark: usize) -> BTreeMap<String, Alias> {
        let mut last: BTreeMap<String, Option<Alias>> = BTreeMap::new();
        for (place, before) in self.log.split_off(mark).into_iter().rev() {
            let now = self.put(&place, before);
            last.entry(place).or_insert(now);
        }
        let is_other = |(place, last): (String, Option<Alias>)| {
            let last = last?;
            let is_same = self.places.get(&place).is_some_and(|before| before.is_same(&last));
            (!is_same).then_some((place, last))
        };
        last.into_iter().filter_map(is_other).collect()
    }
}

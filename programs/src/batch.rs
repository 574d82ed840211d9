//! One batch: the functions that the compiler takes become a program, which rustc compiles and which compares them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use divvy_compiler::Attribute;
use proc_macro2::TokenStream;

use crate::Function;

/// What has been found so far.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    tried: usize,
    /// By the compiler.
    refused: usize,
    /// By a bound of the generated code: the types have no law, or can't be cut.
    without_law: usize,
    /// By rustc, without the attribute, too: the generator's fault.
    refused_by_rustc: usize,
    pub(crate) compared: usize,
    pub(crate) findings: usize,
    /// How often the compiler reported which error.
    names: BTreeMap<String, usize>,
}

impl Counts {
    fn refuse(&mut self, names: Vec<String>) {
        self.refused += 1;
        for name in names {
            *self.names.entry(name).or_default() += 1;
        }
    }

    /// The errors, the most frequent one first.
    pub(crate) fn errors(&self) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let shown: Vec<_> = names.iter().map(|(name, count)| format!("{name} {count}")).collect();
        shown.join(", ")
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} functions, {} refused, {} without a law, {} refused by rustc, {} compared, {} findings",
            self.tried, self.refused, self.without_law, self.refused_by_rustc, self.compared, self.findings
        )
    }
}

/// What every batch begins with.
const PRELUDE: &str = include_str!("prelude.rs.txt");

/// Compiles and runs a batch.
pub(crate) fn run(seed: u64, functions: &[Function], counts: &mut Counts) {
    counts.tried += functions.len();
    let mut taken: Vec<(usize, &Function)> = Vec::new();
    for (at, function) in functions.iter().enumerate() {
        match verdict(function, at) {
            Verdict::Taken => taken.push((at, function)),
            Verdict::Refused(names) => counts.refuse(names),
            Verdict::Broken(why) => finding(counts, function, at, &why),
        }
    }
    let folder = folder();
    // rustc is asked again without what it refuses
    for _ in 0..8 {
        let lines = write(&folder, &taken);
        let errors = build(&folder);
        if errors.is_empty() {
            compare(seed, &folder, &taken, counts);
            return;
        }
        let mut bad = BTreeSet::new();
        for (shown, text) in errors {
            let function = |line: &usize| lines.iter().rev().find(|(_, first)| first <= line);
            let Some(&(at, _)) = shown.iter().find_map(function) else {
                counts.findings += 1;
                println!("FINDING: seed {seed}, an error outside of the functions: {text}");
                return;
            };
            if bad.insert(at) {
                let function = &functions[at];
                match (is_law(&text), compiles_alone(function, at)) {
                    (true, _) => counts.without_law += 1,
                    (_, true) => finding(counts, function, at, &text),
                    (_, false) => {
                        counts.refused_by_rustc += 1;
                        println!("NO FUNCTION: {text}\n{}\n", source(function, at));
                    }
                }
            }
        }
        taken.retain(|(at, _)| !bad.contains(at));
    }
    counts.findings += 1;
    println!("FINDING: rustc refuses ever more functions of the batch with seed {seed}");
}

/// Asks the compiler about one function, and no more.
pub(crate) fn expand(function: &Function, at: usize, counts: &mut Counts) {
    counts.tried += 1;
    let since = Instant::now();
    let verdict = verdict(function, at);
    if since.elapsed() > Duration::from_secs(5) {
        finding(counts, function, at, "the compiler takes long");
    }
    match verdict {
        Verdict::Taken => {}
        Verdict::Refused(names) => counts.refuse(names),
        Verdict::Broken(why) => finding(counts, function, at, &why),
    }
}

fn finding(counts: &mut Counts, function: &Function, at: usize, why: &str) {
    counts.findings += 1;
    println!("FINDING: {why}\n{}\n", source(function, at));
}

fn name(at: usize) -> String {
    format!("f{at}")
}

fn source(function: &Function, at: usize) -> String {
    let mut options = format!("twin = plain_{}", name(at));
    if !function.options.is_empty() {
        options = format!("{}, {options}", function.options);
    }
    let attribute = format!("#[divvy::{}({options})]", function.attribute);
    function.within(&format!("{attribute}\n{}", function.item), at)
}

impl Function {
    /// An item of this function, in its type.
    fn within(&self, item: &str, at: usize) -> String {
        let item = item.replace("NAME", &name(at));
        match self.within {
            Some(of) => format!("impl {of} {{\n{item}\n}}\n"),
            None => format!("{item}\n"),
        }
    }
}

enum Verdict {
    Taken,
    /// With the names of the errors.
    Refused(Vec<String>),
    Broken(String),
}

/// What the compiler says, without rustc.
fn verdict(function: &Function, at: usize) -> Verdict {
    let tokens = |text: &str| text.parse::<TokenStream>();
    let (Ok(options), Ok(item)) = (
        tokens(&function.options),
        tokens(&function.item.replace("NAME", &name(at))),
    ) else {
        return Verdict::Broken("the generator wrote no tokens".to_string());
    };
    let attribute = match function.attribute {
        "par_for" => Attribute::For,
        "par_divide" => Attribute::Divide,
        "par_scan" => Attribute::Scan,
        "par_join" => Attribute::Join,
        _ => Attribute::Reduce,
    };
    let expansion = divvy_compiler::expand(attribute, options, item).to_string();
    if expansion.contains("bug in divvy") {
        return Verdict::Broken("the compiler panicked".to_string());
    }
    if !expansion.contains("compile_error") {
        return Verdict::Taken;
    }
    // a headline ends with the name of the error
    let names = expansion
        .split("compile_error")
        .skip(1)
        .filter_map(|error| Some(error.split_once(" [")?.1.split_once(']')?.0.to_string()));
    Verdict::Refused(names.collect())
}

/// An error that says that a law, a bound or a piece is missing is a refusal.
fn is_law(text: &str) -> bool {
    [
        "not associative",
        "nobody said that this function is associative",
        "be combined key by key",
        "not commutative",
        "can't be cut",
        "no order in which",
        "can't be computed in pieces",
        "can't be looked at before",
        "that nothing can be compared with",
        "change when they are regrouped",
    ]
    .iter()
    .any(|words| text.contains(words))
}

fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("programs");
    fs::create_dir_all(folder.join("src")).expect("a folder for the batch");
    let manifest = format!(
        "[package]\nname = \"batch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         divvy = {{ path = {:?} }}\nrayon = \"1.12\"\n[profile.dev]\ndebug = false\nopt-level = 0\nincremental = false\n",
        root()
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    folder
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_path_buf()
}

/// Writes the program; returns the first line of each function.
fn write(folder: &std::path::Path, taken: &[(usize, &Function)]) -> Vec<(usize, usize)> {
    let mut text = PRELUDE.to_string();
    let mut lines = Vec::new();
    for (at, function) in taken {
        lines.push((*at, text.lines().count() + 1));
        text.push_str(&source(function, *at));
        text.push('\n');
        let call = |prefix: &str| {
            let name = format!("{prefix}{}", name(*at));
            format!(
                "|d| {{ let answer = {}; format!(\"{{answer:?}}\") }}",
                function.call.replace("NAME", &name)
            )
        };
        text.push_str(&format!(
            "fn check_{}(h: &Harness) {{ h.check(\"{}\", {}, {}); }}\n",
            name(*at),
            name(*at),
            // a tree is not rounded as the loop is, but everywhere in the same way
            match function.options.contains("float = tree") {
                true => format!(
                    "|d| divvy::with(divvy::Executor::Serial, || ({})(d))",
                    call("").replacen("|d|", "|d: &Data|", 1)
                ),
                false => call("plain_"),
            },
            call("")
        ));
    }
    text.push_str("fn main() {\n    let h = Harness::new();\n");
    for (at, _) in taken {
        text.push_str(&format!("    check_{}(&h);\n", name(*at)));
    }
    text.push_str("    h.done();\n}\n");
    fs::write(folder.join("src/main.rs"), text).expect("the batch");
    lines
}

/// The errors of rustc, each with the lines that it shows, the most important one first.
fn build(folder: &std::path::Path) -> Vec<(Vec<usize>, String)> {
    let output = Command::new("cargo")
        .args(["build", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs");
    if output.status.success() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let errors: Vec<_> = text.split("\n\n").filter_map(error).collect();
    assert!(!errors.is_empty(), "cargo fails: {text}");
    errors
}

/// One error: what is shown of the function that uses a macro stands behind what is shown of the macro.
fn error(text: &str) -> Option<(Vec<usize>, String)> {
    let text = text.trim_start();
    let headline = text.lines().next().filter(|line| line.starts_with("error"))?;
    let place = text.split_once("--> src/main.rs:")?.1;
    let first = place.split(':').next()?.parse().ok()?;
    let shown = text.lines().filter_map(|line| {
        let (number, _) = line.split_once('|')?;
        number.trim().parse().ok()
    });
    Some((std::iter::once(first).chain(shown).collect(), headline.to_string()))
}

/// True if rustc takes the function without its attribute: then an error is about what was made of it.
fn compiles_alone(function: &Function, at: usize) -> bool {
    let file = std::env::temp_dir().join(format!("divvy-programs-{}-{at}.rs", std::process::id()));
    let (items, _) = PRELUDE
        .split_once("// the harness begins")
        .expect("the prelude has two parts");
    let text = format!(
        "{}\n{}\nfn main() {{}}\n",
        items.replace("#[divvy::", "// "),
        function.within(&function.item, at)
    );
    fs::write(&file, text).expect("a file for one function");
    let output = Command::new("rustc")
        .args(["--edition=2024", "--emit=metadata", "-A", "warnings", "-o"])
        .arg(file.with_extension("rmeta"))
        .arg(&file)
        .output()
        .expect("rustc runs");
    let _ = fs::remove_file(&file);
    let _ = fs::remove_file(file.with_extension("rmeta"));
    output.status.success()
}

fn compare(seed: u64, folder: &std::path::Path, taken: &[(usize, &Function)], counts: &mut Counts) {
    let output = Command::new(folder.join("target/debug/batch"))
        .output()
        .expect("the batch runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    counts.compared += taken.len();
    let is_sharp = text.contains("WRONG canary ") || !text.ends_with("done\n");
    assert!(is_sharp, "the batch did not find a false law");
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let Some(name) = line
            .strip_prefix("WRONG f")
            .and_then(|rest| rest.split_whitespace().next())
        else {
            continue;
        };
        let function = taken.iter().find(|(at, _)| Ok(*at) == name.parse());
        if let Some((at, function)) = function
            && found.insert(*at)
        {
            finding(counts, function, *at, line);
        }
    }
    if !text.ends_with("done\n") {
        counts.findings += 1;
        println!(
            "FINDING: the batch with seed {seed} did not come to its end: {}",
            output.status
        );
    }
}

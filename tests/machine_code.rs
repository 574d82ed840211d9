//! The sequential twin, which runs below the cutoff, is the machine code of the function without its attribute: so it
//! neither allocates nor touches an atomic or a thread-local variable.
//!
//! Builds `examples/twins.rs` with optimisation and compares what is in its assembly.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The functions' instructions, by their mangled names; jump labels by the order in which they come.
fn functions(assembly: &str) -> BTreeMap<String, Vec<String>> {
    let mut functions = BTreeMap::new();
    let mut current: Option<(String, Vec<String>)> = None;
    for line in assembly.lines() {
        let name = line
            .strip_suffix(':')
            .filter(|name| name.starts_with("_R") || name.starts_with("_Z"));
        if let Some(name) = name {
            current = Some((name.to_string(), Vec::new()));
        }
        let line = line.trim();
        if line.starts_with(".cfi_endproc") {
            functions.extend(current.take());
        }
        let is_instruction = !line.is_empty() && !line.starts_with(['.', '#', '_']);
        let is_label = line.starts_with(".LBB") && line.ends_with(':');
        if let Some((_, lines)) = &mut current
            && (is_instruction || is_label)
        {
            lines.push(line.to_string());
        }
    }
    functions
}

/// The instructions with the function's own name and its labels made the same everywhere.
fn normal(name: &str, lines: &[String]) -> Vec<String> {
    let mut labels = Vec::new();
    lines
        .iter()
        .map(|line| {
            let line = line.replace(name, "SELF");
            let words = line.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
            let words = words.map(|word| {
                let label = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
                if !label.starts_with(".LBB") {
                    return word.to_string();
                }
                let known = labels.iter().position(|l: &String| l == label).unwrap_or_else(|| {
                    labels.push(label.to_string());
                    labels.len() - 1
                });
                word.replace(label, &format!("LABEL{known}"))
            });
            words.collect()
        })
        .collect()
}

/// The assembly of `examples/twins.rs`, optimised.
///
/// As a package of its own: beside an example cargo builds all that the tests and benches need, which takes many minutes.
fn assembly() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine_code");
    std::fs::create_dir_all(&package).expect("the target folder is writable");
    let manifest = format!(
        "[package]\nname = \"twins\"\nedition = \"2024\"\n[workspace]\n[[bin]]\nname = \"twins\"\npath = {:?}\n\
         [dependencies]\ndivvy = {{ path = {root:?} }}\n",
        root.join("examples/twins.rs")
    );
    std::fs::write(package.join("Cargo.toml"), manifest).expect("the target folder is writable");
    std::fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).expect("the repository has a lock file");
    let built = Command::new(env!("CARGO"))
        .args(["rustc", "--release", "--offline", "--target-dir", "target", "--"])
        .args(["--emit", "asm", "-C", "codegen-units=1", "-C", "debuginfo=0"])
        // functions of the same code would become one
        .env("RUSTC_BOOTSTRAP", "twins")
        .args(["-Z", "merge-functions=disabled", "-C", "symbol-mangling-version=v0"])
        .current_dir(&package)
        .status();
    assert!(built.expect("cargo runs").success());
    let files = std::fs::read_dir(package.join("target/release/deps")).expect("the build's folder");
    let newest = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "s"))
        .max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok());
    std::fs::read_to_string(newest.expect("an assembly file")).expect("it can be read")
}

#[test]
#[ignore = "builds an example with optimisation; run by name"]
fn a_twin_is_the_code_of_the_function_without_its_attribute() {
    let assembly = assembly();
    let functions = functions(&assembly);
    let find = |part: &str| {
        let mut found = functions.iter().filter(|(name, _)| name.ends_with(part));
        let (name, lines) = found.next().unwrap_or_else(|| panic!("no `{part}`"));
        normal(name, lines)
    };
    // `twins::fib::fib` is the twin inside `twins::fib`
    for (plain, twin) in [("fib_plain", "3fib3fib"), ("sum_plain", "3sum3sum")] {
        let want = find(plain);
        assert!(want.len() > 5, "{want:?}");
        assert_eq!(find(twin), want, "{twin}");
        let is_foreign = |line: &String| line.contains("lock ") || line.contains("%fs") || line.contains("alloc");
        assert!(!want.iter().any(is_foreign), "{want:?}");
    }
    // a method looks at one word of its thread first: its twin is its own body
    let (plain, method) = (find("11total_plain"), find("4Tree5total"));
    let count = |lines: &[String], what: &str| lines.iter().filter(|line| line.contains(what)).count();
    assert!(count(&method, "push") <= count(&plain, "push"), "{method:?}");
    assert!(method.len() <= 3 * plain.len(), "{method:?}");
    assert_eq!(count(&method, "lock ") + count(&method, "alloc"), 0, "{method:?}");
    if cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        assert_eq!(count(&method, "%fs"), 1, "{method:?}");
        assert_eq!(count(&method, "__tls_get_addr"), 0, "{method:?}");
    }
}

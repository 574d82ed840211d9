use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use divvy::{par_divide, par_for, par_join};

#[par_divide]
fn remove(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove(&entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir(path)
}

#[par_for]
fn store(paths: &[PathBuf], texts: &[String]) {
    for (path, text) in paths.iter().zip(texts) {
        fs::write(path, text).unwrap();
    }
}

#[par_join]
fn both(from: &Path, to: &Path) -> io::Result<u64> {
    let copied = fs::copy(from, to)?;
    let log = std::fs::File::create("log")?;
    Ok(copied + log.metadata()?.len())
}

fn main() {}

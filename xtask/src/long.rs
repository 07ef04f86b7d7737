//! Long texts for measuring.

/// An article `copies` times, with every eighth word of a line other in each copy: what an article repeats is set
/// aside, and would be read in no time.
pub(crate) fn long(article: &str, copies: usize) -> String {
    let mut text = String::with_capacity((article.len() + article.len() / 32) * copies);
    for copy in 0..copies {
        let letter = char::from(b'a' + (copy % 26) as u8);
        for line in article.lines() {
            for (n, word) in line.split_inclusive(' ').enumerate() {
                if n % 8 == 3 && word.starts_with(char::is_lowercase) {
                    text.push(letter);
                }
                text.push_str(word);
            }
            text.push('\n');
        }
    }
    text
}

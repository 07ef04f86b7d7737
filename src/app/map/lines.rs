//! Words broken into lines without a browser to measure them.

/// The width of a character in a bold sans-serif of size 1, as wide as the widest of the usual fonts has it: words may end
/// before their box does, never behind it.
fn width(c: char) -> f64 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '‘' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 0.38,
        'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | '/' => 0.47,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' | '&' => 1.04,
        'a'..='z' | '0'..='9' | '“' | '”' | '"' => 0.66,
        c if u32::from(c) < 0x1100 => 0.78,
        // East Asian letters and emoji fill a square.
        _ => 1.1,
    }
}

fn wide(words: &str) -> f64 {
    words.chars().map(width).sum()
}

/// The words in at most `most` lines, none wider than `room` times the size of the type. What doesn't fit is left out, and
/// an ellipsis says so.
pub(super) fn wrap(words: &str, room: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for mut word in words.split_whitespace() {
        while !word.is_empty() {
            let full = lines.len() == most;
            let line = lines.last_mut().expect("there is a line from the start");
            let before = if line.is_empty() { 0.0 } else { wide(line) + width(' ') };
            if before + wide(word) <= room {
                if before > 0.0 {
                    line.push(' ');
                }
                line.push_str(word);
                break;
            }
            if line.is_empty() {
                // A word wider than a line goes on in the next.
                let (head, rest) = word.split_at(end_within(word, room));
                line.push_str(head);
                word = rest;
            }
            if full {
                shorten(line, room);
                return lines;
            }
            if !word.is_empty() {
                lines.push(String::new());
            }
        }
    }
    lines
}

/// How many bytes of a word fit; at least one character's.
fn end_within(word: &str, room: f64) -> usize {
    let mut filled = 0.0;
    let fits = |(_, c): &(usize, char)| {
        filled += width(*c);
        filled <= room
    };
    let last = word.char_indices().take_while(fits).last().or_else(|| word.char_indices().next());
    last.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Ends a line with an ellipsis, behind a whole word where there is one.
fn shorten(line: &mut String, room: f64) {
    while !line.is_empty() && wide(line) + width('…') > room {
        let end = line.rfind(' ').or_else(|| line.char_indices().last().map(|(at, _)| at));
        line.truncate(end.unwrap_or(0));
    }
    line.truncate(line.trim_end_matches([' ', ',', ';', ':', '.']).len());
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrap("one two three four", 5.5, 3), ["one two", "three", "four"]);
        assert_eq!(wrap("one", 5.5, 3), ["one"]);
    }

    #[test]
    fn what_is_left_out_is_an_ellipsis() {
        assert_eq!(wrap("one two, three four", 5.5, 1), ["one…"]);
        assert_eq!(wrap("one, two three four five", 4.0, 2), ["one,", "two…"]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        assert_eq!(wrap(&"n".repeat(20), 6.7, 3), ["n".repeat(10), "n".repeat(10)]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(words in "\\PC{0,200}", room in 3.0..30.0, most in 1_usize..4) {
            let lines = wrap(&words, room, most);
            prop_assert!((1..=most).contains(&lines.len()));
            for line in lines {
                prop_assert!(wide(&line) <= room + 1e-9, "{line:?}");
            }
        }
    }
}

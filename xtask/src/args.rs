//! Arguments by hand: words, and options with one value.

use anyhow::{Context, Result, bail};

/// What is left of the command line.
pub(crate) struct Args(Vec<String>);

impl Args {
    /// All arguments but the program's own name.
    pub(crate) fn new(args: impl Iterator<Item = String>) -> Self {
        Self(args.collect())
    }

    /// Takes the first argument.
    pub(crate) fn word(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Takes `--name VALUE` or `--name=VALUE`, wherever it stands.
    pub(crate) fn option(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(at) = self.0.iter().position(|arg| arg == name) {
            self.0.remove(at);
            return if at < self.0.len() { Ok(Some(self.0.remove(at))) } else { bail!("{name} wants a value") };
        }
        let Some(at) = self.0.iter().position(|arg| arg.starts_with(&format!("{name}="))) else { return Ok(None) };
        Ok(self.0.remove(at).split_once('=').map(|(_, value)| value.to_owned()))
    }

    /// Takes `--name`, wherever it stands; whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|arg| arg == name);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// Nothing may be left over.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.word().map_or(Ok(()), Err).map_err(anyhow::Error::msg).context("one argument too many")
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    #[test]
    fn takes_words_and_options_and_refuses_the_rest() {
        let args = |line: &str| Args::new(line.split_whitespace().map(str::to_owned));
        for line in ["serve --port 81", "serve --port=81", "--port 81 serve"] {
            let mut args = args(line);
            assert_eq!(args.option("--port").unwrap().as_deref(), Some("81"), "{line}");
            assert_eq!(args.word().as_deref(), Some("serve"), "{line}");
            assert!(args.end().is_ok(), "{line}");
        }
        let mut line = args("eval --html more");
        assert!(line.flag("--html") && !line.flag("--html"));
        assert_eq!(line.0, ["eval", "more"]);
        assert!(args("--port").option("--port").is_err());
        assert!(args("more").end().is_err());
    }
}

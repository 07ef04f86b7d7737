//! The kinds of things in a breakdown, each with the name it has in `sayso/1`.

/// Kinds with a fixed name in JSON and links. The names are part of `sayso/1`: they never change.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every kind, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in `sayso/1`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The kind of this name, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }
        }
    )*};
}

kinds! {
    /// Which labeller read the text.
    Labeller {
        /// The embedded one that answers at once.
        Fast = "fast",
        /// The transformer that refines.
        Deep = "deep",
    }

    /// The text's language, as far as the engine cares.
    Language {
        /// English.
        English = "en",
        /// Not English, or too little text to tell (BCP 47 `und`).
        Undetermined = "und",
    }

    /// What a stretch of the paste is.
    BlockKind {
        /// The article's title.
        Headline = "headline",
        /// A line that gives the day of publication.
        Date = "date",
        /// Who wrote it.
        Byline = "byline",
        /// The summary under the headline.
        Standfirst = "standfirst",
        /// Running text.
        Paragraph = "paragraph",
        /// A title inside the article.
        Heading = "heading",
        /// Words under a picture.
        Caption = "caption",
        /// Where text or pictures come from.
        Credit = "credit",
        /// Furniture that leads elsewhere ("Also read").
        Promo = "promo",
        /// Anything else that is no part of the article.
        Other = "other",
    }

    /// What a speaker is.
    SpeakerKind {
        /// A human being.
        Person = "person",
        /// A company, ministry, party, alliance, newspaper.
        Organisation = "organisation",
        /// A place that stands for its government.
        Place = "place",
        /// A report, ruling, survey, letter.
        Document = "document",
        /// People taken together ("Russian officials").
        Group = "group",
        /// A source the article keeps unnamed.
        Unnamed = "unnamed",
    }

    /// How the content is given.
    Quotation {
        /// Word for word, all of it in quotation marks.
        Direct = "direct",
        /// In the article's words.
        Indirect = "indirect",
        /// Partly in quotation marks.
        Mixed = "mixed",
    }

    /// What the cue makes of the content.
    Force {
        /// Says that it is so.
        States = "states",
        /// Lays blame.
        Accuses = "accuses",
        /// Says that it is not so.
        Denies = "denies",
        /// Says that it will be so.
        Predicts = "predicts",
        /// Commits to it.
        Promises = "promises",
        /// Calls for it.
        Demands = "demands",
        /// Wants to know.
        Asks = "asks",
        /// Values it.
        Judges = "judges",
        /// Holds it true or feels so.
        Believes = "believes",
    }

    /// The way the words reached the article.
    Channel {
        /// Said to a journalist.
        Interview = "interview",
        /// A statement given out.
        Statement = "statement",
        /// Said before many journalists.
        NewsConference = "news-conference",
        /// Posted on a social network or blog.
        Post = "post",
        /// Said in a speech or address.
        Speech = "speech",
        /// Written in a report, letter or other document.
        Document = "document",
        /// Said or written in court.
        Court = "court",
    }

    /// How an answer stands to what it answers.
    ResponseKind {
        /// Denies, disputes, rejects, criticises or ridicules it.
        Rebut = "rebut",
        /// Agrees with, echoes, defends or confirms it.
        Support = "support",
        /// Takes it up with neither.
        Answer = "answer",
        /// Declines or fails to respond.
        NoComment = "no-comment",
    }

    /// What a careful reader would notice.
    NoteKind {
        /// Someone is accused and has no words here.
        AccusedNotQuoted = "accused-not-quoted",
        /// Much of the article rests on one occasion or speaker.
        MostClaimsFromOneSource = "most-claims-from-one-source",
        /// Claims come from people not named.
        UnnamedSources = "unnamed-sources",
        /// The headline says more than the body.
        HeadlineGoesBeyondText = "headline-goes-beyond-text",
        /// A cue that takes a side ("admitted", "slammed").
        LoadedCue = "loaded-cue",
        /// A quotation mark opens and never closes.
        UnclosedQuotation = "unclosed-quotation",
        /// A statement is reported with no day where others have one.
        UndatedStatement = "undated-statement",
    }
}

impl BlockKind {
    /// Whether it is page furniture: shown dimmed, never read for claims.
    pub fn is_set_aside(self) -> bool {
        matches!(self, Self::Caption | Self::Credit | Self::Promo | Self::Other)
    }
}

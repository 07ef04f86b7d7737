//! What the model weighs: each feature puts a claim, or a claim with what it might answer, into one of a few
//! classes, and each class has a weight of its own.

use super::super::ResponseKind;
use super::super::attribution::Reading;
use super::super::tags::Tag;
use super::super::tokens::overlap;
use super::rules::{Link, Owner};
use super::view::{Claim, Claims, Zone, turn};
use super::words::{CLASSES, Class, Classes, SPEECH_NOUNS};
use super::{Answered, Known};

/// How many claims back an answer may reach.
const BACK: usize = 40;
/// How many claims ahead: a headline or a first sentence tells an answer before what it answers.
const AHEAD: usize = 8;

/// About so many classes a pair is in.
const PAIR: usize = 48;

/// How many claims back in its turn a claim takes something from.
const TURN: usize = 3;

macro_rules! rows {
    ($($row:ident = $name:literal [$width:expr],)*) => {
        /// The features.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Row { $($row,)* }

        /// The features by the names they have in the weights file, with the number of their classes.
        pub(crate) const ROWS: &[(&str, usize)] = &[$(($name, $width),)*];
    };
}

rows! {
    // The claim, whatever it might answer.
    Always = "always" [1],
    Cue = "cue" [CLASSES],
    Source = "source" [CLASSES],
    Head = "head" [CLASSES],
    Rest = "rest" [CLASSES],
    Free = "free" [CLASSES],
    Before = "before" [CLASSES],
    Previous = "previous" [CLASSES],
    Next = "next" [CLASSES],
    SiblingBefore = "sibling before" [CLASSES],
    SiblingBehind = "sibling behind" [CLASSES],
    Object = "object" [25],
    Owner = "owner" [3],
    FirstWord = "first word" [CLASSES],
    FirstPreposition = "first preposition" [7],
    OpeningWord = "opening word" [CLASSES],
    CueForm = "cue form" [8],
    Determined = "determined" [5],
    Pointed = "pointed" [5],
    Form = "form" [8],
    Names = "names" [7],
    TurnHere = "turn here" [CLASSES],
    TurnNext = "turn next" [CLASSES],
    TurnSigns = "turn signs" [9],
    Few = "few" [4],
    Rule = "rule" [4],
    RuleKind = "rule kind" [4],
    // Something narrated as what it answers.
    Narrated = "narrated" [1],
    NarratedStrength = "narrated strength" [4],
    NarratedCue = "narrated cue" [CLASSES],
    NarratedHead = "narrated head" [CLASSES],
    NarratedBefore = "narrated before" [CLASSES],
    NarratedForm = "narrated form" [4],
    NarratedRule = "narrated rule" [2],
    NarratedFew = "narrated few" [4],
    NarratedOthers = "narrated others" [16],
    // Another claim as what it answers.
    Back = "back" [7],
    Ahead = "ahead" [4],
    ParagraphsBack = "paragraphs back" [6],
    ParagraphsAhead = "paragraphs ahead" [4],
    AheadFrom = "ahead from" [3],
    TurnBack = "turn back" [5],
    Nearest = "nearest" [4],
    NearestSpeaker = "nearest speaker" [4],
    SpeakerRank = "speaker rank" [4],
    Place = "place" [7],
    Overlap = "overlap" [8],
    OverlapStrength = "overlap strength" [16],
    OverlapShare = "overlap share" [5],
    OverlapMost = "overlap most" [4],
    Around = "around" [5],
    TurnOverlap = "turn overlap" [4],
    Scare = "scare" [3],
    Pairs = "pairs" [4],
    Signs = "signs" [SIGNS * ACTS],
    Act = "act" [ACTS],
    ActNoun = "act noun" [12],
    NounOfCue = "noun of cue" [1],
    OwnerIs = "owner is" [4],
    Named = "named" [8],
    NamedStrength = "named strength" [4],
    NamedOverlap = "named overlap" [4],
    NamesMe = "names me" [8],
    Pronoun = "pronoun" [1],
    Question = "question" [6],
    ReplyBack = "reply back" [5],
    StanceBack = "stance back" [5],
    Target = "target" [12],
    TargetLength = "target length" [5],
    RuleTarget = "rule target" [13],
    RuleOfTurn = "rule of turn" [4],
    TargetFew = "target few" [4],
    TargetOthers = "target others" [16],
    // What the same speaker's claim before it was found to answer.
    TurnTarget = "turn target" [4],
    // Only for how an answer stands to what it answers.
    KindNarrated = "kind narrated" [5],
    KindTurn = "kind turn" [4],
    KindAct = "kind act" [ACTS],
    KindForm = "kind form" [4],
    KindBefore = "kind before" [8],
}

/// By row, where its classes begin.
pub(super) const OFFSETS: [u16; ROWS.len()] = {
    let (mut offsets, mut sum, mut n) = ([0; ROWS.len()], 0, 0);
    while n < ROWS.len() {
        offsets[n] = sum as u16;
        sum += ROWS[n].1;
        n += 1;
    }
    offsets
};

/// How many classes all features have together.
pub(super) const WIDTH: usize = OFFSETS[ROWS.len() - 1] as usize + ROWS[ROWS.len() - 1].1;

/// What a claim does, as far as its cue tells.
const ACTS_OF: [Class; ACTS - 1] = [
    Class::Ask,
    Class::Accuse,
    Class::Criticise,
    Class::Deny,
    Class::Reply,
    Class::Propose,
    Class::Agree,
    Class::NoComment,
    Class::Believe,
    Class::Say,
];
const ACTS: usize = 11;

/// Signs of an answer: five classes of cue, an asking before, a reply before, falsehood, a noun for words, nothing.
const SIGNS: usize = 10;

/// Which nouns speak of which acts.
const NOUNS_OF_ACTS: [(Class, Classes); 6] = [
    (Class::NounAccusation, Classes::of(&[Class::Accuse, Class::Criticise])),
    (Class::NounQuestion, Classes::of(&[Class::Ask])),
    (Class::NounOffer, Classes::of(&[Class::Propose])),
    (Class::NounRemark, Classes::of(&[Class::Say, Class::Criticise, Class::Accuse])),
    (Class::NounClaim, Classes::of(&[Class::Accuse, Class::Say])),
    (Class::NounDecision, Classes::of(&[Class::Propose, Class::Deny])),
];

/// Classes of features, gathered for something.
#[derive(Clone, Default, Debug)]
pub(crate) struct Keys(pub(crate) Vec<u16>);

impl Keys {
    fn put(&mut self, row: Row, class: usize) {
        self.0.push(OFFSETS[row as usize] + class.min(ROWS[row as usize].1 - 1) as u16);
    }

    fn when(&mut self, holds: bool, row: Row, class: usize) {
        if holds {
            self.put(row, class);
        }
    }

    /// Each class that holds.
    fn each(&mut self, row: Row, holding: &[bool]) {
        holding.iter().enumerate().for_each(|(class, holds)| self.when(*holds, row, class));
    }

    fn all(&mut self, row: Row, classes: Classes) {
        classes.numbers().for_each(|class| self.put(row, class));
    }
}

/// How many of the bounds a value is above.
fn above<T: PartialOrd + Copy>(bounds: &[T], value: T) -> usize {
    bounds.iter().filter(|bound| value > **bound).count()
}

/// Everything that features are made of.
pub(super) struct Facts<'a> {
    pub(super) r: Reading<'a>,
    pub(super) known: Known<'a>,
    pub(super) claims: Claims,
    /// For each claim what the rules take it to answer.
    pub(super) rules: Vec<Option<Link>>,
    /// For each claim whose words it names: "Renshaw's comments", "his remarks".
    pub(super) owners: Vec<Owner>,
    /// For each claim what it does, as numbers below [`ACTS`].
    acts: Vec<Vec<usize>>,
    /// For each claim what it is like as something that others answer.
    targets: Vec<Keys>,
}

/// Words of a cue that tell of an answer.
const CUES: Classes = Classes::of(&CUE_CLASSES);
const CUE_CLASSES: [Class; 5] = [Class::Reply, Class::Deny, Class::Criticise, Class::Agree, Class::NoComment];

impl<'a> Facts<'a> {
    pub(super) fn new(r: Reading<'a>, known: Known<'a>, rules: Vec<Option<Link>>, owners: Vec<Owner>) -> Self {
        let claims = Claims::gather(r, known);
        let acts = claims.list.iter().map(acts).collect();
        let targets = (0..claims.list.len()).map(|m| target(&claims, known, m)).collect();
        Self { r, known, claims, rules, owners, acts, targets }
    }

    fn claim(&self, n: usize) -> &Claim {
        &self.claims.list[n]
    }

    /// The other claims that a claim may answer: near enough, by others, and not told in it or telling of it.
    pub(super) fn candidates(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        let speaker = self.claim(n).speaker;
        let relations = self.known.relations;
        let told = move |m: usize| relations[m].within == Some(n) || relations[n].within == Some(m);
        (n.saturating_sub(BACK)..self.claims.list.len().min(n + AHEAD + 1))
            .filter(move |&m| m != n && !told(m) && (self.claim(m).speaker != speaker || speaker.is_none()))
    }

    /// The nearest claims before it in the same turn, the last first, each with whether it stands in another paragraph.
    pub(super) fn turn(&self, n: usize) -> impl Iterator<Item = (usize, bool)> + '_ {
        turn(&self.claims.list, n).take(TURN).map(move |m| (m, self.claim(m).paragraph != self.claim(n).paragraph))
    }

    /// What tells whether a claim is an answer at all.
    pub(super) fn own(&self, n: usize) -> Keys {
        let (r, c) = (self.r, self.claim(n));
        let mut keys = Keys::default();
        keys.put(Row::Always, 0);
        for (zone, row) in [
            (Zone::Cue, Row::Cue),
            (Zone::Source, Row::Source),
            (Zone::Head, Row::Head),
            (Zone::Free, Row::Free),
            (Zone::Before, Row::Before),
            (Zone::Previous, Row::Previous),
            (Zone::Next, Row::Next),
            (Zone::SiblingBefore, Row::SiblingBefore),
            (Zone::SiblingBehind, Row::SiblingBehind),
        ] {
            keys.all(row, c.of(zone));
        }
        keys.all(Row::Rest, c.of(Zone::Rest).without(c.of(Zone::Head)));
        let object = self.object(c);
        for (class, _) in CUE_CLASSES.iter().enumerate().filter(|(_, cue)| c.has(Zone::Cue, **cue)) {
            keys.put(Row::Object, class * 5 + object);
        }
        keys.put(
            Row::Owner,
            match self.owners[n] {
                Owner::Untold => 0,
                Owner::Unknown => 1,
                Owner::Entity(_) => 2,
            },
        );
        let first = c.content.iter().cloned().flatten().find(|&w| r.tokens.is_word(w));
        if let Some(first) = first {
            keys.all(Row::FirstWord, self.claims.words.of(first));
            let preposition = ["to", "that", "on", "for", "about", "at", "with"].iter().position(|word| *word == r.lower(first));
            keys.when(preposition.is_some(), Row::FirstPreposition, preposition.unwrap_or(0));
        }
        let opening = r.sentences[c.sentence].tokens.start;
        if !c.content.iter().any(|range| range.contains(&opening)) {
            keys.all(Row::OpeningWord, self.claims.words.of(opening));
        }
        let relation = &self.known.relations[n];
        let cue = || relation.cue.iter().cloned().flatten();
        let said = |word: &str| cue().any(|w| r.lower(w) == word);
        let form = [
            !cue().any(|_| true),
            super::negates(r, cue()),
            cue().any(|w| matches!(r.lower(w), "is" | "was" | "were" | "are" | "been")),
            said("had"),
            said("also"),
            said("of"),
            cue().count() > 3,
            c.has(Zone::Cue, Class::Later),
        ];
        keys.each(Row::CueForm, &form);
        keys.each(Row::Determined, &c.determined);
        keys.each(Row::Pointed, &c.pointed);
        let lede = !c.headline && c.paragraph <= 2;
        keys.each(Row::Form, &[c.direct, c.quoted, c.question, c.headline, lede, c.length <= 4, c.length > 40, c.speaker.is_none()]);
        self.own_names(n, &mut keys);
        self.own_turn(n, &mut keys);
        keys.when(self.few(), Row::Few, c.strength().into());
        if let Some(link) = &self.rules[n] {
            keys.put(Row::Rule, 0);
            keys.put(Row::Rule, 1 + above(&[65, 79], link.confidence));
            keys.put(Row::RuleKind, link.kind as usize);
        }
        keys
    }

    /// What a content is: words in quotation marks (0), something said (1), a clause (2, 3) or a thing (4).
    fn object(&self, c: &Claim) -> usize {
        let Some(content) = c.content.first() else { return 4 };
        let r = self.r;
        let head = || content.start..content.end.min(content.start + 8);
        // A noun inside a phrase that hangs on another ("the handling of the complaint") is not what it is.
        let mut core = head().take_while(|&w| w == content.start || !matches!(r.tag(w), Tag::Preposition | Tag::Mark));
        if c.direct {
            0
        } else if core.any(|w| self.claims.words.of(w).meets(SPEECH_NOUNS)) {
            1
        } else if matches!(r.lower(content.start), "that" | "to" | "whether" | "if") || r.tag(content.start) == Tag::Participle {
            2
        } else if head().take(6).any(|w| matches!(r.tag(w), Tag::Verb | Tag::Auxiliary)) {
            3
        } else {
            4
        }
    }

    /// Whether the article has so few claims that what is answered is likely one of them.
    fn few(&self) -> bool {
        self.claims.list.len() <= 6
    }

    /// Whether others are named who speak in the article.
    fn own_names(&self, n: usize, keys: &mut Keys) {
        let c = self.claim(n);
        let others = |named: &[usize]| {
            self.candidates(n).any(|m| self.claim(m).speaker.is_some_and(|s| named.contains(&s) && !c.sides.contains(&s)))
        };
        keys.when(others(&c.named_within), Row::Names, 0);
        keys.when(others(&c.named_outside), Row::Names, 1);
        keys.when(others(&c.named_before), Row::Names, 2);
        keys.when(others(&c.owners), Row::Names, 3);
        keys.when(!c.owners.is_empty(), Row::Names, 4);
        keys.when(c.direct && self.says_he(c), Row::Names, 5);
        let accused = |m: usize| self.claim(m).speaker != c.speaker && c.sides.iter().any(|side| self.claim(m).named_within.contains(side));
        keys.when((n.saturating_sub(BACK)..n).any(accused), Row::Names, 6);
    }

    fn says_he(&self, c: &Claim) -> bool {
        c.content.iter().cloned().flatten().take(8).any(|w| matches!(self.r.lower(w), "he" | "she" | "him" | "his" | "her"))
    }

    /// What the claims of the same turn before it tell.
    fn own_turn(&self, n: usize, keys: &mut Keys) {
        const ASKED: Classes = Classes::of(&[Class::Ask, Class::Reply]);
        let c = self.claim(n);
        let mut signs = [false; 9];
        let mut classes = [Classes::default(); 2];
        for before in turn(&self.claims.list, n).take(4).map(|m| self.claim(m)) {
            let next = usize::from(before.paragraph != c.paragraph);
            classes[next].join(before.of(Zone::Cue).both(CUES));
            signs[0] = true;
            signs[1 + next] |= before.has(Zone::Before, Class::Ask) || before.has(Zone::Free, Class::Reply);
            signs[3 + next] |= before.of(Zone::Previous).meets(ASKED);
            signs[5 + next] |= before.of_content().has(Class::False) || before.determined[0];
        }
        signs[7] = (n.saturating_sub(4)..n).any(|m| self.rules[m].is_some() && self.claim(m).turn_start == c.turn_start);
        signs[8] = c.turn.is_some_and(|m| self.rules[m].is_some());
        keys.all(Row::TurnHere, classes[0]);
        keys.all(Row::TurnNext, classes[1]);
        keys.each(Row::TurnSigns, &signs);
    }

    /// What tells whether a claim answers something narrated.
    fn narrated(&self, n: usize, candidates: &[usize], others: usize) -> Keys {
        let (r, c) = (self.r, self.claim(n));
        let mut keys = Keys::default();
        keys.put(Row::Narrated, 0);
        keys.put(Row::NarratedStrength, c.strength().into());
        keys.all(Row::NarratedCue, c.of(Zone::Cue));
        keys.all(Row::NarratedHead, c.of(Zone::Head));
        keys.all(Row::NarratedBefore, c.of(Zone::Before));
        let opens = |w: usize| matches!(r.lower(w), "whether" | "if" | "how" | "why" | "what");
        keys.when(c.content.iter().cloned().flatten().take(3).any(opens), Row::NarratedForm, 0);
        keys.when(c.has(Zone::Free, Class::Reply), Row::NarratedForm, 1);
        keys.when(c.of(Zone::Previous).meets(Classes::of(&[Class::Reply, Class::Ask])), Row::NarratedForm, 2);
        keys.when(candidates.is_empty(), Row::NarratedForm, 3);
        keys.when(self.few(), Row::NarratedFew, c.strength().into());
        keys.put(Row::NarratedOthers, 4 * others.min(3) + usize::from(c.strength()));
        if let Some(link) = &self.rules[n] {
            keys.put(Row::NarratedRule, usize::from(!matches!(link.to, Answered::Relation(_))));
        }
        keys
    }

    /// What a claim may answer, with its features: something narrated, then the candidates.
    pub(super) fn options(&self, n: usize) -> Vec<(Option<usize>, Keys)> {
        let c = self.claim(n);
        let candidates: Vec<usize> = self.candidates(n).collect();
        let shared: Vec<u32> = candidates.iter().map(|&m| self.claims.shared(&c.bag, &self.claim(m).bag)).collect();
        let around: Vec<u32> = candidates.iter().map(|&m| self.claims.shared(&c.around, &self.claim(m).bag)).collect();
        let most = |of: &[u32]| of.iter().copied().max().unwrap_or(0);
        let common = Common {
            strength: usize::from(c.strength()),
            signs: signs(c),
            held: self.claims.weight(&c.bag).max(1),
            most: most(&shared),
            most_around: most(&around),
            nearest: candidates.iter().copied().rfind(|&m| m < n),
            ranks: self.ranks(n, &candidates),
            other_named: candidates.iter().any(|&m| names(c, self.claim(m))),
            says_he: self.says_he(c),
            rule_of_turn: self.rule_of_turn(n),
            nouns: [Zone::Cue, Zone::Free].into_iter().fold(c.of(Zone::Head), |mut nouns, zone| {
                nouns.join(c.of(zone));
                nouns
            }),
        };
        let mut options = vec![(None, self.narrated(n, &candidates, common.ranks.len()))];
        let candidates = candidates.into_iter().zip(shared.into_iter().zip(around));
        options.extend(candidates.map(|(m, (shared, around))| (Some(m), self.pair(n, m, shared, around, &common))));
        options
    }

    /// The other speakers before a claim, the last one first, each with the last of its claims.
    fn ranks(&self, n: usize, candidates: &[usize]) -> Vec<(Option<usize>, usize)> {
        let mut ranks: Vec<(Option<usize>, usize)> = Vec::new();
        for &m in candidates.iter().rev().filter(|&&m| m < n) {
            let speaker = self.claim(m).speaker;
            if ranks.iter().all(|(other, _)| *other != speaker) {
                ranks.push((speaker, m));
            }
        }
        ranks
    }

    fn pair(&self, n: usize, m: usize, shared: u32, around: u32, common: &Common<'_>) -> Keys {
        let (c, d) = (self.claim(n), self.claim(m));
        let mut keys = Keys(Vec::with_capacity(PAIR));
        let back = n.checked_sub(m).filter(|_| m < n);
        self.distance(n, m, common, &mut keys);
        self.words_in_common(c, d, shared, around, common, &mut keys);

        let acts = &self.acts[m];
        for &act in acts {
            keys.put(Row::Act, act);
            common.signs.iter().for_each(|sign| keys.put(Row::Signs, sign * ACTS + act));
        }
        for (at, (_, of)) in NOUNS_OF_ACTS.iter().enumerate().filter(|(_, (noun, _))| common.nouns.has(*noun)) {
            let met = acts.iter().filter_map(|&act| ACTS_OF.get(act)).any(|act| of.has(*act));
            keys.put(Row::ActNoun, 2 * at + usize::from(met));
        }
        self.persons(n, m, shared, common, &mut keys);

        let asks = acts.contains(&0);
        let near = back.is_some_and(|back| back == 1 || c.paragraph.abs_diff(d.paragraph) <= 1);
        let asked = c.has(Zone::Before, Class::Ask) || c.has(Zone::Cue, Class::Reply);
        keys.when(asks && near, Row::Question, 0);
        keys.when(asks && asked, Row::Question, 1);
        keys.when(asks && c.sentence == d.sentence, Row::Question, 2);
        keys.when(asks && d.speaker.is_none() && back == Some(1), Row::Question, 3);
        keys.when(asks && c.turn_start != n && m + 1 == c.turn_start, Row::Question, 4);
        keys.when(!asks && (c.has(Zone::Before, Class::Ask) || c.has(Zone::Cue, Class::Ask)), Row::Question, 5);
        let far = back.map_or(4, |back| above(&[1, 2, 4], back));
        keys.when(c.has(Zone::Cue, Class::Reply), Row::ReplyBack, far);
        keys.when(c.of(Zone::Cue).meets(CUES), Row::StanceBack, far);

        keys.0.extend(&self.targets[m].0);
        keys.when(c.direct && d.direct, Row::Target, 2);
        keys.when(self.rules[m].as_ref().is_some_and(|link| link.to == Answered::Relation(n)), Row::Place, 5);
        keys.when(self.few(), Row::TargetFew, common.strength);
        keys.when(m < n, Row::TargetOthers, 4 * common.ranks.len().min(3) + common.strength);
        if let Some(link) = &self.rules[n] {
            let class = 1 + 3 * link.kind as usize + above(&[65, 79], link.confidence);
            keys.put(Row::RuleTarget, if link.to == Answered::Relation(m) { class } else { 0 });
        } else if let Some(link) = common.rule_of_turn {
            let here = usize::from(self.claim(link.from).sentence == c.sentence);
            keys.put(Row::RuleOfTurn, 2 * usize::from(link.to == Answered::Relation(m)) + here);
        }
        keys
    }

    /// What the rules say of the nearest claim before it in the same turn that they say anything of.
    fn rule_of_turn(&self, n: usize) -> Option<&Link> {
        self.turn(n).find_map(|(m, _)| self.rules[m].as_ref())
    }

    /// Where the other claim stands.
    fn distance(&self, n: usize, m: usize, common: &Common<'_>, keys: &mut Keys) {
        let (c, d) = (self.claim(n), self.claim(m));
        let apart = c.paragraph.abs_diff(d.paragraph);
        keys.when(c.sentence == d.sentence, Row::Place, 0);
        if m < n {
            keys.put(Row::Back, above(&[1, 2, 3, 5, 8, 15], n - m));
            keys.put(Row::ParagraphsBack, above(&[0, 1, 2, 4, 8], apart));
            if c.turn_start > m {
                keys.put(Row::TurnBack, above(&[1, 2, 4, 8], c.turn_start - m));
            }
            let rank = common.ranks.iter().position(|(speaker, _)| *speaker == d.speaker);
            keys.put(Row::SpeakerRank, rank.unwrap_or(3));
            keys.when(rank.is_some_and(|rank| common.ranks[rank].1 == m), Row::Place, 1);
        } else {
            keys.put(Row::Ahead, above(&[1, 2, 4], m - n));
            keys.put(Row::ParagraphsAhead, above(&[0, 1, 3], apart));
            keys.when(c.headline, Row::AheadFrom, 0);
            keys.when(!c.headline && c.paragraph <= 2, Row::AheadFrom, 1);
            keys.when(c.sentence == d.sentence, Row::AheadFrom, 2);
        }
        if let Some(nearest) = common.nearest {
            keys.when(nearest == m, Row::Nearest, common.strength);
            keys.when(self.claim(nearest).speaker == d.speaker, Row::NearestSpeaker, common.strength);
            keys.when(self.claim(nearest).speaker == d.speaker && common.says_he, Row::Pronoun, 0);
        }
        let meets = |a: &Claim, b: &Claim| a.content.iter().any(|x| b.content.iter().any(|y| overlap(x, y)));
        let inside = |a: &Claim, b: &Claim| a.content.iter().all(|x| b.content.iter().any(|y| y.start <= x.start && x.end <= y.end));
        if meets(c, d) {
            keys.put(Row::Place, 2);
            keys.when(inside(c, d), Row::Place, 3);
            keys.when(inside(d, c), Row::Place, 4);
        }
    }

    /// Which words both have.
    fn words_in_common(&self, c: &Claim, d: &Claim, shared: u32, around: u32, with: &Common<'_>, keys: &mut Keys) {
        let level = above(&[0, 5, 8, 11, 15, 21, 30], shared);
        keys.put(Row::Overlap, level);
        keys.put(Row::OverlapStrength, with.strength * 4 + level.div_ceil(2).min(3));
        if shared > 0 {
            keys.put(Row::OverlapShare, above(&[8, 15, 25, 45], 100 * shared / with.held));
            keys.when(shared == with.most, Row::OverlapMost, usize::from(level > 2));
        }
        if around > 0 {
            keys.put(Row::Around, above(&[5, 8, 12, 18], around));
            keys.when(around == with.most_around, Row::OverlapMost, 2);
        }
        let turn = self.claims.shared(&c.turn_bag, &d.bag);
        keys.when(turn > 0, Row::TurnOverlap, above(&[6, 12, 20], turn));
        let scare = c.scare.common(&d.bag).count();
        keys.when(scare > 0, Row::Scare, scare - usize::from(scare > 0));
        let pairs = c.pairs.common(&d.pairs).count();
        keys.when(pairs > 0, Row::Pairs, pairs - usize::from(pairs > 0));
        keys.when(c.starts.common(&d.cue_starts).next().is_some(), Row::NounOfCue, 0);
    }

    /// Who names whom.
    fn persons(&self, n: usize, m: usize, shared: u32, common: &Common<'_>, keys: &mut Keys) {
        let (c, d) = (self.claim(n), self.claim(m));
        let last = common.ranks.iter().any(|rank| rank.1 == m);
        let other = d.speaker.filter(|s| !c.sides.contains(s));
        let named = |list: &[usize]| other.is_some_and(|s| list.contains(&s));
        let anywhere = names(c, d);
        keys.when(named(&c.named_within), Row::Named, 0);
        keys.when(named(&c.named_outside), Row::Named, 1);
        keys.when(named(&c.named_before), Row::Named, 2);
        keys.when(named(&c.owners), Row::Named, 3);
        keys.when(named(&c.owners) && last, Row::Named, 4);
        keys.when(common.other_named && !anywhere, Row::Named, 5);
        if anywhere {
            keys.put(Row::NamedStrength, common.strength);
            keys.put(Row::NamedOverlap, above(&[0, 8, 16], shared));
            keys.when(last, Row::Named, 6);
            keys.when(m < n && n - m <= 3, Row::Named, 7);
        }
        if let Owner::Entity(owner) = self.owners[n] {
            let so = d.speaker == Some(owner) || d.sides.contains(&owner);
            keys.put(Row::OwnerIs, if so { 2 + usize::from(last) } else { 0 });
        } else {
            keys.when(self.owners[n] == Owner::Unknown, Row::OwnerIs, 1);
        }
        let mine = || c.sides.iter().filter(|side| Some(**side) != d.speaker);
        let acts = d.of(Zone::Cue);
        if mine().any(|side| d.named_within.contains(side)) {
            keys.put(Row::NamesMe, common.strength.min(2));
            keys.when(acts.meets(Classes::of(&[Class::Accuse, Class::Criticise])), Row::NamesMe, 3);
            keys.when(anywhere, Row::NamesMe, 4);
        }
        keys.when(mine().any(|side| d.named_outside.contains(side)), Row::NamesMe, 5);
        keys.when(mine().any(|side| self.known.about[m].contains(side)), Row::NamesMe, 6);
        keys.when(d.sides.iter().any(|side| c.sides.contains(side)), Row::NamesMe, 7);
    }

    /// What tells how a claim stands to what it answers, a claim or something narrated; `own` is what tells whether it is an answer.
    pub(super) fn kind(&self, n: usize, own: &Keys, to: Option<usize>) -> Keys {
        let mut keys = own.clone();
        if self.rules[n].is_none()
            && let Some(link) = self.rule_of_turn(n)
        {
            keys.put(Row::KindTurn, link.kind as usize);
        }
        let Some(m) = to else {
            let rule = self.rules[n].as_ref().filter(|link| !matches!(link.to, Answered::Relation(_)));
            keys.put(Row::KindNarrated, rule.map_or(0, |link| 1 + link.kind as usize));
            return keys;
        };
        let (c, d) = (self.claim(n), self.claim(m));
        self.acts[m].iter().for_each(|&act| keys.put(Row::KindAct, act));
        keys.when(d.speaker.is_none(), Row::KindForm, 0);
        keys.when(d.sides.iter().any(|side| c.sides.contains(side)), Row::KindForm, 1);
        keys.when(c.sides.iter().any(|side| d.named_within.contains(side) && Some(*side) != d.speaker), Row::KindForm, 2);
        keys.when(m + 1 == n, Row::KindForm, 3);
        keys
    }
}

/// What a claim is like as something that others answer.
fn target(claims: &Claims, known: Known, m: usize) -> Keys {
    let d = &claims.list[m];
    let mut keys = Keys::default();
    let from = m.saturating_sub(4);
    let mates = || {
        let all = &claims.list[from..claims.list.len().min(m + 5)];
        all.iter().enumerate().filter(|(_, e)| e.speaker == d.speaker && e.paragraph.abs_diff(d.paragraph) <= 1).map(|(k, e)| (from + k, e))
    };
    let alone = mates().count() == 1;
    let like = [
        d.speaker.is_none(),
        d.quoted,
        // Whether both begin with quoted words depends on the answer.
        false,
        d.headline,
        d.length <= 4,
        d.has(Zone::Source, Class::Critics),
        alone,
        !alone && mates().next().is_some_and(|(first, _)| first == m),
        !alone && mates().next_back().is_some_and(|(last, _)| last == m),
        !alone && mates().all(|(_, mate)| mate.length <= d.length),
        d.has(Zone::Free, Class::Earlier) || d.has(Zone::Cue, Class::Earlier),
        known.relations[m].within.is_some(),
    ];
    keys.each(Row::Target, &like);
    keys.put(Row::TargetLength, above(&[5, 10, 20, 40], d.length));
    keys
}

/// What the same speaker's claim before was found to answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Before {
    /// The claim, or something narrated.
    pub to: Option<usize>,
    /// How it stands to it.
    pub kind: ResponseKind,
    /// Whether it stands in another paragraph.
    pub apart: bool,
}

impl Before {
    /// What it tells of an option: for whether it is the one, and for how an answer would stand to it.
    pub(crate) fn keys(self, option: Option<usize>) -> (Keys, Keys) {
        let (mut link, mut kind) = (Keys::default(), Keys::default());
        let same = option == self.to;
        link.put(Row::TurnTarget, 2 * usize::from(self.apart) + usize::from(same));
        kind.put(Row::KindBefore, 2 * self.kind as usize + usize::from(same));
        (link, kind)
    }
}

/// The signs of an answer, as a list of numbers below [`SIGNS`].
fn signs(c: &Claim) -> Vec<usize> {
    let mut signs: Vec<usize> = CUE_CLASSES.iter().enumerate().filter(|(_, class)| c.has(Zone::Cue, **class)).map(|(n, _)| n).collect();
    signs.extend(c.has(Zone::Before, Class::Ask).then_some(5));
    signs.extend((c.has(Zone::Free, Class::Reply) || c.has(Zone::Previous, Class::Reply)).then_some(6));
    if signs.is_empty() {
        signs.extend(c.of_content().has(Class::False).then_some(7));
        signs.extend(c.determined[0].then_some(8));
    }
    if signs.is_empty() {
        signs.push(9);
    }
    signs
}

/// What a claim does, as a list of numbers below [`ACTS`].
fn acts(c: &Claim) -> Vec<usize> {
    let asks = c.question && c.length < 40;
    let act = |(_, class): &(usize, &Class)| c.has(Zone::Cue, **class) || asks && **class == Class::Ask;
    let mut acts: Vec<usize> = ACTS_OF.iter().enumerate().filter(act).map(|(n, _)| n).collect();
    if acts.is_empty() {
        acts.push(ACTS - 1);
    }
    acts
}

/// Whether a claim, or what stands around it, names the other's speaker.
fn names(c: &Claim, d: &Claim) -> bool {
    let named = |s| [&c.named_within, &c.named_outside, &c.named_before, &c.owners].iter().any(|named| named.contains(&s));
    d.speaker.is_some_and(|s| !c.sides.contains(&s) && named(s))
}

/// What all candidates of a claim have in common.
struct Common<'a> {
    strength: usize,
    signs: Vec<usize>,
    /// The weight of the claim's words.
    held: u32,
    /// The most that a candidate shares of them.
    most: u32,
    /// The same of the words around the claim.
    most_around: u32,
    /// The nearest candidate before the claim.
    nearest: Option<usize>,
    ranks: Vec<(Option<usize>, usize)>,
    /// Whether any candidate's speaker is named.
    other_named: bool,
    /// Whether its content begins with somebody who is only "he" or "she".
    says_he: bool,
    /// What the rules say of its turn.
    rule_of_turn: Option<&'a Link>,
    /// The classes of words among which nouns for words are looked for.
    nouns: Classes,
}

const _: () = assert!(ResponseKind::ALL.len() == 4);

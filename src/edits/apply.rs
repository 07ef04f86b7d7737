//! From edits to the corrected breakdown.

use super::{ClaimKey, Edit, Edits, Part, SpeakerKey, To};
use crate::engine::{
    Article, BlockKind, Breakdown, Claim, ClaimId, Confidence, Force, Note, Parts, Quotation, Response, Span, Speaker, SpeakerId,
    SpeakerKind, Target, notes_anew, quoted_parts,
};
use crate::order;

/// What a person vouches for.
const SURE: u8 = 100;

/// A breakdown with its corrections made, and which of it is whose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Corrected {
    /// The breakdown that people see.
    pub breakdown: Breakdown,
    claims: Vec<(ClaimKey, bool)>,
    speakers: Vec<(SpeakerKey, bool)>,
    responses: Vec<bool>,
}

impl Corrected {
    /// The key of a claim.
    pub fn key(&self, claim: ClaimId) -> ClaimKey {
        self.claims[claim.index()].0
    }

    /// The claim of a key, where it is still there.
    pub fn claim(&self, key: ClaimKey) -> Option<ClaimId> {
        self.claims.iter().position(|(of, _)| *of == key).map(|n| ClaimId(n as u32))
    }

    /// The key of a speaker.
    pub fn speaker_key(&self, speaker: SpeakerId) -> SpeakerKey {
        self.speakers[speaker.index()].0
    }

    /// The speaker of a key, where it is still there.
    pub fn speaker(&self, key: SpeakerKey) -> Option<SpeakerId> {
        self.speakers.iter().position(|(of, _)| *of == key).map(|n| SpeakerId(n as u32))
    }

    /// A hue for each speaker, given those of the engine's: nobody's changes, whatever is corrected.
    pub fn hues(&self, engines: &[Option<usize>]) -> Vec<Option<usize>> {
        let mut next = engines.iter().flatten().max().map_or(0, |last| last + 1)..;
        let said = |id: SpeakerId| self.breakdown.claims.iter().any(|claim| claim.speaker == Some(id));
        let all = self.speakers.iter().enumerate().map(|(n, (key, _))| {
            let own = engines.get(key.0 as usize).copied().flatten();
            own.or_else(|| if said(SpeakerId(n as u32)) { next.next() } else { None })
        });
        all.collect()
    }

    /// Whether a reader changed, confirmed or added this claim.
    pub fn is_corrected(&self, claim: ClaimId) -> bool {
        self.claims[claim.index()].1
    }

    /// Whether a reader changed or added this speaker.
    pub fn is_speaker_corrected(&self, speaker: SpeakerId) -> bool {
        self.speakers[speaker.index()].1
    }

    /// Whether a reader drew or changed this response, one of the breakdown's.
    pub fn is_response_corrected(&self, response: &Response) -> bool {
        let place = self.breakdown.responses.iter().position(|r| (r.from, &r.to) == (response.from, &response.to));
        place.is_some_and(|place| self.responses[place])
    }
}

/// What has keys, in their order.
#[derive(Clone)]
struct Table<T>(Vec<(u32, T)>);

impl<T> Table<T> {
    /// Counts through a list.
    fn of(items: impl Iterator<Item = T>) -> Self {
        Self((0..).zip(items).collect())
    }

    fn place(&self, key: u32) -> Result<usize, usize> {
        self.0.binary_search_by_key(&key, |(of, _)| *of)
    }

    fn get(&self, key: u32) -> Option<&T> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    fn get_mut(&mut self, key: u32) -> Option<&mut T> {
        self.place(key).ok().map(|place| &mut self.0[place].1)
    }

    /// Adds something, unless its key is taken.
    fn add(&mut self, key: u32, item: T) {
        if let Err(place) = self.place(key) {
            self.0.insert(place, (key, item));
        }
    }

    fn take(&mut self, key: u32) -> Option<T> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }
}

/// While edits are made, every id is a key.
struct Draft {
    article: Article,
    /// Claims and speakers, each with whether a reader touched it.
    claims: Table<(Claim, bool)>,
    speakers: Table<(Speaker, bool)>,
    /// Who turned out to be whom.
    merged: Table<u32>,
    responses: Vec<(Response, bool)>,
}

/// The breakdown with its corrections made. Without any it is the same.
pub fn apply(base: &Breakdown, edits: &Edits) -> Corrected {
    let mut draft = Draft {
        article: base.article.clone(),
        claims: Table::of(base.claims.iter().map(|claim| (claim.clone(), false))),
        speakers: Table::of(base.speakers.iter().map(|speaker| (speaker.clone(), false))),
        merged: Table(Vec::new()),
        responses: base.responses.iter().map(|response| (response.clone(), false)).collect(),
    };
    let mut blocks = base.blocks.clone();
    for edit in edits.iter() {
        if let Edit::SetAside(place, aside) = edit {
            if let Some(block) = blocks.get_mut(*place as usize).filter(|block| block.kind.is_set_aside() != *aside) {
                block.kind = if *aside { BlockKind::Other } else { BlockKind::Paragraph };
            }
        } else {
            draft.make(edit);
        }
    }
    // What the reader set aside is no part of the article any more, and neither is what is claimed there.
    let gone: Vec<Span> = (blocks.iter().zip(&base.blocks))
        .filter(|(now, before)| now.kind.is_set_aside() && !before.kind.is_set_aside())
        .map(|(now, _)| now.span)
        .collect();
    draft.claims.0.retain(|(_, (claim, _))| !gone.iter().any(|block| claim.content.iter().all(|span| block.contains(*span))));
    draft.finish(Parts { blocks, ..Parts::clone(base) }, edits.is_empty())
}

impl Draft {
    fn claim(&mut self, key: ClaimKey, change: impl FnOnce(&mut Claim)) {
        if let Some((claim, touched)) = self.claims.get_mut(key.0) {
            change(claim);
            claim.confidence = Confidence::percent(SURE);
            *touched = true;
        }
    }

    /// Who a speaker is once merged.
    fn root(&self, mut key: u32) -> u32 {
        while let Some(&into) = self.merged.get(key) {
            key = into;
        }
        key
    }

    fn make(&mut self, edit: &Edit) {
        match edit {
            Edit::AddClaim { key, speaker, source, cue, content } => {
                if content.is_empty() || self.claims.get(key.0).is_some() {
                    return;
                }
                let speaker = speaker.filter(|key| self.speakers.get(key.0).is_some());
                let claim = Claim {
                    speaker: speaker.map(|key| SpeakerId(key.0)),
                    source: source.clone(),
                    cue: cue.clone(),
                    quotation: quotation(&self.article, content),
                    content: content.clone(),
                    force: Force::States,
                    channel: None,
                    outlet: None,
                    said_on: None,
                    within: None,
                    about: Vec::new(),
                    confidence: Confidence::percent(SURE),
                };
                self.claims.add(key.0, (claim, true));
            }
            Edit::DropClaim(claim) => {
                self.claims.take(claim.0);
            }
            Edit::Confirm(claim) => self.claim(*claim, |_| {}),
            Edit::SetSpeaker(claim, speaker) => {
                if speaker.is_none_or(|key| self.speakers.get(key.0).is_some()) {
                    self.claim(*claim, |claim| claim.speaker = speaker.map(|key| SpeakerId(key.0)));
                }
            }
            Edit::SetForce(claim, force) => self.claim(*claim, |claim| claim.force = *force),
            Edit::SetDay(claim, day) => self.claim(*claim, |claim| claim.said_on = *day),
            Edit::SetSpans(claim, part, spans) => {
                let quoted = quotation(&self.article, spans);
                self.claim(*claim, |claim| match part {
                    Part::Source => claim.source.clone_from(spans),
                    Part::Cue => claim.cue.clone_from(spans),
                    Part::Content if spans.is_empty() => {}
                    Part::Content => {
                        claim.content.clone_from(spans);
                        claim.quotation = quoted;
                    }
                });
            }
            Edit::AddSpeaker(key, name) => {
                if !name.is_empty() {
                    let speaker = Speaker { name: name.clone(), kind: SpeakerKind::Person, role: None, mentions: Vec::new() };
                    self.speakers.add(key.0, (speaker, true));
                }
            }
            Edit::Rename(key, name) => {
                if let Some((speaker, touched)) = self.speakers.get_mut(key.0).filter(|_| !name.is_empty()) {
                    speaker.name.clone_from(name);
                    *touched = true;
                }
            }
            Edit::Merge(speaker, into) => {
                let (one, other) = (self.root(speaker.0), self.root(into.0));
                if one != other && self.speakers.get(one).is_some() && self.speakers.get(other).is_some() {
                    self.merged.add(one, other);
                }
            }
            Edit::Respond(from, to, kind) => {
                let (from, to) = (ClaimId(from.0), target(*to));
                let response = Response { from, to, kind: *kind, signal: Vec::new(), confidence: Confidence::percent(SURE) };
                if let Some((old, touched)) = self.responses.iter_mut().find(|(r, _)| (r.from, &r.to) == (from, &response.to)) {
                    // Its signal stays: the words are the same whatever they show.
                    let signal = std::mem::take(&mut old.signal);
                    (*old, *touched) = (Response { signal, ..response }, true);
                } else {
                    self.responses.push((response, true));
                }
            }
            Edit::DropResponse(from, to) => {
                let to = target(*to);
                self.responses.retain(|(r, _)| (r.from.0, &r.to) != (from.0, &to));
            }
            Edit::SetAside(..) => {}
        }
    }

    /// Keys become ids again.
    fn finish(mut self, parts: Parts, untouched: bool) -> Corrected {
        for key in self.merged.0.iter().map(|(key, _)| *key).collect::<Vec<_>>() {
            let root = self.root(key);
            if let Some((merged, _)) = self.speakers.take(key)
                && let Some((speaker, touched)) = self.speakers.get_mut(root)
            {
                speaker.mentions.extend(merged.mentions);
                in_order(&mut speaker.mentions);
                speaker.role = speaker.role.take().or(merged.role);
                *touched = true;
            }
        }
        let merged = std::mem::replace(&mut self.merged, Table(Vec::new()));
        let root = |key: u32| std::iter::successors(Some(key), |key| merged.get(*key).copied()).last().unwrap_or(key);
        // Whom a reader added and gave nothing is not there.
        let engines = parts.speakers.len() as u32;
        let used: Vec<u32> = self.claims.0.iter().filter_map(|(_, (claim, _))| Some(root(claim.speaker?.0))).collect();
        self.speakers.0.retain(|(key, _)| *key < engines || used.contains(key));
        let speaker_keys: Vec<(SpeakerKey, bool)> =
            self.speakers.0.iter().map(|(key, (_, touched))| (SpeakerKey(*key), *touched)).collect();
        let speaker_id = |id: SpeakerId| {
            let place = speaker_keys.binary_search_by_key(&root(id.0), |(key, _)| key.0).ok()?;
            Some(SpeakerId(place as u32))
        };

        // In reading order; claims that begin together stay as they were.
        let mut places: Vec<usize> = (0..self.claims.0.len()).collect();
        order::sort_by_key(&mut places, |place| self.claims.0[*place].1.0.start());
        let mut numbers = vec![0; places.len()];
        places.iter().enumerate().for_each(|(number, place)| numbers[*place] = number as u32);
        let claim_id = |id: ClaimId| self.claims.place(id.0).ok().map(|place| ClaimId(numbers[place]));
        let in_order = || places.iter().map(|place| &self.claims.0[*place]);
        let claim_keys = in_order().map(|(key, (_, touched))| (ClaimKey(*key), *touched)).collect();
        let claims: Vec<Claim> = in_order()
            .map(|(_, (claim, _))| {
                let mut about: Vec<SpeakerId> = Vec::new();
                for id in claim.about.iter().filter_map(|id| speaker_id(*id)) {
                    if !about.contains(&id) {
                        about.push(id);
                    }
                }
                Claim { speaker: claim.speaker.and_then(speaker_id), within: claim.within.and_then(claim_id), about, ..claim.clone() }
            })
            .collect();
        let (responses, drawn): (Vec<Response>, Vec<bool>) = (self.responses.into_iter())
            .filter_map(|(response, touched)| {
                let from = claim_id(response.from)?;
                let to = match response.to {
                    Target::Claim(to) => Target::Claim(claim_id(to).filter(|to| *to != from)?),
                    narrated @ Target::Narrated(_) => narrated,
                };
                Some((Response { from, to, ..response }, touched))
            })
            .unzip();
        let speakers: Vec<Speaker> = self.speakers.0.into_iter().map(|(_, (speaker, _))| speaker).collect();
        let notes = if untouched {
            parts.notes.clone()
        } else {
            let old = parts.notes.iter().map(|note| Note { speaker: note.speaker.and_then(speaker_id), ..note.clone() });
            notes_anew(&old.collect::<Vec<_>>(), &claims, &speakers)
        };
        let breakdown = Breakdown::new(Parts { speakers, claims, responses, notes, ..parts });
        let breakdown = breakdown.expect("spans come from the article, ids from the lists");
        Corrected { breakdown, claims: claim_keys, speakers: speaker_keys, responses: drawn }
    }
}

fn target(to: To) -> Target {
    match to {
        To::Claim(key) => Target::Claim(ClaimId(key.0)),
        To::Narrated(span) => Target::Narrated(span),
    }
}

/// Puts spans into text order and leaves out those that lie in others.
fn in_order(spans: &mut Vec<Span>) {
    order::sort(spans);
    let mut end = 0;
    spans.retain(|span| {
        let apart = span.start() >= end;
        end = if apart { span.end() } else { end };
        apart
    });
}

/// How a content is given, by the quotation marks in it or right around it.
fn quotation(article: &Article, content: &[Span]) -> Quotation {
    let text = article.text();
    let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).count();
    let (mut all, mut quoted) = (0, 0);
    for span in content {
        let inside = letters(article.slice(*span));
        let before = text[..span.start()].chars().next_back();
        let after = text[span.end()..].chars().next();
        let enclosed =
            matches!((before, after), (Some('“'), Some('”')) | (Some('"'), Some('"')) | (Some('‘'), Some('’')) | (Some('«'), Some('»')));
        all += inside;
        quoted += if enclosed { inside } else { quoted_parts(text, *span).into_iter().map(|part| letters(&text[part])).sum() };
    }
    match quoted {
        0 => Quotation::Indirect,
        quoted if quoted >= all => Quotation::Direct,
        _ => Quotation::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::sample::{breakdown, find, said};
    use crate::engine::Quotation::{Direct, Indirect, Mixed};
    use crate::engine::{Date, ResponseKind};

    const TEXT: &str = "Ada Quill said it rained. Bo said “we got wet” all day. He denied lying. “Never,” Cy said.";

    fn sample() -> Breakdown {
        let mut parts = Parts::clone(&breakdown(
            TEXT,
            &[
                said("Ada Quill", "said", &["it rained"], Indirect),
                said("Bo", "said", &["“we got wet” all day"], Mixed),
                said("He", "denied", &["lying"], Indirect),
            ],
        ));
        parts.responses.push(Response {
            from: ClaimId(2),
            to: Target::Claim(ClaimId(0)),
            kind: ResponseKind::Rebut,
            signal: vec![],
            confidence: Confidence::percent(40),
        });
        Breakdown::new(parts).unwrap()
    }

    /// Every claim as "speaker: content", then every response as "from kind to".
    fn told(corrected: &Corrected) -> String {
        let b = &corrected.breakdown;
        let claims = b.claims.iter().map(|claim| {
            let who = claim.speaker.map_or("–", |id| &b.speaker(id).name);
            let what: Vec<&str> = claim.content.iter().map(|span| b.article.slice(*span)).collect();
            format!("{who}: {}", what.join(" … "))
        });
        let responses = b.responses.iter().map(|r| format!("{} {} {:?}", r.from.0, r.kind.as_str(), r.to));
        claims.chain(responses).collect::<Vec<_>>().join("; ")
    }

    fn check(edits: &[Edit], expected: &str) -> Corrected {
        let corrected = apply(&sample(), &Edits::new(edits.to_vec()));
        assert_eq!(told(&corrected), expected);
        corrected
    }

    const BASE: &str = "Ada Quill: it rained; Bo: “we got wet” all day; He: lying; 2 rebut Claim(ClaimId(0))";

    #[test]
    fn without_edits_nothing_changes() {
        let corrected = check(&[], BASE);
        assert_eq!(corrected.breakdown, sample());
        assert!((0..3).all(|n| !corrected.is_corrected(ClaimId(n))));
    }

    #[test]
    fn two_speakers_become_one() {
        let corrected = check(&[Edit::Merge(SpeakerKey(2), SpeakerKey(1))], &BASE.replace("He:", "Bo:"));
        assert_eq!(corrected.breakdown.speakers.len(), 2);
        assert_eq!(corrected.breakdown.speakers[1].mentions.len(), 2);
        assert!(corrected.is_speaker_corrected(SpeakerId(1)));
        // In a circle nobody is left out.
        check(&[Edit::Merge(SpeakerKey(2), SpeakerKey(1)), Edit::Merge(SpeakerKey(1), SpeakerKey(2))], &BASE.replace("He:", "Bo:"));
    }

    #[test]
    fn a_claim_gets_another_speaker_known_or_not() {
        check(&[Edit::SetSpeaker(ClaimKey(2), Some(SpeakerKey(1)))], &BASE.replace("He:", "Bo:"));
        check(&[Edit::SetSpeaker(ClaimKey(2), None)], &BASE.replace("He:", "–:"));
        check(
            &[Edit::AddSpeaker(SpeakerKey(7), "Dee".into()), Edit::SetSpeaker(ClaimKey(2), Some(SpeakerKey(7)))],
            &BASE.replace("He:", "Dee:"),
        );
        let corrected = check(&[Edit::AddSpeaker(SpeakerKey(7), "Dee".into()), Edit::SetSpeaker(ClaimKey(2), Some(SpeakerKey(9)))], BASE);
        assert_eq!(corrected.breakdown.speakers.len(), 3, "nobody is kept who says nothing");
    }

    #[test]
    fn a_claim_gets_a_day_or_loses_it() {
        let day = Date::new(2025, 11, 15);
        let edits = Edits::new([Edit::SetDay(ClaimKey(1), day)]);
        let corrected = apply(&sample(), &edits);
        assert_eq!(corrected.breakdown.claims.iter().map(|claim| claim.said_on).collect::<Vec<_>>(), [None, day, None]);
        assert!(corrected.is_corrected(ClaimId(1)));
        let edits = edits.with(Edit::SetDay(ClaimKey(1), None));
        assert_eq!((edits.len(), apply(&sample(), &edits).breakdown.claims[1].said_on), (1, None));
    }

    #[test]
    fn claims_go_and_with_them_their_responses() {
        check(&[Edit::DropClaim(ClaimKey(0))], "Bo: “we got wet” all day; He: lying");
    }

    #[test]
    fn an_added_claim_takes_its_place_in_reading_order() {
        let article = sample().article.clone();
        let add = |content: &str| Edit::AddClaim {
            key: ClaimKey(9),
            speaker: Some(SpeakerKey(0)),
            source: vec![],
            cue: vec![],
            content: vec![find(&article, content)],
        };
        let corrected = check(&[add("all day")], &BASE.replace("He:", "Ada Quill: all day; He:").replace("2 rebut", "3 rebut"));
        assert_eq!(corrected.claim(ClaimKey(2)), Some(ClaimId(3)));
        assert_eq!(corrected.key(ClaimId(2)), ClaimKey(9));
        assert!(corrected.is_corrected(ClaimId(2)) && !corrected.is_corrected(ClaimId(3)));
        let kinds =
            |content: &str| apply(&sample(), &Edits::new([add(content)])).breakdown.claims.iter().map(|c| c.quotation).collect::<Vec<_>>();
        assert_eq!(kinds("“Never,”")[3], Direct);
        assert_eq!(kinds("Never,")[3], Direct, "marks right around count");
        assert_eq!(kinds("“Never,” Cy")[3], Mixed);
    }

    #[test]
    fn responses_are_drawn_changed_and_taken_away() {
        let first = To::Claim(ClaimKey(0));
        let support = Edit::Respond(ClaimKey(2), first, ResponseKind::Support);
        let corrected = check(&[support], &BASE.replace("rebut", "support"));
        assert!(corrected.is_response_corrected(&corrected.breakdown.responses[0]));
        check(&[Edit::DropResponse(ClaimKey(2), first)], BASE.rsplit_once("; ").unwrap().0);
        let drawn = check(&[Edit::Respond(ClaimKey(1), first, ResponseKind::Answer)], &format!("{BASE}; 1 answer Claim(ClaimId(0))"));
        assert!(!drawn.is_response_corrected(&drawn.breakdown.responses[0]));
        check(&[Edit::Respond(ClaimKey(1), To::Claim(ClaimKey(1)), ResponseKind::Answer)], BASE);
    }

    #[test]
    fn what_stands_in_a_block_set_aside_is_no_claim() {
        let corrected = check(&[Edit::SetAside(0, true)], "");
        assert!(corrected.breakdown.blocks[0].kind.is_set_aside());
        check(&[Edit::SetAside(0, true), Edit::SetAside(0, false), Edit::SetAside(7, true)], BASE);
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        let claim = || (0..6u32).prop_map(ClaimKey);
        let speaker = || (0..6u32).prop_map(SpeakerKey);
        let spans = || {
            proptest::collection::vec(0..80usize, 0..3).prop_map(|starts| {
                let article = Article::new(TEXT).unwrap();
                let mut spans: Vec<Span> = starts.iter().filter_map(|at| article.span(*at, at + 5)).collect();
                in_order(&mut spans);
                spans
            })
        };
        let to = || prop_oneof![claim().prop_map(To::Claim), spans().prop_map(|spans| To::Narrated(spans.first().copied()))];
        let part = proptest::sample::select(Part::ALL.to_vec());
        let kind = proptest::sample::select(ResponseKind::ALL.to_vec());
        prop_oneof![
            (claim(), proptest::option::of(speaker()), spans(), spans(), spans())
                .prop_map(|(key, speaker, source, cue, content)| Edit::AddClaim { key, speaker, source, cue, content }),
            claim().prop_map(Edit::DropClaim),
            claim().prop_map(Edit::Confirm),
            (claim(), proptest::option::of(speaker())).prop_map(|(c, s)| Edit::SetSpeaker(c, s)),
            (claim(), 1..99u8).prop_map(|(c, day)| Edit::SetDay(c, Date::new(2025, 11, day))),
            (claim(), part, spans()).prop_map(|(c, p, s)| Edit::SetSpans(c, p, s)),
            (speaker(), "[a-c]{0,2}").prop_map(|(s, n)| Edit::AddSpeaker(s, n)),
            (speaker(), "[a-c]{0,2}").prop_map(|(s, n)| Edit::Rename(s, n)),
            (speaker(), speaker()).prop_map(|(a, b)| Edit::Merge(a, b)),
            (claim(), to(), kind).prop_map(|(c, t, k)| Edit::Respond(c, t, k)),
            (claim(), to()).prop_map(|(c, t)| Edit::DropResponse(c, t)),
            (0..3u32, any::<bool>()).prop_map(|(b, a)| Edit::SetAside(b, a)),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_edited_the_breakdown_holds_together(edits in proptest::collection::vec(any_edit(), 0..12)) {
            // `apply` panics where it doesn't.
            let corrected = apply(&sample(), &Edits::new(edits.clone()));
            for n in 0..corrected.breakdown.claims.len() {
                let id = ClaimId(n as u32);
                prop_assert_eq!(corrected.claim(corrected.key(id)), Some(id));
            }
            // One by one is the same as all at once.
            let piled = edits.into_iter().fold(Edits::default(), |edits, edit| edits.with(edit));
            apply(&sample(), &piled);
        }
    }
}

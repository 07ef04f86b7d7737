//! One breakdown against one marked-up article.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::article::{Relation, align, list, plain_name, range, relations, words};

/// What the comparison found, a line each.
#[derive(Default)]
pub(super) struct Findings {
    /// Differences that count.
    pub(super) wrong: Vec<String>,
    /// Differences in what two careful readers may see differently, and what only the engine found.
    pub(super) aside: Vec<String>,
}

/// Content in common from which on two relations are the same, and from which on a link can be told by them.
const SAME: f64 = 0.5;
const NEAR: f64 = 0.3;

/// Everything in which `ours`, a breakdown in `sayso/1`, differs from `gold`.
pub(super) fn check(gold: &Value, ours: &Value) -> Result<Findings> {
    let text = gold["text"].as_str().context("a marked-up article has no text")?;
    let (wanted, found) = (relations(gold, "relations", text)?, relations(ours, "claims", text)?);
    let pairs = align(&wanted, &found);
    let names = names(ours);
    let mut findings = Findings::default();
    blocks(gold, ours, text, &mut findings)?;
    for (at, relation) in wanted.iter().enumerate() {
        match pairs.iter().find(|&&(overlap, g, _)| g == at && overlap >= SAME) {
            Some(&(_, _, q)) => compare(relation, &found[q], &names, &mut findings),
            None => findings.wrong.push(format!("{} is not found: “{}”", relation.id, relation.words)),
        }
    }
    for (at, claim) in found.iter().enumerate().filter(|(at, _)| pairs.iter().all(|&(overlap, _, q)| q != *at || overlap < SAME)) {
        findings.aside.push(format!("claim {} is not marked up: “{}”", at + 1, claim.words));
    }
    let ids = pairs.iter().filter(|pair| pair.0 >= NEAR).map(|&(_, g, q)| (found[q].id.as_str(), wanted[g].id.as_str())).collect();
    responses(gold, ours, &ids, &mut findings);
    notes(gold, ours, &names, &mut findings);
    Ok(findings)
}

fn names(ours: &Value) -> BTreeMap<&str, &str> {
    list(&ours["speakers"]).iter().filter_map(|speaker| Some((speaker["id"].as_str()?, speaker["name"].as_str()?))).collect()
}

fn blocks(gold: &Value, ours: &Value, text: &str, findings: &mut Findings) -> Result<()> {
    for block in list(&gold["blocks"]) {
        let (kind, span) = (block["kind"].as_str().unwrap_or_default(), range(&block["span"])?);
        let here = list(&ours["blocks"]).iter().find(|other| range(&other["span"]).is_ok_and(|other| other == span));
        match here.map(|other| other["kind"].as_str().unwrap_or_default()) {
            Some(other) if other == kind => {}
            Some(other) => findings.wrong.push(format!("the {kind} “{}” is taken for {other}", words(text, span))),
            None => findings.wrong.push(format!("no block covers just the {kind} “{}”", words(text, span))),
        }
    }
    if gold["date"].is_string() && gold["date"] != ours["published"] {
        findings.wrong.push(format!("the article's day is {}, not {}", gold["date"], ours["published"]));
    }
    Ok(())
}

fn compare(gold: &Relation, ours: &Relation, names: &BTreeMap<&str, &str>, findings: &mut Findings) {
    let id = &gold.id;
    if !gold.source.is_empty() && gold.source.is_disjoint(&ours.source) {
        findings.wrong.push(format!("{id} has its source in other words"));
    }
    let speaker = ours.json["speaker"].as_str().and_then(|id| names.get(id).copied()).unwrap_or_default();
    if let Some(name) = gold.json["speaker"].as_str().filter(|name| *name != "?" && plain_name(name) != plain_name(speaker)) {
        findings.wrong.push(format!("{id} is {name}'s, not “{speaker}”'s"));
    }
    for (key, our_key) in [("channel", "channel"), ("outlet", "outlet"), ("date", "said_on")] {
        let (want, got) = (&gold.json[key], &ours.json[our_key]);
        if want.is_string() && want != got {
            findings.wrong.push(format!("{id} has {our_key} {got}, not {want}"));
        }
    }
    for key in ["quotation", "force"] {
        let (want, got) = (gold.json[key].as_str().unwrap_or_default(), ours.json[key].as_str().unwrap_or_default());
        // "accuse" and "accuses" are one.
        if !want.is_empty() && want.trim_end_matches('s') != got.trim_end_matches('s') {
            findings.aside.push(format!("{id} has {key} {got}, not {want}"));
        }
    }
    if let Some(about) = gold.json["about"].as_str() {
        let ours = list(&ours.json["about"]).iter().filter_map(|id| names.get(id.as_str()?).copied());
        if ours.map(plain_name).all(|name| name != plain_name(about)) {
            findings.aside.push(format!("{id} is not taken as being about {about}"));
        }
    }
}

/// A link by the marked-up article's ids; the outer `None` stands for a claim that is not marked up.
type Link<'a> = (Option<&'a str>, Option<Option<&'a str>>);

fn responses(gold: &Value, ours: &Value, ids: &BTreeMap<&str, &str>, findings: &mut Findings) {
    let marked_up = |id: &str| ids.get(id).copied();
    let found: Vec<(Link<'_>, &str)> = (list(&ours["responses"]).iter())
        .map(|link| {
            let to = link["to"].as_str().map_or(Some(None), |to| marked_up(to).map(Some));
            ((link["from"].as_str().and_then(marked_up), to), link["type"].as_str().unwrap_or_default())
        })
        .collect();
    // Several answers to one narrated question are one answer in pieces: any piece shows it.
    let mut unsure: BTreeMap<&str, (bool, String)> = BTreeMap::new();
    for link in list(&gold["responses"]) {
        let (from, to, kind) = (link["from"].as_str(), link["to"].as_str(), link["type"].as_str().unwrap_or_default());
        let got = found.iter().find(|(ends, _)| *ends == (from, Some(to))).map(|(_, kind)| *kind);
        let shown = format!("{} → {}", from.unwrap_or_default(), to.or(link["target_text"].as_str()).unwrap_or("something narrated"));
        if link["sure"].as_bool().unwrap_or(true) {
            match got {
                Some(other) if other == kind => {}
                Some(other) => findings.wrong.push(format!("the answer {shown} is of type {other}, not {kind}")),
                None => findings.wrong.push(format!("the answer {shown} ({kind}) is not found")),
            }
        } else if let Some(target) = link["target_text"].as_str().filter(|_| to.is_none()) {
            let entry = unsure.entry(target).or_insert((false, shown));
            entry.0 |= got == Some(kind);
        } else if got.is_none() {
            findings.aside.push(format!("the answer {shown} ({kind}), of which the mark-up is not sure, is not found"));
        }
    }
    findings.wrong.extend(unsure.into_values().filter(|(found, _)| !found).map(|(_, shown)| format!("no answer like {shown} is found")));
}

fn notes(gold: &Value, ours: &Value, names: &BTreeMap<&str, &str>, findings: &mut Findings) {
    let accused = |note: &&Value| note["kind"] == "accused-not-quoted";
    let ours = list(&ours["notes"]).iter().filter(accused).filter_map(|note| names.get(note["speaker"].as_str()?).copied());
    let ours: Vec<String> = ours.map(plain_name).collect();
    for name in list(&gold["accused_not_quoted"]).iter().filter_map(Value::as_str) {
        if !ours.contains(&plain_name(name)) {
            findings.wrong.push(format!("no note says that {name} is accused and not quoted"));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check;

    const TEXT: &str = "Mayor Tarn said the bridge is safe. Asked about it, Orr said the mayor is wrong.";

    fn gold() -> serde_json::Value {
        json!({
            "text": TEXT,
            "blocks": [{ "kind": "paragraph", "span": [0, 80] }],
            "relations": [
                { "id": "a", "source": [[0, 10]], "content": [[16, 34]], "speaker": "Tarn", "force": "state" },
                { "id": "b", "source": [[52, 55]], "content": [[61, 79]], "speaker": "Orr" },
            ],
            "responses": [
                { "from": "b", "to": "a", "type": "rebut" },
                { "from": "b", "to": null, "target_text": "Asked about it", "type": "answer", "sure": false },
            ],
            "accused_not_quoted": [],
        })
    }

    fn ours() -> serde_json::Value {
        json!({
            "blocks": [{ "kind": "paragraph", "span": [0, 80] }],
            "speakers": [{ "id": "s1", "name": "Mayor Tarn" }, { "id": "s2", "name": "Orr" }, { "id": "s3", "name": "Tarn" }],
            "claims": [
                { "id": "c1", "speaker": "s3", "source": [[6, 10]], "content": [[16, 34]], "force": "states" },
                { "id": "c2", "speaker": "s2", "source": [[52, 55]], "content": [[61, 79]] },
            ],
            "responses": [{ "from": "c2", "to": "c1", "type": "rebut" }, { "from": "c2", "to": null, "type": "answer" }],
            "notes": [],
        })
    }

    #[test]
    fn a_right_breakdown_has_nothing_wrong() {
        let findings = check(&gold(), &ours()).unwrap();
        assert!(findings.wrong.is_empty() && findings.aside.is_empty(), "{:?} {:?}", findings.wrong, findings.aside);
    }

    #[test]
    fn each_fault_is_one_line() {
        let faults: &[(&str, serde_json::Value, &str)] = &[
            ("/blocks/0/kind", json!("heading"), "is taken for heading"),
            ("/blocks/0/span", json!([0, 79]), "no block covers just the paragraph"),
            ("/claims/0/speaker", json!("s1"), "a is Tarn's, not “Mayor Tarn”'s"),
            ("/claims/0/source", json!([[52, 55]]), "a has its source in other words"),
            ("/responses/0/type", json!("support"), "b → a is of type support, not rebut"),
            ("/responses/0/to", json!("c9"), "b → a (rebut) is not found"),
            ("/responses/1/type", json!("support"), "no answer like b → Asked about it is found"),
        ];
        for (pointer, value, expected) in faults {
            let mut ours = ours();
            *ours.pointer_mut(pointer).unwrap() = value.clone();
            let wrong = check(&gold(), &ours).unwrap().wrong;
            assert!(wrong.len() == 1 && wrong[0].contains(expected), "{pointer}: {wrong:?}");
        }
    }

    #[test]
    fn what_is_missing_is_told() {
        let mut gold = gold();
        gold["accused_not_quoted"] = json!(["Tarn"]);
        gold["relations"][0]["outlet"] = json!("The Gazette");
        let mut ours = ours();
        ours["claims"].as_array_mut().unwrap().pop();
        ours["responses"] = json!([]);
        let wrong = check(&gold, &ours).unwrap().wrong;
        assert_eq!(wrong.len(), 5, "{wrong:?}");
    }
}

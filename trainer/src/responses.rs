//! Who answers whom: learned from articles whose claims are given and whose links are marked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, iter};

use anyhow::{Context, Result};
use sayso::engine::train::{self, Options, RESPONSES};
use sayso::engine::{Article, ResponseKind};
use serde::Deserialize;

use crate::corpus::{self, Marked};
use crate::{examples, given, lbfgs};

/// The penalty on squared weights.
const RIDGE: f64 = 6.0;
/// The same for the weights that tell how an answer stands to what it answers.
const KIND_RIDGE: f64 = 4.0;
/// Steps of the minimisation.
const STEPS: usize = 150;
/// Parts of the articles; each is judged by weights learned from the others.
const FOLDS: usize = 8;
/// Units of weight in a nat, as the engine reads them.
const UNITS: f64 = 100.0;

/// An article of our own writing with at most so many claims counts so many times: running news has few answers so plain, and
/// nobody forgives a program that misses those.
const SHORT: usize = 4;
const TIMES: usize = 4;

/// What the engine takes for an answer.
const LEAST: f64 = 0.12;

/// A class of a feature that fewer claims have is not weighed.
const SEEN: usize = 5;

/// Links of our own making; its head says how they were made.
const LINKS: &str = include_str!("../answers.tsv");

/// Articles of our own writing.
const OWN: &str = include_str!("../answers.txt");

/// A link: the answering relation, what it answers (`None` where that is only narrated), and its type.
type Link = (String, Option<String>, ResponseKind);

/// Trains; gives the weights file.
pub(crate) fn train(corpora: &Path) -> Result<String> {
    let linked = links(corpora)?;
    let mut articles = Vec::new();
    for marked in corpus::articles(corpora, "train")? {
        if let Some(links) = linked.get(&marked.id) {
            articles.push(of_article(&marked, links)?);
        }
    }
    let news = articles.len();
    articles.extend(examples::rows(OWN).map(of_own).collect::<Result<Vec<_>>>()?);
    // A claim that goes on after another of its turn is learned with what the other would be found to answer, rightly or not:
    // with what it does answer, the model would come to rely on it more than it can.
    let found = of_others(&articles);
    for (article, found) in articles.iter_mut().zip(&found) {
        article.iter_mut().for_each(|example| example.options = followed(&example.options, found));
    }
    tell(&articles[..news], &of_others(&articles)[..news]);
    let all = counted(articles.iter());
    Ok(file(&fit(&all), &fit_kinds(&all)))
}

/// What each claim of an article is found to answer, by place: which option of which claim, how likely and how it would stand to it.
type Found = BTreeMap<usize, (usize, f64, Option<usize>, ResponseKind)>;

/// What is found in each article with weights that were learned from the others.
fn of_others(articles: &[Vec<Example>]) -> Vec<Found> {
    let mut found = vec![Found::new(); articles.len()];
    for fold in 0..FOLDS {
        let others = counted(articles.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, article)| article));
        let (weights, of_kinds) = (fit(&others), fit_kinds(&others));
        for (article, found) in articles.iter().zip(&mut found).skip(fold).step_by(FOLDS) {
            for example in article {
                let options = followed(&example.known, found);
                let chances = chances(&weights, &options);
                let Some(best) = (0..chances.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b])) else { continue };
                let (to, _, keys) = &options.targets[best];
                let kind = (0..of_kinds.len()).max_by(|a, b| sum(&of_kinds[*a], keys).total_cmp(&sum(&of_kinds[*b], keys)));
                found.insert(options.from, (best, chances[best], *to, ResponseKind::ALL[kind.unwrap_or_default()]));
            }
        }
    }
    found
}

/// The options of a claim with what follows from what its turn's claims before are found to answer.
fn followed(options: &Options, found: &Found) -> Options {
    let mut options = options.clone();
    let sure = |(n, apart): &(usize, bool)| found.get(n).filter(|found| found.1 >= LEAST).map(|&(_, _, to, kind)| (to, kind, *apart));
    if let Some((to, kind, apart)) = options.turn.iter().find_map(sure) {
        train::follow(&mut options, to, kind, apart);
    }
    options
}

/// The examples of articles, each as often as it counts.
fn counted<'a>(articles: impl Iterator<Item = &'a Vec<Example>>) -> Vec<&'a Example> {
    let times = |article: &[Example]| if article.len() <= SHORT { TIMES } else { 1 };
    articles.flat_map(|article| iter::repeat_n(article, times(article))).flatten().collect()
}

/// The links of each article that somebody has looked through, by its id.
fn links(corpora: &Path) -> Result<BTreeMap<String, Vec<Link>>> {
    #[derive(Deserialize)]
    struct Answer {
        from: String,
        to: Option<String>,
        #[serde(rename = "type")]
        kind: String,
    }
    #[derive(Deserialize)]
    struct Annotated {
        id: String,
        responses: Vec<Answer>,
    }
    let kind = |name: &str| ResponseKind::from_name(name).with_context(|| format!("{name:?} is no type of answer"));
    let mut all = BTreeMap::new();
    let file = fs::read_to_string(corpora.join("responses-train.jsonl")).context("the annotated articles can't be read")?;
    for line in file.lines() {
        let annotated: Annotated = serde_json::from_str(line).context("a line is no annotated article")?;
        let links = annotated.responses.into_iter().map(|answer| Ok((answer.from, answer.to, kind(&answer.kind)?)));
        all.insert(annotated.id, links.collect::<Result<_>>()?);
    }
    for line in LINKS.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let id = cells.next().unwrap_or_default();
        let links = cells.map(|link| {
            let [from, to, of] = link.split(' ').collect::<Vec<_>>()[..] else { anyhow::bail!("{link:?} is no link") };
            Ok((from.to_owned(), to.starts_with('E').then(|| to.to_owned()), kind(of)?))
        });
        all.insert(id.to_owned(), links.collect::<Result<_>>()?);
    }
    Ok(all)
}

/// A claim with its options; which of them are right and of which type they then are.
struct Example {
    /// With what follows from the links of the turn's claims before.
    options: Options,
    /// Without.
    known: Options,
    right: Vec<Option<ResponseKind>>,
    /// How many options are right, with those that are out of reach.
    wanted: usize,
}

fn of_article(marked: &Marked, links: &[Link]) -> Result<Vec<Example>> {
    let article = Article::new(marked.text.as_str())?;
    let options = train::responses(&article, &given::given(&article, &marked.relations)?);
    let id = |n: usize| marked.relations[n].id.as_str();
    let example = |options: Options| {
        let own: Vec<&Link> = links.iter().filter(|link| link.0 == id(options.from)).collect();
        let right = |to: &Option<usize>| own.iter().find(|link| link.1.as_deref() == to.map(id)).map(|link| link.2);
        Example { right: options.targets.iter().map(|(to, ..)| right(to)).collect(), wanted: own.len(), known: options.clone(), options }
    };
    Ok(options.into_iter().map(example).collect())
}

/// The claims of an article of our own writing, behind whose marked-up text its links stand.
fn of_own(line: &str) -> Result<Vec<Example>> {
    let (marked, links) = line.split_once(" =>").with_context(|| format!("{line:?} says not who answers"))?;
    let mut marked = examples::parse(marked)?;
    for (n, relation) in marked.relations.iter_mut().enumerate() {
        relation.id = (n + 1).to_string();
    }
    let link = |link: &str| {
        let (from, rest) = link.split_once('>')?;
        let (to, kind) = rest.split_once(' ')?;
        Some((from.to_owned(), (to != "-").then(|| to.to_owned()), ResponseKind::from_name(kind)?))
    };
    let links = links.split(';').map(str::trim).filter(|link| !link.is_empty());
    let links: Option<Vec<Link>> = links.map(link).collect();
    of_article(&marked, &links.with_context(|| format!("{line:?} has something that is no link"))?)
}

fn sum(weights: &[f64], keys: &[u16]) -> f64 {
    keys.iter().map(|&key| weights[usize::from(key)]).sum()
}

fn add(gradient: &mut [f64], keys: &[u16], times: f64) {
    keys.iter().for_each(|&key| gradient[usize::from(key)] += times);
}

/// How likely each option is; what remains is the chance that the claim answers nothing.
fn chances(weights: &[f64], options: &Options) -> Vec<f64> {
    let own = sum(weights, &options.own);
    let scores: Vec<f64> = options.targets.iter().map(|(_, keys, _)| own + sum(weights, keys)).collect();
    let top = scores.iter().copied().fold(0.0, f64::max);
    let all: f64 = scores.iter().map(|score| (score - top).exp()).sum::<f64>() + (-top).exp();
    scores.into_iter().map(|score| (score - top).exp() / all).collect()
}

fn width() -> usize {
    RESPONSES.iter().map(|(_, width)| width).sum()
}

/// The weights under which what is right is likeliest, less the penalty. Of several right options any will do.
fn fit(examples: &[&Example]) -> Vec<f64> {
    let mut seen = vec![0; width()];
    for Example { options, .. } in examples {
        let mut keys: Vec<u16> = options.own.iter().chain(options.targets.iter().flat_map(|(_, keys, _)| keys)).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| seen[usize::from(key)] += 1);
    }
    lbfgs::minimise(vec![0.0; width()], STEPS, |weights| {
        let mut loss = RIDGE / 2.0 * weights.iter().map(|weight| weight * weight).sum::<f64>();
        let mut gradient: Vec<f64> = weights.iter().map(|weight| RIDGE * weight).collect();
        for example in examples {
            let chances = chances(weights, &example.options);
            let nothing = (1.0 - chances.iter().sum::<f64>()).max(1e-12);
            let right: f64 = chances.iter().zip(&example.right).filter(|(_, kind)| kind.is_some()).map(|(chance, _)| chance).sum();
            let answers = example.right.iter().any(Option::is_some);
            loss -= if answers { right.max(1e-12).ln() } else { nothing.ln() };
            for ((chance, kind), (_, keys, _)) in chances.iter().zip(&example.right).zip(&example.options.targets) {
                let wanted = if answers && kind.is_some() { chance / right.max(1e-12) } else { 0.0 };
                add(&mut gradient, keys, chance - wanted);
            }
            add(&mut gradient, &example.options.own, 1.0 - nothing - f64::from(u8::from(answers)));
        }
        gradient.iter_mut().zip(&seen).filter(|(_, seen)| **seen < SEEN).for_each(|(slope, _)| *slope = 0.0);
        (loss, gradient)
    })
}

/// The marked links' features and types.
fn kinds<'a>(examples: &[&'a Example]) -> Vec<(&'a [u16], usize)> {
    let of = |example: &&'a Example| {
        let right = example.right.iter().zip(&example.options.targets);
        right.filter_map(|(kind, (_, _, keys))| Some((keys.as_slice(), (*kind)? as usize))).collect::<Vec<_>>()
    };
    examples.iter().flat_map(of).collect()
}

/// Multinomial logistic regression: for each type its weights.
fn fit_kinds(examples: &[&Example]) -> Vec<Vec<f64>> {
    let (links, width) = (kinds(examples), width());
    let all = lbfgs::minimise(vec![0.0; width * ResponseKind::ALL.len()], STEPS, |weights| {
        let mut loss = KIND_RIDGE / 2.0 * weights.iter().map(|weight| weight * weight).sum::<f64>();
        let mut gradient: Vec<f64> = weights.iter().map(|weight| KIND_RIDGE * weight).collect();
        for (keys, right) in &links {
            let scores: Vec<f64> = weights.chunks(width).map(|weights| sum(weights, keys)).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let total: f64 = scores.iter().map(|score| (score - top).exp()).sum();
            loss -= scores[*right] - top - total.ln();
            for (kind, score) in scores.iter().enumerate() {
                let surplus = (score - top).exp() / total - f64::from(u8::from(kind == *right));
                add(&mut gradient[kind * width..(kind + 1) * width], keys, surplus);
            }
        }
        (loss, gradient)
    });
    all.chunks(width).map(<[f64]>::to_vec).collect()
}

fn file(link: &[f64], kinds: &[Vec<f64>]) -> String {
    let mut out = String::from(
        "# Who answers whom, in hundredths of a nat. Written by the trainer.\n# feature\tlink, or the type that it speaks for\tweight of class 0, of class 1 and so on\n",
    );
    let names = iter::once("link").chain(ResponseKind::ALL.iter().map(|kind| kind.as_str()));
    for (name, weights) in names.zip(iter::once(link).chain(kinds.iter().map(Vec::as_slice))) {
        let mut rest = weights;
        for (feature, width) in RESPONSES {
            let (row, behind) = rest.split_at(*width);
            rest = behind;
            let whole: Vec<i32> = row.iter().map(|weight| (weight * UNITS).round() as i32).collect();
            let Some(last) = whole.iter().rposition(|&weight| weight != 0) else { continue };
            let cells: String = whole[..=last].iter().fold(String::new(), |mut cells, weight| {
                let _ = write!(cells, "\t{weight}");
                cells
            });
            let _ = writeln!(out, "{feature}\t{name}{cells}");
        }
    }
    out
}

/// Says how good the model is on each part of the articles when it is learned from the others, by the least chance at
/// which a link is shown.
fn tell(articles: &[Vec<Example>], found: &[Found]) {
    let mut judged: Vec<(f64, &Example, usize)> = Vec::new();
    let (mut typed, mut of_type) = (0_usize, 0_usize);
    for (article, found) in articles.iter().zip(found) {
        for example in article {
            let Some(&(best, chance, _, kind)) = found.get(&example.known.from) else { continue };
            judged.push((chance, example, best));
            if let Some(right) = example.right[best] {
                typed += usize::from(kind == right);
                of_type += 1;
            }
        }
    }
    let wanted: usize = judged.iter().map(|(_, example, _)| example.wanted).sum();
    let claims = judged.len();
    eprintln!(
        "{} articles, {claims} claims, {wanted} links; type of the links that are right: {:.1} %",
        articles.len(),
        100.0 * typed as f64 / of_type.max(1) as f64
    );
    for least in (10..=70).step_by(5) {
        let shown: Vec<_> = judged.iter().filter(|(chance, ..)| chance * 100.0 >= f64::from(least)).collect();
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let right = shown.iter().filter(|(_, example, best)| example.right[*best].is_some()).count();
        let answers = shown.iter().filter(|(_, example, _)| example.wanted > 0).count();
        eprintln!(
            "from {least} %: {} links, precision {:.1}, recall {:.1}, F1 {:.1}; {:.1} % are answers to something",
            shown.len(),
            share(right, shown.len()),
            share(right, wanted),
            200.0 * right as f64 / (shown.len() + wanted) as f64,
            share(answers, shown.len())
        );
    }
}

'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const numbers = new Map(all('.number').map((button) => [button.dataset.id, button]));
const details = document.querySelector('#details');
const chips = all('.chip');
let kept = null;

const verdictOf = (button) => [...button.classList].find((name) => name !== 'number' && name !== 'on');

// A line of the details: what one side has.
const told = (side, button) => {
  const line = document.createElement('p');
  const add = (tag, name, text) => {
    const part = document.createElement(tag);
    part.className = name;
    part.textContent = text;
    line.append(part, ' ');
  };
  add('b', 'side', side);
  if (!button) {
    add('i', '', 'has no partner here');
    return line;
  }
  add('span', 'source', button.dataset.source || '(no source)');
  add('span', 'cue', button.dataset.cue || '(no cue)');
  add('span', 'content', button.dataset.content);
  add('span', 'soft', button.dataset.about);
  return line;
};

const point = (button) => {
  all('.on').forEach((element) => element.classList.remove('on'));
  details.hidden = !button;
  if (!button) return;
  const partner = numbers.get(button.dataset.partner);
  const article = button.closest('article');
  for (const one of [button, partner].filter(Boolean)) {
    one.classList.add('on');
    all(`[data-of~="${one.dataset.id}"]`, article).forEach((element) => element.classList.add('on'));
  }
  const gold = button.dataset.id.includes('g');
  const head = document.createElement('p');
  head.className = `verdict ${verdictOf(button)}`;
  head.textContent = button.dataset.verdict;
  details.replaceChildren(head, told('marked up', gold ? button : partner), told('predicted', gold ? partner : button));
};

const relationAt = (target) => {
  const element = target.closest('.number, [data-of]');
  return element && (element.dataset.id ?? element.dataset.of.split(' ').at(-1));
};

const filter = () => {
  const wanted = chips.filter((chip) => chip.ariaPressed === 'true').map((chip) => chip.dataset.verdict);
  document.body.classList.toggle('filtered', wanted.length > 0);
  const match = (button) => wanted.length === 0 || wanted.includes(verdictOf(button));
  for (const button of numbers.values()) button.classList.toggle('off', !match(button));
  for (const mark of all('[data-of]')) mark.classList.toggle('off', !mark.dataset.of.split(' ').some((id) => match(numbers.get(id))));
  for (const part of all('.line, article')) part.hidden = wanted.length > 0 && !part.querySelector('.number:not(.off)');
};

for (const chip of chips) {
  const own = [...numbers.values()].filter((button) => verdictOf(button) === chip.dataset.verdict);
  // A pair counts once.
  chip.querySelector('b').textContent = own.filter((button) => button.dataset.id.includes('g') || !button.dataset.partner).length;
  chip.addEventListener('click', () => {
    chip.ariaPressed = String(chip.ariaPressed !== 'true');
    filter();
  });
}

addEventListener('mouseover', ({ target }) => {
  const id = relationAt(target);
  if (id) point(numbers.get(id));
  else if (!target.closest('#details')) point(kept);
});

addEventListener('click', ({ target }) => {
  const id = relationAt(target);
  if (!id) return;
  kept = kept === numbers.get(id) ? null : numbers.get(id);
  point(kept);
});

addEventListener('focusin', ({ target }) => {
  if (target.matches('.number')) point(target);
});

addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
  if (ctrlKey || altKey || metaKey) return;
  if (key === 'Escape') {
    kept = null;
    point(null);
  }
  if (key !== 'n' && key !== 'p') return;
  // Faults only, unless the chips ask for something else; a pair counts once.
  const filtered = document.body.classList.contains('filtered');
  const stops = all('.number:not(.off)').filter((button) => (filtered || verdictOf(button) !== 'full') && (button.dataset.id.includes('g') || !button.dataset.partner));
  const next = (stops.indexOf(kept) + (key === 'n' ? 1 : stops.length - (kept ? 1 : 0))) % stops.length;
  if (!stops.length) return;
  kept = stops[next];
  kept.focus({ preventScroll: true });
  kept.scrollIntoView({ block: 'center' });
  point(kept);
});

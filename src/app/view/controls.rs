//! Buttons, lists to choose from, and what comes and goes: each compiled once, where `view!` compiles anew for every
//! handler.

use leptos::prelude::*;

/// What happens when something is pressed.
type Act = Box<dyn Fn() + Send + Sync>;
/// Whether something holds, followed as it changes.
type Holds = Box<dyn Fn() -> bool + Send + Sync>;

/// A button: its class, what stands on it, and what it does.
pub(super) fn button(class: &'static str, label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    named_button(class, label, None, None, act)
}

/// A button with a name of its own for screen readers and pointers that rest, and with times when it can't be pressed.
pub(super) fn named_button(
    class: &'static str,
    label: impl Into<String>,
    name: Option<String>,
    disabled: Option<Signal<bool>>,
    act: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    any_button(class, label.into(), name, disabled, Box::new(act))
}

fn any_button(class: &'static str, label: String, name: Option<String>, disabled: Option<Signal<bool>>, act: Act) -> AnyView {
    let title = name.clone();
    let off = move || disabled.is_some_and(|disabled| disabled.get());
    view! { <button type="button" class=class aria-label=name title=title disabled=off on:click=move |_| act()>{label}</button> }.into_any()
}

/// A list to choose one of: its name, values with what they are called, which is chosen, and what choosing one does.
pub(super) fn choice(
    name: String,
    options: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    chosen: impl Fn() -> String + Send + Sync + 'static,
    act: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    any_choice(name, Box::new(options), Box::new(chosen), Box::new(act))
}

fn any_choice(
    name: String,
    options: Box<dyn Fn() -> Vec<(String, String)> + Send + Sync>,
    chosen: Box<dyn Fn() -> String + Send + Sync>,
    act: Box<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let (options, chosen) = (Memo::new(move |_| options()), Signal::derive(chosen));
    let option = move |(value, label): (String, String)| {
        let selected = chosen.get_untracked() == value;
        view! { <option value=value selected=selected>{label}</option> }
    };
    view! {
        <select aria-label=name prop:value=move || chosen.get() on:change=move |event| act(event_target_value(&event))>
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// A box to tick.
pub(super) fn check(
    label: impl Into<String>,
    on: impl Fn() -> bool + Send + Sync + 'static,
    act: impl Fn(bool) + Send + Sync + 'static,
) -> AnyView {
    any_check(label.into(), Box::new(on), Box::new(act))
}

fn any_check(label: String, on: Holds, act: Box<dyn Fn(bool) + Send + Sync>) -> AnyView {
    view! {
        <label>
            <input type="checkbox" prop:checked=on on:change=move |event| act(event_target_checked(&event))/>
            " "
            {label}
        </label>
    }
    .into_any()
}

/// What is there while something holds, made anew each time that it comes.
pub(super) fn when(holds: impl Fn() -> bool + Send + Sync + 'static, then: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    any_when(Box::new(holds), Box::new(then))
}

fn any_when(holds: Holds, then: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let holds = Memo::new(move |_| holds());
    (move || holds.get().then(|| untrack(&*then))).into_any()
}

/// A field for a name, with a button; an empty name does nothing.
pub(super) fn name_field(
    id: &'static str,
    label: &'static str,
    value: String,
    verb: &'static str,
    disabled: impl Fn() -> bool + Send + Sync + 'static,
    act: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    any_name_field(id, label, value, verb, Box::new(disabled), Box::new(act))
}

fn any_name_field(
    id: &'static str,
    label: &'static str,
    value: String,
    verb: &'static str,
    disabled: Holds,
    act: Box<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let field = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        if !name.is_empty() {
            act(name);
        }
    };
    view! {
        <form class="row" on:submit=submit>
            <label class="named"><span>{label}</span><input id=id type="text" autocomplete="off" value=value node_ref=field/></label>
            <button type="submit" disabled=disabled>{verb}</button>
        </form>
    }
    .into_any()
}

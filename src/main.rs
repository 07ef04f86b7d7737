//! The page.

fn main() {
    sayso::app::mount();
}

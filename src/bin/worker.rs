//! The worker: the page's engine, off the page's thread.

fn main() {
    sayso::app::serve();
}

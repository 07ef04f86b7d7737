//! Deep reading in the page: a second worker fetches the weights once and reads again, better, what fast reading has
//! shown. Whatever fails, the fast reading stays.
//!
//! `messages` is what page and worker say to each other, `worker` and `weights` run there, `refiner` and `depth`
//! here; `changes` tells two readings of an article apart.

pub mod changes;
#[cfg(feature = "app")]
pub(super) mod depth;
#[cfg(feature = "worker")]
pub(super) mod messages;
#[cfg(feature = "app")]
mod refiner;
#[cfg(feature = "worker")]
mod weights;
#[cfg(feature = "worker")]
pub(super) mod worker;

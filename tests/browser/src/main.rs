//! The built page in Chromium, as people meet it: under a path of its own, with a fresh profile each.

mod deep;
mod drafts;
mod keyboard;
mod links;
mod look;
mod network;
mod page;
mod reading;
mod sameness;
mod texts;
mod views;

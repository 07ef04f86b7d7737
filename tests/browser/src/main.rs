//! The built page in Chromium, as people meet it: under a path of its own, with a fresh profile each.

mod corrections;
mod deep;
mod drafts;
mod finding;
mod keyboard;
mod links;
mod look;
mod map;
mod network;
mod page;
mod phone;
mod print;
mod reading;
mod recent;
mod sameness;
mod texts;
mod views;

//! Sayso reads a news article and shows **who says what, on whose word, and who answers whom**.
//!
//! ```text
//! text ──Article──▶ engine::read ──▶ Breakdown ──▶ formats (JSON), link (share link), app (the page)
//! ```
//!
//! [`engine`] is pure: one text in, one [`engine::Breakdown`] out, the same bytes every time, natively
//! and in WebAssembly. It knows no browser, no clock and no randomness. Everything that shows, stores
//! or sends a breakdown lives outside it and only reads it.

pub mod app;
pub mod edits;
pub mod engine;
pub mod filter;
pub mod formats;
pub mod link;
mod order;

//! The built page in Chromium.

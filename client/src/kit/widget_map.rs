//! Where things to click are, for browser tests: a canvas has no elements of its own.

use egui::Rect;
use std::collections::BTreeMap;

/// Names of clickable things and where they were drawn last, in points.
#[derive(Clone, Debug, Default)]
pub struct WidgetMap {
    places: BTreeMap<String, Rect>,
}

impl WidgetMap {
    /// What was drawn in this frame. Names look like "ticket.submit" or "outcome.2.yes".
    pub(crate) fn replace(&mut self, places: Vec<(String, Rect)>) {
        self.places = places.into_iter().collect();
    }

    /// Every thing with its place, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Rect)> {
        self.places.iter().map(|(name, rect)| (name.as_str(), *rect))
    }

    /// The place of one thing, if it is on the screen.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Rect> {
        self.places.get(name).copied()
    }
}

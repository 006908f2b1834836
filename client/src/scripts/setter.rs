//! Looks at every text of a frame before it is painted: asks for the fonts that it lacks, and sets right what runs from
//! right to left.

#[cfg(target_arch = "wasm32")]
use super::far as source;
#[cfg(not(target_arch = "wasm32"))]
use super::inside as source;
use super::{
    bidi, own,
    shelf::{self, Arrived},
};
use egui::{Context, FontId, FullOutput, RawInput, Shape, epaint::TextShape};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
};

/// Sets the type of a context's texts from now on; cheap when it does already.
pub(crate) fn install(ctx: &Context) {
    if ctx.with_plugin(|_: &mut Setter| ()).is_none() {
        ctx.add_plugin(Setter::default());
        ctx.add_font(own::own());
    }
}

struct Setter {
    sender: Sender<Arrived>,
    /// Read by one thread at a time, as plugins have to be.
    receiver: Mutex<Receiver<Arrived>>,
    /// Asked for, whatever came of it.
    asked: BTreeSet<&'static str>,
    /// Asked for, and still on the way.
    awaited: BTreeSet<&'static str>,
    /// Characters that need nothing more: drawn, or in no font of ours.
    settled: BTreeSet<char>,
}

impl Default for Setter {
    fn default() -> Self {
        let (sender, receiver) = channel();
        let (asked, awaited, settled) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { sender, receiver: Mutex::new(receiver), asked, awaited, settled }
    }
}

impl egui::Plugin for Setter {
    fn debug_name(&self) -> &'static str {
        "scripts"
    }

    fn input_hook(&mut self, ctx: &Context, _input: &mut RawInput) {
        let receiver = self.receiver.get_mut().unwrap_or_else(PoisonError::into_inner);
        for arrived in receiver.try_iter() {
            self.awaited.remove(arrived.name);
            if let Some(font) = own::behind(arrived) {
                ctx.add_font(font);
            }
        }
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        for clipped in &mut output.shapes {
            self.look(ctx, &mut clipped.shape);
        }
    }
}

impl Setter {
    fn look(&mut self, ctx: &Context, shape: &mut Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| self.look(ctx, shape)),
            Shape::Text(text) if !shelf::is_own(text.galley.text()) => self.set(ctx, text),
            _ => {}
        }
    }

    fn set(&mut self, ctx: &Context, text: &mut TextShape) {
        for c in text.galley.text().chars() {
            self.need(ctx, c);
        }
        if bidi::is_needed(text.galley.text()) {
            bidi::reorder(Arc::make_mut(&mut text.galley));
        }
    }

    /// Asks for the next font that may have a character.
    fn need(&mut self, ctx: &Context, c: char) {
        let files = shelf::files(c);
        if files.is_empty() || self.settled.contains(&c) || files.iter().any(|file| self.awaited.contains(file)) {
            return;
        }
        let next = files.iter().find(|file| !self.asked.contains(*file));
        let known = ctx.fonts_mut(|fonts| fonts.has_glyph(&FontId::proportional(1.0), c));
        match next {
            Some(file) if !known => {
                self.asked.insert(file);
                self.awaited.insert(file);
                source::ask(file, ctx, &self.sender);
            }
            _ => _ = self.settled.insert(c),
        }
    }
}

//! Presets as cards: a name, a sentence, and a small picture of what a purchase does to every price.

use crate::kit::{theme, widgets};
use egui::{Align2, Color32, CornerRadius, Pos2, Rect, Sense, Stroke, Ui, Vec2, pos2};
use outcry_desk::{
    host::{HostDraft, PresetCard},
    text::host as words,
};
use outcry_engine::OutcomeId;
use outcry_shared::config::SessionConfig;

/// Size of a card's picture, in points.
const PICTURE: Vec2 = Vec2::new(116.0, 62.0);
/// Cards for an evening; the others test the market.
const FIRST: usize = 3;
/// Around picture and words of a card, in points.
const MARGIN: f32 = 10.0;

/// How a card stands to what is played.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// It is what is set, and what is in the form.
    Set,
    /// It is what is set; another one is in the form.
    Left,
    /// It is in the form, and not applied.
    Chosen,
    Other,
}

impl Stand {
    fn of(card: &PresetCard, config: &SessionConfig, draft: &HostDraft) -> Self {
        let form = draft.form.as_ref().and_then(|form| form.checked().config.as_deref());
        match (card.is_in(config), form.is_some_and(|form| card.is_in(form))) {
            (true, true) => Self::Set,
            (true, false) => Self::Left,
            (false, true) => Self::Chosen,
            (false, false) => Self::Other,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Set | Self::Left => words::SET,
            Self::Chosen => words::NOT_APPLIED,
            Self::Other => "",
        }
    }
}

/// The cards; a press fills the form. `config` is the configuration in force.
pub(super) fn cards(ui: &mut Ui, draft: &mut HostDraft, config: &SessionConfig) {
    widgets::section(ui, words::PRESETS);
    widgets::weak(ui, words::PRESETS_HELP);
    let shown = if draft.all_presets { usize::MAX } else { FIRST };
    let mut chosen = None;
    for card in draft.cards().iter().take(shown) {
        if one(ui, card, Stand::of(card, config, draft)) {
            chosen = Some(card.preset.config.clone());
        }
    }
    if !draft.all_presets {
        let more = words::more_presets(draft.cards().len().saturating_sub(FIRST));
        draft.all_presets = widgets::button(ui, "host.presets", more).clicked();
    }
    if let Some(config) = chosen {
        draft.start_from(&config, true);
    }
}

fn one(ui: &mut Ui, card: &PresetCard, stand: Stand) -> bool {
    let width = ui.available_width();
    let beside = width - PICTURE.x - 3.0 * MARGIN;
    let lay = |(words, size, color): (&str, f32, Color32), width: f32| {
        ui.painter().layout(words.to_owned(), theme::words(size), color, width)
    };
    // The mark stands beside the name.
    let mark = lay((stand.words(), 12.5, theme::AMBER), beside / 2.0);
    let lines = [
        lay((card.preset.label, 15.0, theme::TEXT), beside - mark.size().x - MARGIN),
        lay((card.facts.as_str(), 12.5, theme::AMBER), beside),
        lay((card.preset.about, 13.0, theme::WEAK), beside),
    ];
    let words: f32 = lines.iter().map(|line| line.size().y).sum();
    let size = Vec2::new(width, words.max(PICTURE.y) + 2.0 * MARGIN);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    let edge = match stand {
        Stand::Set | Stand::Chosen => Stroke::new(2.0, theme::AMBER),
        Stand::Left | Stand::Other => Stroke::new(1.0, theme::LINE),
    };
    // A pointer lights the ground and the keyboard has its ring: the edge says what is chosen.
    let fill = if response.hovered() { theme::HOVER } else { theme::RAISED };
    ui.painter().rect(rect, theme::CORNER, fill, edge, egui::StrokeKind::Inside);
    let corner = rect.right_top() + Vec2::new(-MARGIN - mark.size().x, MARGIN);
    ui.painter().galley(corner, mark, theme::AMBER);
    draw(ui, Rect::from_min_size(rect.min + Vec2::splat(MARGIN), PICTURE), card);
    let mut at = rect.min + Vec2::new(PICTURE.x + 2.0 * MARGIN, MARGIN);
    for line in lines {
        let height = line.size().y;
        ui.painter().galley(at, line, theme::TEXT);
        at.y += height;
    }
    response.widget_info(|| {
        let label = [card.preset.label, stand.words()].join(" ");
        let chosen = matches!(stand, Stand::Set | Stand::Chosen);
        egui::WidgetInfo::selected(egui::WidgetType::Button, ui.is_enabled(), chosen, label.trim_end())
    });
    widgets::note(ui, format!("host.preset.{}", card.preset.id), &response);
    response.clicked()
}

/// Bars of the prices before (a line) and after somebody has bought the first outcome, over the course of the session
/// with its rounds.
fn draw(ui: &Ui, rect: Rect, card: &PresetCard) {
    let painter = ui.painter();
    let (bars, course) = rect.split_top_bottom_at_y(rect.bottom() - 12.0);
    let count = card.after.len().max(1) as f32;
    let step = bars.width() / count;
    let top = |price: f64| bars.bottom() - bars.height() * price as f32;
    for (id, (before, after)) in (0..).zip(card.before.iter().zip(&card.after)) {
        let left = bars.left() + step * f32::from(id) + step * 0.14;
        let [above, below] = [pos2(left, top(*after)), pos2(left + step * 0.72, bars.bottom())];
        let bar = Rect::from_min_max(above, below);
        painter.rect_filled(bar, CornerRadius::same(2), theme::outcome(OutcomeId(id)));
        let mark = [pos2(left - 1.0, top(*before)), pos2(bar.right() + 1.0, top(*before))];
        painter.line_segment(mark, Stroke::new(1.5, theme::TEXT));
    }
    let y = course.center().y;
    painter.line_segment([pos2(course.left(), y), pos2(course.right(), y)], Stroke::new(2.0, theme::WEAK));
    for share in &card.rounds {
        let at = Pos2::new(course.left() + course.width() * share, y);
        painter.text(at, Align2::CENTER_CENTER, "×", theme::digits(13.0), theme::LOSS);
    }
}

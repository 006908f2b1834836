//! A trading floor at night: deep ink-blue, warm amber light, two colours that only ever
//! mean YES and NO, and ten for outcomes that always come with their letter.

use crate::scripts;
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Vec2, Visuals,
    style::Selection,
};
use outcry_engine::{Direction, OutcomeId, Side};

/// The night behind everything.
pub const INK: Color32 = Color32::from_rgb(0x0b, 0x10, 0x20);
/// Panels over the floor.
pub const PANEL: Color32 = Color32::from_rgb(0x10, 0x17, 0x2c);
/// A card, a field or a button on a panel.
pub const RAISED: Color32 = Color32::from_rgb(0x1a, 0x24, 0x42);
/// The same under the pointer.
pub const HOVER: Color32 = Color32::from_rgb(0x24, 0x31, 0x57);
/// Separators and borders, and what is switched off.
pub const LINE: Color32 = Color32::from_rgb(0x27, 0x33, 0x57);
/// Words and figures that matter; what matters less is [`WEAK`].
pub const TEXT: Color32 = Color32::from_rgb(0xe6, 0xec, 0xfa);
/// Labels and what matters less; 4.5 : 1 on panels.
pub const WEAK: Color32 = Color32::from_rgb(0x9a, 0xa8, 0xcb);
/// The warm light: what to look at now.
pub const AMBER: Color32 = Color32::from_rgb(0xff, 0xb4, 0x54);
/// YES tokens, by [`side`]; also what is frozen.
pub const YES: Color32 = Color32::from_rgb(0x4a, 0xa8, 0xff);
/// NO tokens, by [`side`].
pub const NO: Color32 = Color32::from_rgb(0xff, 0x6b, 0x4a);
/// A gain; always with + and ▲.
pub const GAIN: Color32 = Color32::from_rgb(0x5f, 0xd3, 0xa2);
/// A loss or a refusal; always with − and ▼, or with words.
pub const LOSS: Color32 = Color32::from_rgb(0xff, 0x8f, 0x8f);

/// The ring around what the keyboard is on, as the page's own.
pub const FOCUS: Color32 = Color32::from_rgb(0x8c, 0xc8, 0xff);

/// The grid of distances, in points.
pub const GAP: f32 = 8.0;
/// Smallest side of a target to touch, in points.
pub const TOUCH: f32 = 44.0;
/// Height of a control to point at, in points.
pub const CONTROL: f32 = 32.0;
/// Corners of controls and cards, in points.
pub const CORNER: CornerRadius = CornerRadius::same(6);

/// Colours of outcomes A–J: told apart with any kind of colour vision by hue or lightness, and by the letter that always
/// stands on them; none of them can be taken for YES, NO or the warm light.
const OUTCOMES: [Color32; 10] = [
    Color32::from_rgb(0xef, 0xec, 0x5f),
    Color32::from_rgb(0xd2, 0x69, 0xdc),
    Color32::from_rgb(0x2c, 0xae, 0x45),
    Color32::from_rgb(0xba, 0xb4, 0xfb),
    Color32::from_rgb(0xa3, 0xde, 0xdb),
    Color32::from_rgb(0x98, 0xff, 0xc0),
    Color32::from_rgb(0x8a, 0x66, 0xf5),
    Color32::from_rgb(0xb0, 0xae, 0x7c),
    Color32::from_rgb(0xe8, 0xec, 0xf4),
    Color32::from_rgb(0x8c, 0x8c, 0x8c),
];

/// The colour of an outcome's badge, pillar and line.
#[must_use]
pub fn outcome(outcome: OutcomeId) -> Color32 {
    OUTCOMES[outcome.index() % OUTCOMES.len()]
}

/// The colour of a token.
#[must_use]
pub const fn side(side: Side) -> Color32 {
    match side {
        Side::Yes => YES,
        Side::No => NO,
    }
}

/// The colour of bids and asks: bids are calm, asks are warm.
#[must_use]
pub const fn direction(direction: Direction) -> Color32 {
    match direction {
        Direction::Buy => GAIN,
        Direction::Sell => AMBER,
    }
}

/// The colour of a gain, a loss or neither.
#[must_use]
pub fn gain(units: i64) -> Color32 {
    match units.signum() {
        1 => GAIN,
        -1 => LOSS,
        _ => WEAK,
    }
}

/// A colour dimmed towards the panel, for what is behind.
#[must_use]
pub fn faint(color: Color32, alpha: f32) -> Color32 {
    color.gamma_multiply(alpha)
}

/// Digits that never jump: every one as wide as the next.
#[must_use]
pub fn digits(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// The proportional font, in points. Figures have [`digits`].
#[must_use]
pub fn words(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Height of a control, by how the screen is used.
#[must_use]
pub fn control_height(ui: &egui::Ui) -> f32 {
    ui.spacing().interact_size.y
}

/// Dresses the context; cheap when nothing changed.
pub(crate) fn apply(ctx: &Context, touch: bool) {
    scripts::install(ctx);
    let id = egui::Id::new("outcry theme");
    if ctx.data(|data| data.get_temp::<bool>(id)) == Some(touch) {
        return;
    }
    ctx.data_mut(|data| data.insert_temp(id, touch));
    ctx.options_mut(|options| {
        // A press that a slow frame stretches is still a click.
        options.input_options.max_click_duration = f64::INFINITY;
        // The size of the window decides: [`super::layout::zoom`].
        options.zoom_with_keyboard = false;
    });
    ctx.set_theme(egui::Theme::Dark);
    ctx.all_styles_mut(|style| dress(style, touch));
}

fn dress(style: &mut Style, touch: bool) {
    style.text_styles = [
        (TextStyle::Small, words(12.0)),
        (TextStyle::Body, words(14.0)),
        (TextStyle::Button, words(14.0)),
        (TextStyle::Heading, words(20.0)),
        (TextStyle::Monospace, digits(13.0)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(GAP, GAP);
    style.spacing.button_padding = Vec2::new(10.0, 4.0);
    style.spacing.interact_size = Vec2::new(40.0, if touch { TOUCH } else { CONTROL });
    style.spacing.window_margin = Margin::same(12);
    style.spacing.slider_rail_height = 6.0;
    style.spacing.scroll.floating = true;
    style.spacing.scroll.floating_allocated_width = 8.0;
    // What goes on beyond an edge is seen to go on.
    style.spacing.scroll.fade = egui::style::ScrollFadeStyle { strength: 0.9, size: 28.0 };
    style.interaction.tooltip_delay = 0.25;
    style.interaction.selectable_labels = false;
    style.visuals = visuals();
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::dark();
    visuals.panel_fill = PANEL;
    visuals.window_fill = PANEL;
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = INK;
    visuals.text_edit_bg_color = Some(INK);
    visuals.faint_bg_color = faint(RAISED, 0.5);
    visuals.override_text_color = None;
    visuals.warn_fg_color = AMBER;
    visuals.error_fg_color = LOSS;
    visuals.hyperlink_color = YES;
    visuals.selection = Selection { bg_fill: faint(AMBER, 0.35), stroke: Stroke::new(1.5, AMBER) };
    let widgets = &mut visuals.widgets;
    for (widget, fill, text) in [
        (&mut widgets.noninteractive, PANEL, TEXT),
        (&mut widgets.inactive, RAISED, TEXT),
        (&mut widgets.hovered, HOVER, Color32::WHITE),
        (&mut widgets.active, HOVER, Color32::WHITE),
        (&mut widgets.open, RAISED, TEXT),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, LINE);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = CORNER;
        widget.expansion = 0.0;
    }
    visuals.widgets.hovered.bg_stroke = Stroke::new(1.0, WEAK);
    visuals.widgets.active.bg_stroke = Stroke::new(1.0, AMBER);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a colour is for the eye: Oklab, in which equal distances look alike.
    fn seen(color: Color32) -> [f32; 3] {
        let light = |channel: u8| match f32::from(channel) / 255.0 {
            dark if dark <= 0.040_45 => dark / 12.92,
            bright => ((bright + 0.055) / 1.055).powf(2.4),
        };
        let [r, g, b] = [color.r(), color.g(), color.b()].map(light);
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        [
            0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        ]
    }

    fn apart(one: Color32, other: Color32) -> f32 {
        seen(one).iter().zip(seen(other)).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()
    }

    #[test]
    fn an_outcome_s_colour_is_taken_for_nothing_else() {
        for (index, color) in OUTCOMES.into_iter().enumerate() {
            for (what, other) in [("YES", YES), ("NO", NO), ("the warm light", AMBER)] {
                assert!(apart(color, other) > 0.12, "{index} and {what}: {}", apart(color, other));
            }
            for (before, other) in OUTCOMES[..index].iter().enumerate() {
                assert!(apart(color, *other) > 0.1, "{index} and {before}: {}", apart(color, *other));
            }
        }
    }
}

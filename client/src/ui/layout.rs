//! Which rectangle belongs to what. Pure arithmetic, so that the floor knows what is free.

use egui::{Rect, pos2, vec2};

/// Screens narrower than this show one panel at a time, in points.
pub const PHONE_WIDTH: f32 = 760.0;
/// Screens at least this wide have columns on both sides, in points.
const WIDE_WIDTH: f32 = 1_080.0;
const MARGIN: f32 = 8.0;
const TOP_BAR: f32 = 56.0;
const TOP_BAR_PHONE: f32 = 96.0;
const TAB_BAR: f32 = 56.0;

/// How the screen is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One panel at a time behind a tab bar, the floor as a strip on top.
    Phone,
    /// Ticket right, one tabbed panel under the floor.
    Medium,
    /// Outcomes left, ticket right, tabbed panel under the floor.
    Wide,
}

/// Rectangles in points. An empty one has no such panel.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// How the screen is divided.
    pub shape: Shape,
    /// The top bar.
    pub top: Rect,
    /// Outcomes (wide).
    pub left: Rect,
    /// The ticket (wide, medium).
    pub right: Rect,
    /// The tabbed panel; on a phone the only one.
    pub main: Rect,
    /// The tab bar (phone).
    pub tabs: Rect,
    /// What panels leave free for the floor.
    pub free: Rect,
}

/// Whether a screen of this width is a phone's.
#[must_use]
pub fn is_phone(screen: Rect) -> bool {
    screen.width() < PHONE_WIDTH
}

/// The places of panels while there is a market to trade on. On a phone the floor makes room
/// for the ticket when that is shown.
#[must_use]
pub fn trading(screen: Rect, ticket: bool) -> Places {
    if is_phone(screen) {
        return phone(screen, if ticket { 0.13 } else { 0.24 }, true);
    }
    if screen.width() < WIDE_WIDTH { medium(screen) } else { wide(screen) }
}

/// The places in the lobby and at the end: one large panel beside the floor.
#[must_use]
pub fn single(screen: Rect) -> Places {
    if is_phone(screen) {
        return Places { tabs: Rect::NOTHING, ..phone(screen, 0.20, false) };
    }
    let top = top(screen);
    let below = below(screen, top);
    let width = (screen.width() * 0.42).clamp(380.0, 640.0);
    let main = Rect::from_min_max(below.min, pos2(below.left() + width, below.bottom()));
    let free = Rect::from_min_max(pos2(main.right() + MARGIN, below.top()), below.max);
    Places { shape: Shape::Medium, top, left: Rect::NOTHING, right: Rect::NOTHING, main, tabs: Rect::NOTHING, free }
}

fn top(screen: Rect) -> Rect {
    Rect::from_min_size(screen.min + vec2(MARGIN, MARGIN), vec2(screen.width() - 2.0 * MARGIN, TOP_BAR))
}

fn below(screen: Rect, top: Rect) -> Rect {
    Rect::from_min_max(pos2(top.left(), top.bottom() + MARGIN), screen.max - vec2(MARGIN, MARGIN))
}

fn phone(screen: Rect, floor_share: f32, tabbed: bool) -> Places {
    let top = Rect::from_min_size(screen.min, vec2(screen.width(), TOP_BAR_PHONE));
    let tabs = Rect::from_min_max(pos2(screen.left(), screen.bottom() - TAB_BAR), screen.max);
    let floor = (screen.height() * floor_share).clamp(96.0, 220.0);
    let free = Rect::from_min_size(top.left_bottom(), vec2(screen.width(), floor));
    let main_bottom = if tabbed { tabs.top() } else { screen.bottom() };
    let main = Rect::from_min_max(free.left_bottom(), pos2(screen.right(), main_bottom));
    Places { shape: Shape::Phone, top, left: Rect::NOTHING, right: Rect::NOTHING, main, tabs, free }
}

fn medium(screen: Rect) -> Places {
    let top = top(screen);
    let below = below(screen, top);
    let right = Rect::from_min_max(pos2(below.right() - 304.0, below.top()), below.max);
    let middle = Rect::from_min_max(below.min, pos2(right.left() - MARGIN, below.bottom()));
    let (free, main) = split(middle, 0.56);
    Places { shape: Shape::Medium, top, left: Rect::NOTHING, right, main, tabs: Rect::NOTHING, free }
}

fn wide(screen: Rect) -> Places {
    let top = top(screen);
    let below = below(screen, top);
    let grow = ((screen.width() - 1_280.0) / 1_280.0).clamp(0.0, 1.0);
    let (left_width, right_width) = (312.0 + 88.0 * grow, 320.0 + 60.0 * grow);
    let left = Rect::from_min_size(below.min, vec2(left_width, below.height()));
    let right = Rect::from_min_max(pos2(below.right() - right_width, below.top()), below.max);
    let middle =
        Rect::from_min_max(pos2(left.right() + MARGIN, below.top()), pos2(right.left() - MARGIN, below.bottom()));
    let (free, main) = split(middle, 0.42);
    Places { shape: Shape::Wide, top, left, right, main, tabs: Rect::NOTHING, free }
}

/// The floor above, the panel below with its share of the height.
fn split(area: Rect, panel_share: f32) -> (Rect, Rect) {
    let height = (area.height() * panel_share).clamp(220.0, 620.0).min(area.height() * 0.7);
    let cut = area.bottom() - height;
    let free = Rect::from_min_max(area.min, pos2(area.right(), cut - MARGIN));
    (free, Rect::from_min_max(pos2(area.left(), cut), area.max))
}

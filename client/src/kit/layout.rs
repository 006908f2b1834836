//! Which rectangle belongs to what. Pure arithmetic, so that the floor knows what is free.

use egui::{Rect, pos2, vec2};

/// Screens narrower than this show one panel at a time, in points.
pub const PHONE_WIDTH: f32 = 760.0;
/// Screens at least this wide have columns on both sides, in points.
const WIDE_WIDTH: f32 = 1_080.0;
/// Screens lower than this have the floor beside the panel, where they are wider than that, in points.
const LYING_HEIGHT: f32 = 480.0;
const LYING_WIDTH: f32 = 560.0;
const MARGIN: f32 = 8.0;
const TOP_BAR: f32 = 56.0;
const TOP_BAR_PHONE: f32 = 96.0;
const TAB_BAR: f32 = 56.0;
/// Where height is dear.
const TAB_BAR_LYING: f32 = 44.0;
/// Part of a phone's height that the floor has when nobody can trade.
const DRAMATIC: f32 = 0.6;
/// The part that it keeps, whatever is said below it.
const DRAMATIC_LEAST: f32 = 0.36;
/// The least height of the card below it, in points.
const CARD: f32 = 150.0;

/// The window up to which panels are drawn at their own size, in points of the window.
const AS_IT_IS: egui::Vec2 = vec2(1_600.0, 900.0);
/// Panels grow in steps of this, so that a window being dragged does not draw every letter anew each frame.
const ZOOM_STEP: f32 = 0.05;
/// By themselves they never grow beyond this.
const ZOOM_MAX: f32 = 2.5;
/// However large somebody wants them, the screen has so many points each way.
const POINTS_MIN: f32 = 320.0;

/// How much larger than their own size panels are drawn, so that a large screen shows larger type and not tiny panels
/// with a desert between them. `browser` is the browser's zoom, which must not be taken back by panels that shrink with
/// the window, and `text` what a person prefers.
#[must_use]
pub fn zoom(window: egui::Vec2, browser: f32, text: f32) -> f32 {
    let unzoomed = window * browser;
    let fits = (unzoomed.x / AS_IT_IS.x).min(unzoomed.y / AS_IT_IS.y);
    let fitting = ((fits / ZOOM_STEP).floor() * ZOOM_STEP).clamp(1.0, ZOOM_MAX);
    (fitting * text).min((window.min_elem() / POINTS_MIN).max(1.0))
}

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
    /// The bar along the upper edge.
    pub top: Rect,
    /// Outcomes (wide).
    pub left: Rect,
    /// The last trades, below the outcomes where these leave room.
    pub foot: Rect,
    /// The ticket (wide, medium).
    pub right: Rect,
    /// Who leads, below the ticket where that leaves room.
    pub corner: Rect,
    /// The tabbed panel; on a phone the only one.
    pub main: Rect,
    /// The tab bar (phone).
    pub tabs: Rect,
    /// What panels leave free for the floor.
    pub free: Rect,
}

impl Places {
    /// The same for a ticket that makes use of this height, in points: who leads has the rest of its column.
    #[must_use]
    pub fn with_ticket(self, height: f32) -> Self {
        if !self.right.is_positive() {
            return self;
        }
        let column = if self.corner.is_positive() { self.right.union(self.corner) } else { self.right };
        let (right, corner) = cornered(column, height);
        Self { right, corner, ..self }
    }

    /// The same for so many outcomes: of few, the last trades have the rest of their column.
    #[must_use]
    pub fn with_outcomes(self, count: usize) -> Self {
        if !self.left.is_positive() {
            return self;
        }
        let (left, foot) = cornered(self.left, OUTCOMES + OUTCOME * count as f32);
        Self { left, foot, ..self }
    }
}

/// Whether a screen is a phone's, held upright or lying.
#[must_use]
pub fn is_phone(screen: Rect) -> bool {
    screen.width() < PHONE_WIDTH || is_lying(screen)
}

/// Whether a screen is so low that nothing has room above anything else.
#[must_use]
pub fn is_lying(screen: Rect) -> bool {
    screen.height() < LYING_HEIGHT && screen.width() > LYING_WIDTH
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

/// Height of a phone's bar of tabs, in points.
#[must_use]
pub fn tab_bar(screen: Rect) -> f32 {
    if is_lying(screen) { TAB_BAR_LYING } else { TAB_BAR }
}

/// The places while a phone's floor has the screen: when somebody is out, and at the end. One panel without tabs is left.
/// Elsewhere the floor has room enough. `card` is the height that what is said below it takes, in points.
#[must_use]
pub fn dramatic(screen: Rect, card: f32) -> Option<Places> {
    if !is_phone(screen) {
        return None;
    }
    if is_lying(screen) {
        let width = screen.width() * DRAMATIC;
        let top = Rect::from_min_size(screen.min, vec2(width, TOP_BAR_PHONE));
        let free = Rect::from_min_max(top.left_bottom(), pos2(top.right(), screen.bottom()));
        let main = Rect::from_min_max(top.right_top(), screen.max);
        return Some(Places { top, main, free, ..nothing(Shape::Phone) });
    }
    let top = Rect::from_min_size(screen.min, vec2(screen.width(), TOP_BAR_PHONE));
    let rest = screen.bottom() - top.bottom() - card.max(CARD);
    let floor = rest.min(screen.height() * DRAMATIC).max(screen.height() * DRAMATIC_LEAST);
    let free = Rect::from_min_size(top.left_bottom(), vec2(screen.width(), floor));
    let main = Rect::from_min_max(free.left_bottom(), screen.right_bottom());
    Some(Places { top, main, free, ..nothing(Shape::Phone) })
}

/// The places in the lobby and at the end: one large panel beside the floor.
#[must_use]
pub fn single(screen: Rect) -> Places {
    if is_phone(screen) {
        return phone(screen, 0.20, false);
    }
    let top = top(screen);
    let below = below(screen, top);
    let width = (screen.width() * 0.42).clamp(380.0, 640.0);
    let main = Rect::from_min_max(below.min, pos2(below.left() + width, below.bottom()));
    let free = Rect::from_min_max(pos2(main.right() + MARGIN, below.top()), below.max);
    Places { top, main, free, ..nothing(Shape::Medium) }
}

/// The bar, one panel of this width on the right, and nothing but the floor beside it. A phone has no room for both.
#[must_use]
pub fn beside(screen: Rect, width: f32) -> Places {
    let top = top(screen);
    let below = below(screen, top);
    let right = below.with_min_x(below.right() - width.min(below.width() / 2.0));
    Places { top, right, free: below.with_max_x(right.left() - MARGIN), ..nothing(Shape::Medium) }
}

fn top(screen: Rect) -> Rect {
    Rect::from_min_size(screen.min + vec2(MARGIN, MARGIN), vec2(screen.width() - 2.0 * MARGIN, TOP_BAR))
}

fn below(screen: Rect, top: Rect) -> Rect {
    Rect::from_min_max(pos2(top.left(), top.bottom() + MARGIN), screen.max - vec2(MARGIN, MARGIN))
}

fn phone(screen: Rect, floor_share: f32, tabbed: bool) -> Places {
    if is_lying(screen) {
        return lying(screen, tabbed);
    }
    let top = Rect::from_min_size(screen.min, vec2(screen.width(), TOP_BAR_PHONE));
    let bar = if tabbed { tab_bar(screen) } else { 0.0 };
    let tabs = Rect::from_min_max(pos2(screen.left(), screen.bottom() - bar), screen.max);
    let floor = (screen.height() * floor_share).clamp(96.0, 220.0);
    let free = Rect::from_min_size(top.left_bottom(), vec2(screen.width(), floor));
    let main = Rect::from_min_max(free.left_bottom(), tabs.right_top());
    Places { top, main, tabs, free, ..nothing(Shape::Phone) }
}

/// A phone on its side: the top bar and the floor left, the panel right.
fn lying(screen: Rect, tabbed: bool) -> Places {
    let width = (screen.width() * 0.46).clamp(LYING_WIDTH / 2.0, 420.0);
    let top = Rect::from_min_size(screen.min, vec2(width, TOP_BAR_PHONE));
    let free = Rect::from_min_max(top.left_bottom(), pos2(top.right(), screen.bottom()));
    let bar = if tabbed { tab_bar(screen) } else { 0.0 };
    let tabs = Rect::from_min_max(pos2(top.right(), screen.bottom() - bar), screen.max);
    let main = Rect::from_min_max(top.right_top(), tabs.right_top());
    Places { top, main, tabs, free, ..nothing(Shape::Phone) }
}

fn medium(screen: Rect) -> Places {
    let top = top(screen);
    let below = below(screen, top);
    let column = Rect::from_min_max(pos2(below.right() - 304.0, below.top()), below.max);
    let middle = Rect::from_min_max(below.min, pos2(column.left() - MARGIN, below.bottom()));
    let (free, main) = split(middle, 0.56);
    let (right, corner) = cornered(column, TICKET);
    Places { top, right, corner, main, free, ..nothing(Shape::Medium) }
}

fn wide(screen: Rect) -> Places {
    let top = top(screen);
    let below = below(screen, top);
    let grow = ((screen.width() - 1_280.0) / 1_280.0).clamp(0.0, 1.0);
    let (left_width, right_width) = (312.0 + 88.0 * grow, 320.0 + 60.0 * grow);
    let left = Rect::from_min_size(below.min, vec2(left_width, below.height()));
    let column = Rect::from_min_max(pos2(below.right() - right_width, below.top()), below.max);
    let middle =
        Rect::from_min_max(pos2(left.right() + MARGIN, below.top()), pos2(column.left() - MARGIN, below.bottom()));
    let (free, main) = split(middle, 0.42);
    let (right, corner) = cornered(column, TICKET);
    Places { top, left, right, corner, main, free, ..nothing(Shape::Wide) }
}

fn nothing(shape: Shape) -> Places {
    let none = Rect::NOTHING;
    Places { shape, top: none, left: none, foot: none, right: none, corner: none, main: none, tabs: none, free: none }
}

/// The height that a ticket makes use of, in points.
pub const TICKET: f32 = 600.0;
/// The height that a newcomer's makes use of, in points.
pub const SIMPLE_TICKET: f32 = 440.0;
/// The height of the list of outcomes without them, and of one with all that it may say, in points.
const OUTCOMES: f32 = 44.0;
const OUTCOME: f32 = 128.0;
/// The least height of a table below either, in points.
const TABLE: f32 = 190.0;

/// The place of what makes use of this height, and of a table below it in a column that is high enough for both.
fn cornered(column: Rect, height: f32) -> (Rect, Rect) {
    if column.height() < height + MARGIN + TABLE {
        return (column, Rect::NOTHING);
    }
    let cut = column.top() + height;
    let corner = Rect::from_min_max(pos2(column.left(), cut + MARGIN), column.max);
    (Rect::from_min_max(column.min, pos2(column.right(), cut)), corner)
}

/// The floor above, the panel below with its share of the height.
fn split(area: Rect, panel_share: f32) -> (Rect, Rect) {
    let height = (area.height() * panel_share).clamp(220.0, 620.0).min(area.height() * 0.7);
    let cut = area.bottom() - height;
    let free = Rect::from_min_max(area.min, pos2(area.right(), cut - MARGIN));
    (free, Rect::from_min_max(pos2(area.left(), cut), area.max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_windows_have_larger_panels() {
        let check = |width, height, expected: f32| {
            let zoom = zoom(vec2(width, height), 1.0, 1.0);
            assert!((zoom - expected).abs() < 1e-4, "{width}x{height}: {zoom}");
        };
        check(360.0, 740.0, 1.0);
        check(1_280.0, 720.0, 1.0);
        check(1_920.0, 1_080.0, 1.2);
        check(2_560.0, 1_440.0, 1.6);
        check(2_560.0, 1_080.0, 1.2);
        check(7_680.0, 4_320.0, ZOOM_MAX);
    }

    #[test]
    fn a_newcomer_s_ticket_leaves_room_for_who_leads() {
        for size in [[1_280.0, 720.0], [1_280.0, 800.0], [1_600.0, 900.0]] {
            let screen = Rect::from_min_size(egui::Pos2::ZERO, size.into());
            let places = trading(screen, true).with_ticket(SIMPLE_TICKET);
            assert!(places.corner.height() >= TABLE && places.right.height() >= SIMPLE_TICKET, "{size:?}");
            assert_eq!(places.with_ticket(TICKET).right, trading(screen, true).right, "{size:?}: and back");
        }
        let phone = trading(Rect::from_min_size(egui::Pos2::ZERO, vec2(360.0, 740.0)), true);
        assert!(!phone.with_ticket(SIMPLE_TICKET).right.is_positive());
    }

    #[test]
    fn few_outcomes_leave_room_for_the_last_trades() {
        let laptop = trading(Rect::from_min_size(egui::Pos2::ZERO, vec2(1_280.0, 720.0)), false);
        let foot = |count| laptop.with_outcomes(count).foot;
        assert!(foot(3).height() >= TABLE && !foot(5).is_positive() && !foot(10).is_positive());
    }

    #[test]
    fn a_phone_s_floor_has_the_screen_when_nobody_can_trade() {
        for size in [[360.0, 640.0], [360.0, 740.0], [412.0, 915.0]] {
            let screen = Rect::from_min_size(egui::Pos2::ZERO, size.into());
            let places = dramatic(screen, 0.0).unwrap();
            let share = places.free.height() / screen.height();
            assert!((share - DRAMATIC).abs() < 0.01, "{size:?}: {share}");
            assert!(places.main.height() >= CARD && places.main.bottom() == screen.bottom(), "{size:?}");
        }
        assert!(dramatic(Rect::from_min_size(egui::Pos2::ZERO, vec2(1_280.0, 720.0)), 0.0).is_none());
        let phone = Rect::from_min_size(egui::Pos2::ZERO, vec2(360.0, 640.0));
        assert_eq!([190.0, 900.0].map(|card| dramatic(phone, card).unwrap().main.height().round()), [190.0, 314.0]);
    }

    #[test]
    fn a_browsers_zoom_and_a_persons_wish_make_letters_larger() {
        let check = |(width, height), browser, text, expected: f32| {
            let zoom = zoom(vec2(width, height), browser, text);
            assert!((zoom - expected).abs() < 1e-4, "{width}x{height} at {browser}, {text}: {zoom}");
        };
        // On a large screen: twice the zoom of the browser is twice the size, since a CSS pixel is twice as large.
        check((2_560.0, 1_440.0), 1.0, 1.0, 1.6);
        check((1_280.0, 720.0), 2.0, 1.0, 1.6);
        check((1_280.0, 720.0), 1.0, 1.5, 1.5);
        check((1_280.0, 720.0), 1.0, 2.0, 2.0);
        // Not so large that nothing has room beside it.
        check((360.0, 740.0), 1.0, 2.0, 1.125);
        check((1_280.0, 720.0), 2.0, 2.0, 2.25);
        check((300.0, 500.0), 1.0, 2.0, 1.0);
    }

    #[test]
    fn panels_are_on_the_screen_and_apart() {
        let phones = [[320.0, 568.0], [360.0, 640.0], [360.0, 740.0], [568.0, 320.0], [740.0, 360.0], [932.0, 430.0]];
        let others = [[768.0, 1_024.0], [960.0, 600.0], [1_280.0, 720.0], [1_600.0, 900.0]];
        for size in phones.into_iter().chain(others) {
            let screen = Rect::from_min_size(egui::Pos2::ZERO, size.into());
            let simple = trading(screen, true).with_ticket(SIMPLE_TICKET);
            let few = trading(screen, true).with_outcomes(2);
            let shapes = [trading(screen, true), trading(screen, false), simple, few, single(screen)];
            let besides = (!is_phone(screen)).then(|| beside(screen, 480.0));
            for places in shapes.into_iter().chain(besides).chain(dramatic(screen, 0.0)) {
                let [top, left, foot, right] = [places.top, places.left, places.foot, places.right];
                let all = [top, left, foot, right, places.corner, places.main, places.tabs, places.free];
                let there: Vec<Rect> = all.into_iter().filter(|rect| rect.is_positive()).collect();
                for (index, rect) in there.iter().enumerate() {
                    assert!(screen.contains_rect(*rect), "{size:?}: {rect}");
                    let met = there[index + 1..].iter().find(|other| other.shrink(0.5).intersects(*rect));
                    assert_eq!(met, None, "{size:?}: {rect}");
                }
                if dramatic(screen, 0.0).is_some_and(|dramatic| dramatic.main == places.main) {
                    continue;
                }
                // Something can be read in the panel, and some of the floor is seen.
                let panel = if places.main.is_positive() { places.main } else { places.right };
                let [main, free] = [panel, places.free].map(|rect| rect.size());
                assert!(main.y >= 220.0 && main.x >= 280.0, "{size:?}: a panel of {main}");
                assert!(free.y >= 90.0 && free.x >= 200.0, "{size:?}: a floor of {free}");
            }
        }
    }
}

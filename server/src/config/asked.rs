//! Which session the operator asked for.

/// Which session a server goes on with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// Its own, or a new one.
    #[default]
    Own,
    /// The one of this number.
    Session(u64),
    /// A new one.
    New,
}

impl std::str::FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("new") {
            return Ok(Self::New);
        }
        let number = text.parse().ok().filter(|number| *number > 0).map(Self::Session);
        number.ok_or_else(|| format!("\"{text}\" is no session: its number, or \"new\", would be right"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_asked_for_by_its_number() {
        let check = |text: &str, expected: Option<Asked>| assert_eq!(text.parse().ok(), expected, "{text}");
        check("3", Some(Asked::Session(3)));
        check("new", Some(Asked::New));
        check("NEW", Some(Asked::New));
        check("0", None);
        check("-1", None);
        check("newest", None);
        check("", None);
    }
}

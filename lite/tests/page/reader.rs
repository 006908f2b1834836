//! Reads the HTML of a page as a careful browser would: what is not well-formed fails the test.

use std::collections::BTreeMap;

/// Elements that have no content.
const VOID: [&str; 4] = ["input", "img", "br", "hr"];

/// An element of a page, in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// All text in it, entities resolved.
    pub(crate) text: String,
    /// Names of the elements around it, the outermost first.
    pub(crate) within: Vec<String>,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    }
}

/// A page that was read.
#[derive(Debug, Default)]
pub(crate) struct Read(pub(crate) Vec<Element>);

impl Read {
    pub(crate) fn of(html: &str) -> Self {
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let text = decoded(&rest[..at]);
            open.iter().for_each(|index| elements[*index].text.push_str(&text));
            let end = at + tag_end(&rest[at..]);
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                let last = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing"));
                assert_eq!(elements[last].name, name, "closed in another order than opened");
                continue;
            }
            let within = open.iter().map(|index| elements[*index].name.clone()).collect();
            let element = Element { within, ..element(tag) };
            if !VOID.contains(&element.name.as_str()) {
                open.push(elements.len());
            }
            elements.push(element);
        }
        assert!(
            open.is_empty(),
            "never closed: {:?}",
            open.iter().map(|index| &elements[*index].name).collect::<Vec<_>>()
        );
        Self(elements)
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    pub(crate) fn id(&self, id: &str) -> &Element {
        self.0.iter().find(|element| element.get("id") == Some(id)).unwrap_or_else(|| panic!("there is no #{id}"))
    }

    pub(crate) fn classed<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.has_class(class))
    }

    /// Names and ids of what takes room, without figures: what must not change while only figures do.
    pub(crate) fn skeleton(&self) -> Vec<String> {
        self.0
            .iter()
            .filter(|element| !element.has_class("unseen"))
            .map(|element| format!("{} {}", element.name, element.get("id").unwrap_or("")))
            .collect()
    }
}

/// Where a tag ends: not within quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.unwrap_or_else(|| panic!("a tag without an end: {text}")).0
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let until = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = rest[..until].to_owned();
        let value = match rest[until..].strip_prefix("=\"") {
            Some(value) => {
                let end = value.find('"').unwrap();
                rest = &value[end + 1..];
                decoded(&value[..end])
            }
            None => {
                rest = &rest[until..];
                String::new()
            }
        };
        assert!(attributes.insert(key.clone(), value).is_none(), "{key} twice in <{tag}>");
    }
    Element { name: name.to_owned(), attributes, ..Element::default() }
}

fn decoded(text: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    plain.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

//! The layers inside every crate: a file lists its modules from the ground up, a module takes
//! names only from those listed before it, and nothing takes names from the module it lies in.
//! So no two modules import each other in a circle, and the list is the map.
//!
//! Cargo-modules finds circles too (`--acyclic`), but compiles half of rust-analyzer to do so, and
//! knows nothing of the order. Paths are read here from the tokens of a file, macros included:
//! `crate::…`, `super::…`, `self::…` and the names of its own modules.

use crate::{
    failure::{Context, Failure, Result},
    place::Place,
    say,
};
use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

/// Arrows that are better left: from, to, why.
const KEPT: [(&str, &str, &str); 0] = [];

/// A module and where it stands: the names of the modules around it, and its own.
type ModulePath = Vec<String>;

/// How the text of a file is had.
type ReadFile<'a> = dyn Fn(&Path) -> io::Result<String> + 'a;

/// The modules of a crate.
#[derive(Default)]
struct House {
    files: BTreeMap<ModulePath, PathBuf>,
    /// Modules in the order of their list.
    lists: BTreeMap<ModulePath, Vec<String>>,
    /// What a module names: paths as they are written, from `crate`, `super`, `self` or a module of its own.
    named: BTreeMap<ModulePath, Vec<Vec<String>>>,
    /// The names that one module takes from another.
    arrows: BTreeMap<(ModulePath, ModulePath), BTreeSet<String>>,
}

/// Checks every crate of the workspace.
///
/// # Errors
/// With every arrow that runs up, and every circle with what ties it.
pub(crate) fn check(place: &Place) -> Result<()> {
    let mut wrong = String::new();
    for name in members(place)? {
        let source = place.root.join(&name).join("src");
        let root = ["lib.rs", "main.rs"].map(|file| source.join(file)).into_iter().find(|file| file.is_file());
        let root = root.context(format!("{name} has neither lib.rs nor main.rs"))?;
        let house = House::read(&root, &|file| fs::read_to_string(file))?;
        let (up, circles) = (house.arrows_up(), house.circles());
        let tied: usize = circles.iter().map(Vec::len).sum();
        say::line(&format!("{name}: {} modules, {tied} in circles, {} arrows up", house.files.len(), up.len()));
        house.describe(place, &up, &circles, &mut wrong);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(format!("modules are out of order:\n{wrong}"))) }
}

fn members(place: &Place) -> Result<Vec<String>> {
    let manifest = fs::read_to_string(place.root.join("Cargo.toml")).context("Cargo.toml")?;
    let manifest: toml::Table = toml::from_str(&manifest).context("Cargo.toml")?;
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members")?.as_array());
    let members = members.context("Cargo.toml has no members")?;
    Ok(members.iter().filter_map(|member| member.as_str().map(str::to_owned)).collect())
}

impl House {
    fn read(root: &Path, read: &ReadFile<'_>) -> Result<Self> {
        let mut house = Self::default();
        let folder = root.parent().context("a crate's root lies in a folder")?;
        let text = read(root).context(root.display())?;
        house.enter(Vec::new(), root.to_path_buf(), &text, folder, read)?;
        let named = std::mem::take(&mut house.named);
        for (from, paths) in named {
            for path in paths {
                if let Some((to, name)) = house.resolve(&from, &path).filter(|(to, _)| *to != from) {
                    house.arrows.entry((from.clone(), to)).or_default().insert(name);
                }
            }
        }
        Ok(house)
    }

    /// Reads a file and the modules that it lists, which lie in `folder`.
    fn enter(
        &mut self,
        module: ModulePath,
        file: PathBuf,
        text: &str,
        folder: &Path,
        read: &ReadFile<'_>,
    ) -> Result<()> {
        let tokens: TokenStream = text.parse().map_err(|_| Failure::new(format!("{} is no Rust", file.display())))?;
        let mut reader = Reader::default();
        reader.read(tokens);
        self.files.insert(module.clone(), file);
        self.named.insert(module.clone(), reader.paths);
        for name in &reader.modules {
            let child: ModulePath = module.iter().chain([name]).cloned().collect();
            let files = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
            let found = files.into_iter().find_map(|file| Some((read(&file).ok()?, file)));
            let (text, file) = found.context(format!("{} lists {name}, which has no file", folder.display()))?;
            self.enter(child, file, &text, &folder.join(name), read)?;
        }
        self.lists.insert(module, reader.modules);
        Ok(())
    }

    /// The module that a path leads to, and the name taken from it.
    fn resolve(&self, from: &ModulePath, path: &[String]) -> Option<(ModulePath, String)> {
        let (mut at, mut rest) = (from.clone(), path);
        loop {
            match rest.first().map(String::as_str) {
                Some("crate") => at.clear(),
                Some("super") => drop(at.pop()?),
                Some("self") => {}
                _ => break,
            }
            rest = &rest[1..];
        }
        if rest.len() == path.len() && !self.lists[from].contains(path.first()?) {
            return None;
        }
        while let Some(name) = rest.first().filter(|name| self.lists[&at].contains(name)) {
            at.push(name.clone());
            rest = &rest[1..];
        }
        Some((at, rest.first().cloned().unwrap_or_else(|| "self".to_owned())))
    }

    /// Arrows to a module listed later, or to one around.
    fn arrows_up(&self) -> Vec<(&ModulePath, &ModulePath)> {
        self.arrows.keys().filter(|(from, to)| self.runs_up(from, to)).map(|(from, to)| (from, to)).collect()
    }

    fn runs_up(&self, from: &ModulePath, to: &ModulePath) -> bool {
        let shared = from.iter().zip(to).take_while(|(one, other)| one == other).count();
        match (from.get(shared), to.get(shared)) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(from_room), Some(to_room)) => {
                let list = &self.lists[&from[..shared]];
                let floor = |room: &String| list.iter().position(|name| name == room);
                floor(to_room) > floor(from_room)
            }
        }
    }

    /// Modules that import each other in a loop.
    fn circles(&self) -> Vec<Vec<&ModulePath>> {
        let graph: DiGraphMap<&ModulePath, ()> = self.arrows.keys().map(|(from, to)| (from, to)).collect();
        tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1).collect()
    }

    fn describe(
        &self,
        place: &Place,
        up: &[(&ModulePath, &ModulePath)],
        circles: &[Vec<&ModulePath>],
        wrong: &mut String,
    ) {
        let file = |module: &ModulePath| {
            let file = &self.files[module];
            file.strip_prefix(&place.root).unwrap_or(file).display().to_string()
        };
        let names = |from: &ModulePath, to: &ModulePath| {
            let names = self.arrows.get(&(from.clone(), to.clone()));
            names.map(|names| names.iter().cloned().collect::<Vec<_>>().join(", "))
        };
        let kept =
            |from: &str, to: &str| KEPT.iter().any(|(kept_from, kept_to, _)| *kept_from == from && *kept_to == to);
        for &(from, to) in up {
            let (from_file, to_file) = (file(from), file(to));
            if kept(&from_file, &to_file) {
                continue;
            }
            let why = if from.starts_with(to) { "in which it lies" } else { "which is listed after it" };
            let names = names(from, to).unwrap_or_default();
            let _ = writeln!(wrong, "{from_file} takes {names} from {to_file}, {why}");
        }
        for circle in circles {
            let _ = writeln!(wrong, "circle of {}:", circle.len());
            for from in circle {
                for to in circle {
                    if let Some(names) = names(from, to) {
                        let _ = writeln!(wrong, "  {} -> {}: {names}", file(from), file(to));
                    }
                }
            }
        }
    }
}

/// Reads what a file lists and names.
#[derive(Default)]
struct Reader {
    modules: Vec<String>,
    paths: Vec<Vec<String>>,
}

impl Reader {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at += self.step(&tokens[at..]);
        }
    }

    /// Reads what stands first, and says how many tokens it was.
    fn step(&mut self, tokens: &[TokenTree]) -> usize {
        if is_test(tokens) {
            return 2 + tokens[2..].iter().position(ends_item).map_or(tokens.len() - 2, |end| end + 1);
        }
        match &tokens[0] {
            TokenTree::Group(group) => self.read(group.stream()),
            TokenTree::Ident(word) if word == "mod" => {
                if let [TokenTree::Ident(name), TokenTree::Punct(end), ..] = &tokens[1..]
                    && end.as_char() == ';'
                {
                    self.modules.push(name.to_string());
                    return 3;
                }
            }
            TokenTree::Ident(word) if word == "use" => {
                let end = tokens.iter().position(|token| is_punct(token, ';')).unwrap_or(tokens.len());
                self.tree(&[], &tokens[1..end]);
                return end;
            }
            TokenTree::Ident(_) => return self.path(tokens),
            _ => {}
        }
        1
    }

    /// A path in an expression or type: `a::b::c`.
    fn path(&mut self, tokens: &[TokenTree]) -> usize {
        let mut path = vec![tokens[0].to_string()];
        let mut at = 1;
        while let [TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(name), ..] = &tokens[at..]
            && (one.as_char(), two.as_char()) == (':', ':')
        {
            path.push(name.to_string());
            at += 3;
        }
        if path.len() > 1 {
            self.paths.push(path);
        }
        at
    }

    /// The tree of a `use`: `a::{b, c::d as e}`.
    fn tree(&mut self, before: &[String], tokens: &[TokenTree]) {
        for branch in tokens.split(|token| is_punct(token, ',')).filter(|branch| !branch.is_empty()) {
            let mut path = before.to_vec();
            let mut is_leaf = true;
            for token in branch {
                match token {
                    TokenTree::Ident(word) if word == "as" => break,
                    TokenTree::Ident(name) => path.push(name.to_string()),
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        self.tree(&path, &group.stream().into_iter().collect::<Vec<_>>());
                        is_leaf = false;
                    }
                    _ => {}
                }
            }
            if path.last().is_some_and(|name| name == "self") && path.len() > 1 {
                path.pop();
            }
            if is_leaf && !path.is_empty() {
                self.paths.push(path);
            }
        }
    }
}

/// `#[cfg(test)]`: what follows is a test's.
fn is_test(tokens: &[TokenTree]) -> bool {
    let [hash, TokenTree::Group(attribute), ..] = tokens else { return false };
    is_punct(hash, '#') && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

fn ends_item(token: &TokenTree) -> bool {
    is_punct(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every arrow of a crate that runs up, and its circles, as words.
    fn judge(files: &[(&str, &str)]) -> (Vec<String>, Vec<Vec<String>>) {
        let files: BTreeMap<PathBuf, &str> = files.iter().map(|(name, text)| (PathBuf::from(name), *text)).collect();
        let read = |file: &Path| files.get(file).map(|text| (*text).to_owned()).ok_or(io::ErrorKind::NotFound.into());
        let house = House::read(Path::new("lib.rs"), &read).unwrap();
        let name = |module: &ModulePath| if module.is_empty() { "lib".to_owned() } else { module.join("/") };
        let up = house.arrows_up().into_iter().map(|(from, to)| format!("{} -> {}", name(from), name(to))).collect();
        let circle = |members: Vec<&ModulePath>| {
            let mut names: Vec<_> = members.into_iter().map(name).collect();
            names.sort();
            names
        };
        (up, house.circles().into_iter().map(circle).collect())
    }

    #[test]
    fn a_house_built_from_the_ground_up_stands() {
        let house = [
            ("lib.rs", "mod ground;\nmod floor;\npub use floor::Lamp;"),
            ("ground.rs", "pub struct Stone;"),
            ("floor/mod.rs", "mod lamp; mod table; pub use lamp::Lamp;"),
            ("floor/lamp.rs", "use crate::ground::Stone; pub struct Lamp(Stone);"),
            ("floor/table.rs", "use super::lamp::Lamp; fn lay(_: Lamp) { std::mem::drop(crate::ground::Stone) }"),
        ];
        assert_eq!(judge(&house), (vec![], vec![]));
    }

    #[test]
    fn what_takes_a_name_from_above_is_told() {
        let cases: [(&[(&str, &str)], &str); 6] = [
            (&[("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::X;"), ("b.rs", "")], "a -> b"),
            (&[("lib.rs", "mod a; mod b;"), ("a.rs", "use super::{b::{self, X}, };"), ("b.rs", "")], "a -> b"),
            (&[("lib.rs", "mod a; mod b;"), ("a.rs", "fn f() { m!(1, crate::b::f()) }"), ("b.rs", "")], "a -> b"),
            (&[("lib.rs", "mod a; struct X;"), ("a.rs", "use crate::X;")], "a -> lib"),
            (&[("lib.rs", "mod a;"), ("a/mod.rs", "mod c; struct X;"), ("a/c.rs", "use super::X;")], "a/c -> a"),
            (
                &[
                    ("lib.rs", "mod a; mod b;"),
                    ("a/mod.rs", "mod c;"),
                    ("a/c.rs", "type T = super::super::b::X;"),
                    ("b.rs", ""),
                ],
                "a/c -> b",
            ),
        ];
        for (house, told) in cases {
            assert_eq!(judge(house).0, [told], "{house:?}");
        }
    }

    #[test]
    fn a_circle_names_its_members() {
        let house = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::X;"),
            ("b.rs", "use crate::a::Y;"),
            ("c.rs", "use crate::a::Y;"),
        ];
        assert_eq!(judge(&house).1, [["a", "b"]]);
    }

    #[test]
    fn what_only_tests_name_is_no_arrow() {
        let tests = "#[cfg(test)]\nmod tests { use crate::b::X; }\n#[cfg(test)]\nmod more;\nstruct Y;";
        assert_eq!(judge(&[("lib.rs", "mod a; mod b;"), ("a.rs", tests), ("b.rs", "")]), (vec![], vec![]));
    }
}

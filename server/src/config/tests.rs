//! How people write each setting, and what comes out: one table.

mod fleet;

use super::*;
use std::{collections::BTreeMap, fs};

const HOME: &str = "/people/ada";

/// What became of settings that were said in the environment, by one setting's line in `check`.
fn told(name: &str, variable: &'static str, text: &str) -> Result<String, String> {
    let environment = Environment::from([(variable, text.to_owned()), ("HOME", HOME.to_owned())]);
    let settings = Settings::of(Flags::default(), environment).map_err(|error| error.to_string())?;
    let line = settings.told.into_iter().find(|it| it.name == name).unwrap();
    Ok(if line.source == Source::Default { "default".to_owned() } else { line.value })
}

#[track_caller]
fn check(name: &str, variable: &'static str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(told(name, variable, text).as_deref(), Ok(*expected), "{variable}={text}");
    }
}

/// Every one of `cases` is refused in one sentence that names the variable and says what would be right.
#[track_caller]
fn refuses(name: &str, variable: &'static str, cases: &[(&str, &str)]) {
    for (text, right) in cases {
        let sentence = told(name, variable, text).expect_err(text);
        assert!(sentence.starts_with(&format!("{variable}: ")), "{sentence}");
        assert!(sentence.contains(right) && !sentence.contains('\n'), "{variable}={text}: {sentence}");
    }
}

#[test]
fn addresses_to_listen_on() {
    check(
        "listen",
        "OUTCRY_LISTEN",
        &[
            ("127.0.0.1:7777", "127.0.0.1:7777"),
            (" 0.0.0.0:80 ", "0.0.0.0:80"),
            ("\"0.0.0.0:80\"", "0.0.0.0:80"),
            ("localhost:7777", "127.0.0.1:7777"),
            ("LOCALHOST:7777", "127.0.0.1:7777"),
            ("*:7777", "0.0.0.0:7777"),
            ("[::]:7777", "[::]:7777"),
            ("[0:0:0:0:0:0:0:1]:7777", "[::1]:7777"),
            ("", "default"),
            ("  ", "default"),
        ],
    );
    refuses(
        "listen",
        "OUTCRY_LISTEN",
        &[
            ("nowhere", "\"nowhere\" is no address"),
            ("7777", "127.0.0.1:7777 would be right"),
            (":7777", "0.0.0.0:7777"),
            ("0.0.0.0", "0.0.0.0:7777"),
            ("::1:7777", "127.0.0.1:7777"),
            ("http://0.0.0.0:7777", "0.0.0.0:7777"),
            ("127.0.0.1:99999", "127.0.0.1:7777"),
        ],
    );
}

#[test]
fn addresses_of_pages() {
    check(
        "public_url",
        "OUTCRY_PUBLIC_URL",
        &[
            ("https://Floor.Example.org:443/?", "https://floor.example.org"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://annas-mac.local:7777", "http://annas-mac.local:7777"),
            ("http://LOCALHOST:80#", "http://localhost"),
            ("http://[0:0:0:0:0:0:0:1]:7777", "http://[::1]:7777"),
            ("'https://floor.example.org'", "https://floor.example.org"),
            ("", "default"),
        ],
    );
    refuses(
        "public_url",
        "OUTCRY_PUBLIC_URL",
        &[
            ("floor.example.org", "https://floor.example.org would be right"),
            ("https://floor.example.org/outcry", "https://floor.example.org would be right"),
            ("http://0.0.0.0:7777", "192.168.1.5"),
        ],
    );
    check(
        "allowed_origins",
        "OUTCRY_ALLOWED_ORIGINS",
        &[
            ("https://A.example:443, http://b.example/ ,", "https://a.example, http://b.example"),
            (",", "default"),
            ("", "default"),
        ],
    );
    refuses(
        "allowed_origins",
        "OUTCRY_ALLOWED_ORIGINS",
        &[("*", "is missing"), ("https://a.example,b.example", "https://b.example would be right")],
    );
}

#[test]
fn proxies_and_figures() {
    check(
        "trusted_proxies",
        "OUTCRY_TRUSTED_PROXIES",
        &[("127.0.0.1", "127.0.0.1/32"), ("10.1.2.3/8, fd00::/8 ,", "10.0.0.0/8, fd00::/8"), ("", "default")],
    );
    refuses("trusted_proxies", "OUTCRY_TRUSTED_PROXIES", &[("caddy", "\"caddy\" is no address of a proxy")]);
    check("metrics_listen", "OUTCRY_METRICS_LISTEN", &[("localhost:9777", "127.0.0.1:9777"), ("", "default")]);
    refuses("metrics_listen", "OUTCRY_METRICS_LISTEN", &[("9777", "127.0.0.1:7777 would be right")]);
    let proxies = flags(&[("trusted_proxies", "10.0.0.0/8")]);
    let settings = Settings::of(proxies, Environment::new()).unwrap();
    assert!(settings.proxies.trust([10, 1, 2, 3].into()) && !settings.proxies.trust([11, 1, 2, 3].into()));
}

#[test]
fn yes_and_no() {
    for (name, variable) in [("draft", "OUTCRY_DRAFT"), ("open", "OUTCRY_OPEN"), ("log_json", "OUTCRY_LOG_JSON")] {
        for yes in ["yes", "Y", "on", "true", "TRUE", "1", "\"yes\""] {
            check(name, variable, &[(yes, "yes")]);
        }
        for no in ["no", "N", "off", "false", "False", "0", " 0 "] {
            check(name, variable, &[(no, "no")]);
        }
        check(name, variable, &[("", "default")]);
        refuses(name, variable, &[("maybe", "\"maybe\" is neither yes nor no"), ("2", "yes")]);
    }
}

#[test]
fn paths() {
    let paths = [("data_dir", "OUTCRY_DATA_DIR"), ("web_dir", "OUTCRY_WEB_DIR")];
    for (name, variable) in paths {
        check(
            name,
            variable,
            &[
                ("/srv/out cry", "/srv/out cry"),
                ("\"/srv/out cry\"", "/srv/out cry"),
                ("~", "/people/ada"),
                ("~/floor", "/people/ada/floor"),
                ("a~b", "a~b"),
                ("", "default"),
            ],
        );
        refuses(name, variable, &[("~bob/floor", "the whole path would be right")]);
    }
    // With nobody's home, `~` is nothing.
    let environment = Environment::from([("OUTCRY_DATA_DIR", "~/floor".to_owned())]);
    let error = Settings::of(Flags::default(), environment).err().unwrap().to_string();
    assert!(error.contains("HOME is not set"), "{error}");
}

#[test]
fn presets_and_logs() {
    check("preset", "OUTCRY_PRESET", &[("party", "party"), ("Party", "Party"), (" party ", "party"), ("", "default")]);
    refuses("preset", "OUTCRY_PRESET", &[("parti", "there is no preset \"parti\": party")]);
    check("log", "OUTCRY_LOG", &[("debug", "debug"), ("", "default")]);
}

#[test]
fn secrets_are_taken_letter_by_letter_and_shown_to_nobody() {
    check("admin_password", "ADMIN_PASSWORD", &[(" \"corn\" ", "(not shown)"), ("", "default")]);
    let environment = Environment::from([("ADMIN_PASSWORD", " \"corn\" ".to_owned())]);
    let settings = Settings::of(Flags::default(), environment).unwrap();
    assert_eq!(settings.admin_password.as_deref(), Some(" \"corn\" "));
    assert_eq!(Settings::of(Flags::default(), Environment::new()).unwrap().admin_password, None);
}

#[test]
fn databases() {
    check(
        "database_url",
        "DATABASE_URL",
        &[
            ("sqlite:floor.db", "sqlite:floor.db"),
            ("sqlite://floor.db?mode=rwc", "sqlite:floor.db"),
            ("sqlite:///srv/floor.db", "sqlite:/srv/floor.db"),
            ("SQLite:~/floor.db", "sqlite:/people/ada/floor.db"),
            ("sqlite:/srv/out%20cry.db", "sqlite:/srv/out cry.db"),
            ("postgres://outcry@db/outcry", "postgres://outcry@db/outcry"),
            ("postgresql://outcry@db/outcry", "postgres://outcry@db/outcry"),
            ("\"postgres://outcry:p%40ss@db:5433/outcry\"", "postgres://outcry:…@db:5433/outcry"),
            ("postgres://outcry:p@ss w@db/outcry?sslmode=require", "postgres://outcry:…@db/outcry?sslmode=require"),
            ("postgres://db/outcry?user=a&password=b", "postgres://db/outcry?…"),
            ("postgres:///outcry?host=/run/postgresql", "postgres:///outcry?host=/run/postgresql"),
            ("postgres://a@db/x?sslmode=allow", "postgres://a@db/x?sslmode=prefer"),
            ("postgres://a@db/x?sslrootcert=system", "postgres://a@db/x?sslmode=verify-full"),
            ("postgres://a@db/x?channel_binding=require&sslmode=disable", "postgres://a@db/x?sslmode=disable"),
            ("", "default"),
        ],
    );
    refuses(
        "database_url",
        "DATABASE_URL",
        &[
            ("sqlite::memory:", "sqlite:FILE would be right"),
            ("sqlite://:memory:", "sqlite:FILE would be right"),
            ("sqlite:floor.db?mode=memory", "sqlite:FILE would be right"),
            ("sqlite:floor.db?mode=ro", "\"?mode=ro\""),
            ("sqlite:", "sqlite:FILE would be right"),
            ("floor.db", "sqlite:FILE would be right"),
            ("mysql://a:secret@db/x", "\"mysql\" is no kind"),
            ("postgres:outcry", "//"),
            ("postgres://a:se/cret@db/x", "/ as %2F"),
            ("postgres://a:se#cret@db/x", "# as %23"),
            ("postgres://a:12?cret@db/x", "? as %3F"),
            ("postgres://a@db/x?sslmode=yes", "verify-full would be right"),
            ("postgres://a@db/x?ssl=true", "verify-full would be right"),
            ("postgres://a@db/x?sslmode=verify-full&sslrootcert=/nowhere/ca.pem", "/nowhere/ca.pem cannot be read"),
        ],
    );
    for text in ["mysql://a:secret@db/x", "postgres://a:sec/ret@db/x", "postgres://a:secret@db:x/x"] {
        let sentence = told("database_url", "DATABASE_URL", text).unwrap_err();
        assert!(!sentence.contains("sec") && !sentence.contains("ret"), "{sentence}");
    }
}

#[test]
fn what_is_not_known_of_a_url_is_left_out_and_named_without_its_value() {
    let url = "postgres://a@db/x?passwrod=secret&sslmode=require".to_owned();
    let settings = Settings::of(Flags::default(), Environment::from([("DATABASE_URL", url)])).unwrap();
    assert_eq!(settings.database_url.as_deref(), Some("postgres://a@db/x?sslmode=require"));
    assert_eq!(settings.notes.len(), 1);
    assert!(settings.notes[0].contains("passwrod") && !settings.notes[0].contains("secret"), "{:?}", settings.notes);
}

#[test]
fn special_characters_of_a_password_arrive() {
    let password = "p@s:s/w?o#r%d ü";
    let written = "p%40s%3As%2Fw%3Fo%23r%25d ü";
    let url = format!("postgres://a:{written}@db/x");
    let settings = Settings::of(Flags::default(), Environment::from([("DATABASE_URL", url)])).unwrap();
    let url: url::Url = settings.database_url.unwrap().parse().unwrap();
    let read = percent_encoding::percent_decode_str(url.password().unwrap()).decode_utf8().unwrap().into_owned();
    assert_eq!(read, password);
}

fn flags(said: &[(&'static str, &str)]) -> Flags {
    Flags(said.iter().map(|(name, text)| (*name, vec![(*text).to_owned()])).collect::<BTreeMap<_, _>>())
}

/// A file of settings of its own.
fn file(name: &str, text: &str) -> String {
    let folder = std::env::temp_dir().join(format!("outcry-settings-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("out cry.toml");
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_flag_wins_over_a_variable_and_a_variable_over_the_file() {
    let path = file("wins", "listen = \"10.0.0.3:1\"\ndraft = true\npreset = \"nothing\"\nlog-json = \"on\"\n");
    let variables = |said: &[(&'static str, &str)]| -> Environment {
        said.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
    };
    let source = |flags: Flags, environment: Environment, name: &str| {
        let settings = Settings::of(flags, environment).unwrap();
        settings.told.into_iter().find(|it| it.name == name).map(|it| (it.value, it.source.to_string())).unwrap()
    };
    let all = variables(&[("OUTCRY_LISTEN", "10.0.0.2:1"), ("OUTCRY_PRESET", "party"), ("OUTCRY_CONFIG", &path)]);
    let with = flags(&[("listen", "10.0.0.1:1")]);
    assert_eq!(source(with, all.clone(), "listen"), ("10.0.0.1:1".to_owned(), "--listen".to_owned()));
    assert_eq!(source(Flags::default(), all.clone(), "listen"), ("10.0.0.2:1".to_owned(), "OUTCRY_LISTEN".to_owned()));
    assert_eq!(source(flags(&[("listen", "")]), all.clone(), "listen").1, "OUTCRY_LISTEN", "empty is not said");
    let (value, place) = source(Flags::default(), all.clone(), "draft");
    assert!(value == "yes" && place.ends_with("out cry.toml, line 2"), "{value} {place}");
    assert_eq!(source(Flags::default(), all.clone(), "log_json").0, "yes");
    let inside = ("those inside the program".to_owned(), "default".to_owned());
    assert_eq!(source(Flags::default(), all.clone(), "web_dir"), inside);

    // Settings that exclude each other: the stronger place wins, one place cannot say both.
    let opened = Settings::of(flags(&[("open", "yes")]), all.clone()).unwrap();
    assert!(!opened.draft);
    let configured = flags(&[("session_config", "missing.json")]);
    let error = Settings::of(configured, all.clone()).err().unwrap().to_string();
    assert!(error.contains("missing.json cannot be read"), "{error}");
    let both = flags(&[("session_config", "missing.json"), ("preset", "party")]);
    let error = Settings::of(both, all).err().unwrap().to_string();
    assert_eq!(error, "--session-config and --preset exclude each other: say one");
}

#[test]
fn files_say_what_is_wrong_and_where() {
    for (number, (text, expected)) in [
        ("\nlisten = \"nowhere\"", "listen in "),
        ("\nlisten = \"nowhere\"", "line 2: \"nowhere\" is no address"),
        (
            "# settings\ncolour = 3",
            "line 2: there is no setting \"colour\": config would be near, outcry-server --help has all",
        ),
        ("lisen = 3", "line 1: there is no setting \"lisen\": listen would be near"),
        ("\"é\" = 3", "there is no setting \"é\": outcry-server --help has all"),
        ("draft = \"perhaps\"", "neither yes nor no"),
        ("listen = [\"127.0.0.1:1\", \"127.0.0.1:2\"]", "one value alone"),
        ("listen = { port = 3 }", "line 1: listen is neither a value nor a list"),
        ("listen = ", "is not a configuration: line 1"),
        ("open = true\ndraft = true", "exclude each other"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = file(&format!("wrong-{number}"), text);
        let error = Settings::of(flags(&[("config", &path)]), Environment::new()).err().unwrap().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn files_come_from_any_editor() {
    let marked =
        file("marked", "\u{feff}draft = 1\r\nallowed_origins = [\"https://A.example\", \"http://b.example/\"]\r\n");
    let settings = Settings::of(flags(&[("config", &marked)]), Environment::new()).unwrap();
    assert!(settings.draft);
    assert_eq!(
        settings.allowed_origins.iter().map(Address::origin).collect::<Vec<_>>(),
        ["https://a.example", "http://b.example"]
    );

    let other = file("other", "");
    fs::write(&other, [0xff, 0xfe, b'd', 0]).unwrap();
    let error = Settings::of(flags(&[("config", &other)]), Environment::new()).err().unwrap().to_string();
    assert!(error.contains("it is not UTF-8: save it as that"), "{error}");

    let session = file("session", "\u{feff}{\"name\": \"Friday\"}");
    let settings = Settings::of(flags(&[("session_config", &session)]), Environment::new()).unwrap();
    assert_eq!((settings.session.0.name.as_str(), settings.session.1), ("Friday", true));
}

#[test]
fn certificate_and_key_belong_together_and_to_https() {
    let settings = |said: &[(&'static str, &str)]| {
        Settings::of(flags(said), Environment::new()).map(|it| it.tls.is_some()).map_err(|error| error.to_string())
    };
    let both = [("tls_cert", "a.pem"), ("tls_key", "a.key")];
    assert_eq!(settings(&both), Ok(true));
    assert!(settings(&both[..1]).unwrap_err().contains("needs its key: --tls-key"));
    assert!(settings(&both[1..]).unwrap_err().contains("needs its certificate: --tls-cert"));
    let plain = settings(&[both[0], both[1], ("public_url", "http://floor.local:7777")]).unwrap_err();
    assert!(plain.contains("https://floor.local:7777 would be right"), "{plain}");
}

/// Whatever a setting is, an empty variable leaves it as it is.
#[test]
fn empty_variables_say_nothing() {
    let environment: Environment = table::SETTINGS.iter().map(|it| (it.variable, String::new())).collect();
    let settings = Settings::of(Flags::default(), environment).unwrap();
    let said: Vec<_> = settings.told.iter().filter(|it| it.source != Source::Default).collect();
    assert_eq!(said, Vec::<&Told>::new());
}

#[test]
fn one_address_for_everybody_is_doubted() {
    let check = |said: &[(&'static str, &str)], doubted: bool| {
        let environment = said.iter().map(|(variable, text)| (*variable, (*text).to_owned())).collect();
        let doubts = Settings::of(Flags::default(), environment).unwrap().doubts();
        assert_eq!(doubts.len(), usize::from(doubted), "{said:?}: {doubts:?}");
        assert!(doubts.iter().all(|doubt| doubt.contains("share one address") && doubt.contains("--trusted-proxy")));
    };
    let (url, listen, tls) = ("OUTCRY_PUBLIC_URL", "OUTCRY_LISTEN", ("OUTCRY_TLS_CERT", "OUTCRY_TLS_KEY"));
    check(&[], false);
    check(&[(url, "https://floor.example.org")], true);
    check(&[(url, "https://floor.example.org"), (listen, "0.0.0.0:7777")], true);
    check(&[(url, "https://floor.example.org"), ("OUTCRY_TRUSTED_PROXIES", "127.0.0.1")], false);
    check(&[(url, "http://floor.example.org")], true);
    check(&[(url, "http://192.168.1.5:7777"), (listen, "0.0.0.0:7777")], false);
    check(&[(url, "http://localhost:7777")], false);
    check(&[(url, "https://floor.example.org"), (listen, "0.0.0.0:443"), (tls.0, "a.pem"), (tls.1, "a.key")], false);
}

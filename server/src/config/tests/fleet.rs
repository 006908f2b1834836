//! What a fleet needs.

use super::*;

#[test]
fn a_fleet_shares_what_its_processes_need() {
    let said: [(&'static str, &str); 5] = [
        ("fleet", "table"),
        ("rooms", "5"),
        ("database_url", "postgres://outcry@db/outcry"),
        ("public_url", "https://floor.example.org"),
        ("seal_key_file", "key"),
    ];
    let fleet = |said: &[(&'static str, &str)]| {
        Settings::of(flags(said), Environment::new()).map(|it| it.fleet).map_err(|error| error.to_string())
    };
    let mut all = said.to_vec();
    assert_eq!(fleet(&all), Ok(Some(Fleet { address: None, agones: false })));
    all.push(("fleet_address", "outcry-0.outcry:7777"));
    all[0].1 = "Agones";
    assert_eq!(fleet(&all), Ok(Some(Fleet { address: Some("outcry-0.outcry:7777".to_owned()), agones: true })));
    all[0].1 = "none";
    assert_eq!(fleet(&all), Ok(None));
    assert_eq!(fleet(&[]), Ok(None));
    for (missing, flag) in [(1, "--rooms"), (2, "--database-url"), (3, "--public-url"), (4, "--seal-key-file")] {
        let mut some = said.to_vec();
        some.remove(missing);
        let refused = fleet(&some).unwrap_err();
        assert!(refused.starts_with("a fleet needs ") && refused.contains(flag), "{refused}");
    }
    let file = [said[0], said[1], ("database_url", "sqlite:rooms.db"), said[3], said[4]];
    assert!(fleet(&file).unwrap_err().contains("postgres://"));
    assert!(fleet(&[("fleet", "swarm")]).unwrap_err().contains("\"swarm\" is no fleet: none, table or agones"));
    for address in ["floor", "floor:", "floor:0", ":7777", "http://floor:7777", "a b:1", "floor:70000", "fd00::1:7777"]
    {
        let refused = fleet(&[("fleet_address", address)]).unwrap_err();
        assert!(refused.contains("10.0.0.7:7777 would be right"), "{refused}");
    }
    for address in ["10.0.0.7:7777", "[fd00::1]:7777"] {
        assert_eq!(fleet(&[("fleet_address", address)]), Ok(None));
    }
}

//! Starts the client: in a browser with what the page says, on a desktop with its flags.

#[cfg(target_arch = "wasm32")]
fn main() {
    if let Some(boot) = outcry_client::boot_web::boot() {
        outcry_client::app::build(boot).run();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> bevy::app::AppExit {
    let flags = <outcry_client::boot_native::Flags as clap::Parser>::parse();
    let mut app = outcry_client::app::build(flags.boot());
    outcry_client::boot_native::apply(&mut app, &flags);
    app.run()
}

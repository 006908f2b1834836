#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    outcry_engine_fuzz::orders(bytes);
});

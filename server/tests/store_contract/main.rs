//! One contract for every store: each case runs in memory, on SQLite and on PostgreSQL.
//!
//! PostgreSQL is that of `TEST_DATABASE_URL`; without it those tests pass with a word about
//! it, unless `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::print_stdout, reason = "what is left out is said")]

mod bench;
mod relay;
mod cases;
mod granted;
mod fence;
mod fleet;
mod history;
mod conflicts;
mod copied;
mod damage;
mod exported;
mod played;
mod pooler;
mod rooms;
mod samples;
mod spread;
mod tls;
mod trouble;
mod upgrades;

/// Runs every case on every store.
macro_rules! contract {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        mod memory {
            $(#[test] fn $case() { crate::bench::on_memory(crate::$module::$case); })+
        }
        mod sqlite {
            $(#[test] fn $case() { crate::bench::on_sqlite(stringify!($case), crate::$module::$case); })+
        }
        mod postgres {
            $(#[test] fn $case() { crate::bench::on_postgres(crate::$module::$case); })+
        }
    };
}

contract!(
    cases::everything_comes_back_as_it_went_in,
    cases::what_was_accepted_survives_a_crash,
    cases::a_client_id_has_one_effect,
    cases::a_group_has_one_effect,
    cases::a_seat_goes_to_another_key,
    cases::a_refused_group_leaves_nothing,
    cases::a_refused_tick_leaves_nothing,
    cases::a_trade_is_of_accounts_that_are_known,
    cases::only_the_last_answers_come_back,
    cases::a_tick_has_one_effect,
    cases::a_second_server_is_refused,
    cases::writing_needs_a_claim,
    cases::a_snapshot_shortens_the_record,
    cases::long_tables_come_in_pages,
    history::a_piece_stays_as_it_is,
    cases::a_purged_session_is_gone,
    cases::unknown_sessions_are_named,
    fence::the_older_is_fenced_off_at_its_next_write,
    fence::a_session_that_followed_can_be_taken_over,
    trouble::a_lost_lock_gives_no_session_away,
    cases::names_go_from_hand_to_hand,
    cases::a_session_follows_another_once,
    cases::a_snapshot_stays_with_its_session,
    cases::the_list_of_sessions_says_how_they_stand,
    copied::what_was_changed_by_hand_is_found,
    trouble::given_up_in_the_middle_nothing_is_half_done,
    trouble::a_database_that_falls_silent_is_found_again,
    played::a_played_session_adds_up,
    played::a_replay_gives_every_hash,
    exported::exports_add_up,
    exported::an_export_is_one_state,
);

#[test]
fn postgres_claims_before_or_after_a_write() {
    bench::on_postgres(fence::a_claim_comes_before_or_after_a_write);
}

#[test]
fn postgres_writes_again_what_another_overtook() {
    bench::on_postgres(conflicts::a_transaction_that_another_overtook_is_done_again);
}

#[test]
fn postgres_writes_again_what_ended_in_a_deadlock() {
    bench::on_postgres(conflicts::a_transaction_that_ended_in_a_deadlock_is_done_again);
}

#[test]
fn postgres_can_be_spread_by_session() {
    bench::on_postgres(spread::every_table_can_be_spread_by_session);
}

#[test]
fn postgres_behind_a_pooler() {
    bench::on_postgres(pooler::a_pooler_lends_for_long_or_is_refused);
}

#[test]
fn postgres_by_every_sslmode() {
    bench::on_postgres(tls::a_database_is_reached_by_every_sslmode);
}

#[test]
fn sqlite_is_shared_by_rooms() {
    bench::on_sqlite("rooms", rooms::rooms_know_their_own_sessions);
    bench::on_sqlite("rooms", rooms::rooms_are_kept_until_they_are_closed);
    bench::on_sqlite("rooms", rooms::a_copy_keeps_its_rooms);
}

#[test]
fn postgres_is_shared_by_the_processes_of_a_fleet() {
    bench::on_postgres(fleet::a_room_has_one_holder_who_keeps_it_while_it_lives);
    bench::on_postgres(fleet::an_address_is_of_one_process_that_lives);
    bench::on_postgres(fleet::a_claim_needs_no_lock);
}

#[test]
fn postgres_is_shared_by_rooms() {
    bench::on_postgres(rooms::rooms_know_their_own_sessions);
    bench::on_postgres(rooms::rooms_are_kept_until_they_are_closed);
    bench::on_postgres(rooms::a_copy_keeps_its_rooms);
    bench::on_postgres(rooms::every_room_takes_its_lock_again);
}

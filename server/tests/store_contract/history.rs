//! The public history: pieces that never change.

use crate::{bench::Bench, cases::started, samples::new_session};
use outcry_server::store::{Group, PieceRow, StoreError};

pub(crate) async fn a_piece_stays_as_it_is(bench: Bench) {
    let (store, id) = started(&bench).await;
    let piece = |number: u64, byte| PieceRow { number, content: vec![byte, 0, 255, byte] };
    assert_eq!((store.load(id).await.unwrap().last_piece, store.pieces(id, 0, 9).await.unwrap()), (0, vec![]));
    store.keep_pieces(id, &[piece(1, 1), piece(2, 2)]).await.unwrap();
    store.keep_pieces(id, &[piece(2, 9), piece(3, 3), piece(5, 5)]).await.unwrap();
    assert_eq!(store.load(id).await.unwrap().last_piece, 5);
    let next = store.reopen(id, &Group { number: 2, ..Group::default() }, &new_session()).await.unwrap();
    store.keep_pieces(id, &[piece(6, 6)]).await.unwrap();
    store.keep_pieces(next, &[piece(1, 7)]).await.unwrap();
    bench.crash(store).await;
    let store = bench.open().await;
    let kept = [piece(1, 1), piece(2, 2), piece(3, 3), piece(5, 5), piece(6, 6)];
    assert_eq!(store.pieces(id, 0, 9).await.unwrap(), kept);
    assert_eq!(store.pieces(id, 2, 2).await.unwrap(), kept[2..4]);
    assert_eq!(store.pieces(next, 0, 9).await.unwrap(), [piece(1, 7)]);
    assert!(matches!(store.keep_pieces(id, &[piece(7, 7)]).await, Err(StoreError::NotClaimed)));
    store.purge(id).await.unwrap();
    assert!(matches!(store.pieces(id, 0, 9).await, Err(StoreError::UnknownSession(_))));
}

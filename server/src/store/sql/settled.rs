//! A transaction that the database gave up for the sake of another one is done again, within the write in flight: whoever
//! waits for it hears nothing of it. It knows nothing of what is written.

use crate::store::error::StoreError;
use std::{future::Future, time::Duration};

/// Times that a transaction is tried; after the last one its owner is told, and tries later.
const TRIES: u32 = 8;
/// The pause before the second try; twice as long before each that follows, which makes a third of a second in all.
const PAUSE: Duration = Duration::from_micros(2_500);

/// What a transaction came to, however often it had to be begun.
pub(super) async fn settled<T, F>(transaction: impl Fn() -> F + Send) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>> + Send,
{
    within(PAUSE, transaction).await
}

/// The same, with another first pause.
async fn within<T, F>(mut pause: Duration, transaction: impl Fn() -> F + Send) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>> + Send,
{
    for tried in 1..TRIES {
        match transaction().await {
            Err(StoreError::Conflict(why)) => {
                tracing::debug!(why, tried, "begun again");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            settled => return settled,
        }
    }
    transaction().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// So many conflicts, and then the answer.
    async fn after(conflicts: u32, answer: fn() -> Result<u32, StoreError>) -> (Result<u32, StoreError>, u32) {
        let tried = AtomicU32::new(0);
        let transaction = || async {
            if tried.fetch_add(1, Ordering::Relaxed) < conflicts {
                return Err(StoreError::Conflict("could not serialize access".to_owned()));
            }
            answer()
        };
        (within(Duration::ZERO, transaction).await, tried.into_inner())
    }

    #[tokio::test]
    async fn only_what_was_given_up_is_begun_again_and_not_for_ever() {
        assert!(matches!(after(0, || Ok(7)).await, (Ok(7), 1)));
        assert!(matches!(after(TRIES - 1, || Ok(7)).await, (Ok(7), TRIES)));
        let (told, tried) = after(TRIES, || Ok(7)).await;
        assert!(matches!(&told, Err(error @ StoreError::Conflict(_)) if error.is_transient()) && tried == TRIES);
        let lost = || Err(StoreError::Unavailable("connection lost".to_owned()));
        assert!(matches!(after(1, lost).await, (Err(StoreError::Unavailable(_)), 2)), "that is for its owner");
    }
}

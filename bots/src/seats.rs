//! The seats of a crowd in files, so that its next start comes back to them. Each file holds what
//! proves a seat: only its owner may read it.

use outcry_shared::secret::SeatToken;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::PathBuf,
};

/// Nobody but the owner, where files have modes.
#[cfg(unix)]
const MODE: u32 = 0o600;

/// A directory with a file for each bot.
#[derive(Clone, Debug)]
pub struct Seats(PathBuf);

impl Seats {
    /// Seats in a directory, which is made when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(directory: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&directory)?;
        Ok(Self(directory))
    }

    /// What a bot kept, if it can still be read.
    pub(crate) fn token(&self, index: usize) -> Option<SeatToken> {
        SeatToken::from_hex(fs::read_to_string(self.file(index)).ok()?.trim())
    }

    /// Keeps a bot's seat for the next time.
    pub(crate) fn keep(&self, index: usize, token: SeatToken) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, MODE);
        options.open(self.file(index))?.write_all(token.to_hex().as_bytes())
    }

    fn file(&self, index: usize) -> PathBuf {
        self.0.join(index.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_kept_for_its_owner_alone() {
        let directory = std::env::temp_dir().join(format!("outcry-seats-{}", std::process::id()));
        let seats = Seats::open(directory.clone()).unwrap();
        assert_eq!(seats.token(0), None);
        seats.keep(0, SeatToken([1; 16])).unwrap();
        seats.keep(0, SeatToken([2; 16])).unwrap();
        fs::write(directory.join("1"), "damaged").unwrap();
        let found = (seats.token(0), seats.token(1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(directory.join("0")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, MODE);
        }
        fs::remove_dir_all(directory).unwrap();
        assert_eq!(found, (Some(SeatToken([2; 16])), None));
    }
}

//! What a data directory keeps secret: the password that was made up for the host, and the key that seals what the
//! server gives out. Files that only their owner may read; nobody else writes them, and nothing of them is logged.

use crate::chance::{NoEntropy, random_bytes};
use std::{
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The file of the password that was made up.
const PASSWORD_FILE: &str = "host-password";
/// The file of the key.
const KEY_FILE: &str = "seal-key";

/// Why a secret cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file cannot be read or written.
    #[error("{0} cannot be kept: {1}")]
    File(PathBuf, io::Error),
    /// There is something else in the file.
    #[error("{0} does not hold what the server wrote: delete it, and the server makes another")]
    Damaged(PathBuf),
    /// A key that the operator gave, and that is none.
    #[error("the key in {0} cannot be used: {1}: 64 hexadecimal digits would be right, as of `openssl rand -hex 32`")]
    Key(PathBuf, String),
    /// The system gives no random numbers.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// The host's password of a data directory: made up at the first start, the same ever after. Returns the file as well.
///
/// # Errors
/// When it can be neither read nor kept.
pub fn host_password(data_dir: &Path) -> Result<(String, PathBuf), VaultError> {
    let file = data_dir.join(PASSWORD_FILE);
    let password = kept(&file, made_up_password)?;
    if password.is_empty() { Err(VaultError::Damaged(file)) } else { Ok((password, file)) }
}

/// The host's password of a directory that has one.
///
/// # Errors
/// When it cannot be read.
pub fn password_kept_in(directory: &Path) -> Result<Option<String>, VaultError> {
    let file = directory.join(PASSWORD_FILE);
    match read(&file) {
        Ok(password) if password.is_empty() => Err(VaultError::Damaged(file)),
        Ok(password) => Ok(Some(password)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(VaultError::File(file, error)),
    }
}

/// A password nobody has chosen.
///
/// # Errors
/// When the system gives no random numbers.
pub fn made_up_password() -> Result<String, NoEntropy> {
    random_bytes().map(password_of)
}

/// A password of 60 bits, in letters that are not mistaken for others.
fn password_of(bytes: [u8; 12]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789z";
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Seals what the server gives out, so that it knows it again without keeping it.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

impl SealKey {
    /// The key of a data directory: made at the first start, the same ever after.
    ///
    /// # Errors
    /// When it can be neither read nor kept.
    pub fn of(data_dir: &Path) -> Result<Self, VaultError> {
        let file = data_dir.join(KEY_FILE);
        let text =
            kept(&file, || random_bytes().map(|bytes: [u8; 32]| blake3::Hash::from(bytes).to_hex().to_string()))?;
        let key = blake3::Hash::from_hex(&text).map_err(|_| VaultError::Damaged(file))?;
        Ok(Self(key.into()))
    }

    /// The key in a file that the operator has written, for all the servers that share it.
    ///
    /// # Errors
    /// When there is none in it.
    pub fn read(file: &Path) -> Result<Self, VaultError> {
        let wrong = |why: String| VaultError::Key(file.to_owned(), why);
        let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
        let key = blake3::Hash::from_hex(text.trim());
        Ok(Self(key.map_err(|_| wrong("it is not a key".to_owned()))?.into()))
    }

    /// A password that nobody has chosen and nobody keeps: whoever has the key knows it.
    pub(crate) fn password(&self, of: &str) -> String {
        let seal = self.seal("password", &[of.as_bytes()]);
        password_of(std::array::from_fn(|place| seal[place]))
    }

    /// A key of this process alone: what it seals is unknown after a restart.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn fresh() -> Result<Self, VaultError> {
        Ok(Self(random_bytes()?))
    }

    /// The seal of some bytes, for one purpose.
    pub(crate) fn seal(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in [purpose.as_bytes()].iter().chain(parts) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut seal = [0; 16];
        hasher.finalize_xof().fill(&mut seal);
        seal
    }

    /// Whether bytes bear their seal. It takes the same time whatever is wrong.
    pub(crate) fn is_sealed(&self, purpose: &str, parts: &[&[u8]], seal: &[u8]) -> bool {
        let mut padded = [[0; 32]; 2];
        padded[0][..16].copy_from_slice(&self.seal(purpose, parts));
        let Some(given) = padded[1].get_mut(..seal.len()).filter(|given| given.len() == 16) else { return false };
        given.copy_from_slice(seal);
        // Hashes are compared in constant time.
        blake3::Hash::from(padded[0]) == blake3::Hash::from(padded[1])
    }
}

/// The text of a file, which is made when there is none.
fn kept(file: &Path, make: impl FnOnce() -> Result<String, NoEntropy>) -> Result<String, VaultError> {
    let failed = |error| VaultError::File(file.to_owned(), error);
    match read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = make()?;
            write_new(file, &text).map_err(failed)?;
            // Another server may have been faster.
            read(file).map_err(failed)
        }
        text => text.map_err(failed),
    }
}

/// Reads a secret, and closes its file to others if somebody has opened it.
fn read(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(file)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(text.trim().to_owned())
}

/// Writes a file whole or not at all; one that is there already stays.
fn write_new(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = file.with_extension(format!("{}.new", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&draft)?;
    open.write_all(text.as_bytes())?;
    open.write_all(b"\n")?;
    open.sync_all()?;
    let linked = match fs::hard_link(&draft, file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Not every file system has links.
        Err(_) => fs::rename(&draft, file),
        Ok(()) => Ok(()),
    };
    // Renamed, it is gone already.
    let _ = fs::remove_file(&draft);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let directory = std::env::temp_dir().join(format!("outcry-vault-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        directory
    }

    #[test]
    fn secrets_stay_the_same_for_a_data_directory_and_are_its_owners_alone() {
        let directory = directory("same").join("deep");
        let (password, file) = host_password(&directory).unwrap();
        assert_eq!(password.len(), 14, "{password}");
        let seal = SealKey::of(&directory).unwrap().seal("test", &[b"a"]);
        assert_eq!(host_password(&directory).unwrap().0, password);
        assert_eq!(SealKey::of(&directory).unwrap().seal("test", &[b"a"]), seal);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file), mode(&directory.join(KEY_FILE))), (0o600, 0o600));
            fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
            host_password(&directory).unwrap();
            assert_eq!(mode(&file), 0o600, "closed again");
        }
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 2, "no drafts are left");
        fs::remove_dir_all(directory.parent().unwrap()).unwrap();
    }

    #[test]
    fn what_the_server_did_not_write_is_named() {
        let directory = directory("damaged");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join(KEY_FILE), "short").unwrap();
        fs::write(directory.join(PASSWORD_FILE), "\n").unwrap();
        for error in [SealKey::of(&directory).err().unwrap(), host_password(&directory).err().unwrap()] {
            assert!(error.to_string().contains("delete it"), "{error}");
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_key_that_several_servers_share_gives_each_the_same_passwords() {
        let directory = directory("shared");
        fs::create_dir_all(&directory).unwrap();
        let file = directory.join("key");
        fs::write(&file, format!(" {}\n", "0f".repeat(32))).unwrap();
        let keys = [SealKey::read(&file).unwrap(), SealKey::read(&file).unwrap()];
        let [one, other] = keys.each_ref().map(|key| key.password("CDFGH"));
        assert_eq!((one.len(), &one), (14, &other));
        assert_ne!(one, keys[0].password("CDFGJ"), "each room has its own");
        assert_ne!(one, SealKey::fresh().unwrap().password("CDFGH"), "and each key");
        assert_eq!(SealKey::of(&directory).unwrap().seal("test", &[]).len(), 16, "the directory's own is another");
        for text in ["", "0f", &"0g".repeat(32)] {
            fs::write(&file, text).unwrap();
            let wrong = SealKey::read(&file).err().unwrap().to_string();
            assert!(wrong.contains("64 hexadecimal digits") && wrong.contains("shared"), "{wrong}");
        }
        assert!(SealKey::read(&directory.join("none")).is_err(), "no other is made");
        fs::write(directory.join(PASSWORD_FILE), "corn\n").unwrap();
        assert_eq!(password_kept_in(&directory).unwrap().as_deref(), Some("corn"));
        for nowhere in [directory.join("none"), file] {
            assert_eq!(password_kept_in(&nowhere).unwrap(), None);
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_seal_is_of_its_purpose_its_bytes_and_its_key() {
        let key = SealKey::fresh().unwrap();
        let seal = key.seal("cookie", &[b"ab", b"c"]);
        assert!(key.is_sealed("cookie", &[b"ab", b"c"], &seal));
        assert!(!key.is_sealed("grant", &[b"ab", b"c"], &seal));
        assert!(!key.is_sealed("cookie", &[b"a", b"bc"], &seal));
        assert!(!SealKey::fresh().unwrap().is_sealed("cookie", &[b"ab", b"c"], &seal));
        for bad in [&seal[..15], &[seal.as_slice(), &[0]].concat(), &[], &[0; 40]] {
            assert!(!key.is_sealed("cookie", &[b"ab", b"c"], bad));
        }
    }
}

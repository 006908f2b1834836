//! Pictures compared with those kept in `client/tests/screen/references`.
//!
//! `OUTCRY_UPDATE_PICTURES=1 cargo test --package outcry-client --no-default-features --test screen pictures` takes
//! new ones where they differ; look at each before it is committed. `OUTCRY_PICTURES=FOLDER` writes every picture
//! there, to be looked at.

use image::{
    ImageEncoder, Rgba, RgbaImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use std::path::{Path, PathBuf};

/// A pixel differs when a channel differs by more than this. Everything is drawn with the same arithmetic everywhere,
/// but for sines and the like: those may round the shade of a corner otherwise.
const SHADES: u8 = 8;
/// Kept pictures have shades in steps of this, at most half of [`SHADES`] off, which makes them a quarter smaller.
const STEP: u8 = 8;
/// Pixels that may differ: fewer than the smallest glyph has.
const PIXELS: usize = 4;

/// What became of the pictures of a test.
#[derive(Default)]
pub(crate) struct Album {
    wrong: Vec<String>,
}

impl Album {
    /// Compares a picture with its reference.
    pub(crate) fn compare(&mut self, name: &str, picture: &RgbaImage) {
        if let Some(folder) = std::env::var_os("OUTCRY_PICTURES") {
            save(&Path::new(&folder).join(format!("{name}.png")), picture);
        }
        let kept_at = references().join(format!("{name}.png"));
        let kept = image::open(&kept_at).map(|kept| kept.to_rgba8()).ok();
        let Some(fault) = fault(kept.as_ref(), picture) else { return };
        if std::env::var_os("OUTCRY_UPDATE_PICTURES").is_some() {
            return save(&kept_at, &coarse(picture));
        }
        let (new, diff) = (artefact(name, "new"), artefact(name, "diff"));
        save(&new, picture);
        if let Some(kept) = kept {
            save(&diff, &difference(&kept, picture));
        }
        self.wrong.push(format!("{name}: {fault}; see {} and {}", new.display(), diff.display()));
    }

    /// Fails when a picture was not as it is kept.
    pub(crate) fn close(self) {
        let count = self.wrong.len();
        assert!(
            self.wrong.is_empty(),
            "{count} pictures are not as they are kept. Look at them, and if they are right, set \
             OUTCRY_UPDATE_PICTURES=1 and run this again.\n{}",
            self.wrong.join("\n")
        );
    }
}

/// Where the pictures are kept.
pub(crate) fn references() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen/references")
}

/// A file beside the other products of tests.
fn artefact(name: &str, kind: &str) -> PathBuf {
    let folder = std::env::var_os("OUTCRY_ARTEFACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../artefacts/pictures"), PathBuf::from);
    folder.join(format!("{name}.{kind}.png"))
}

/// What is wrong with a picture.
fn fault(kept: Option<&RgbaImage>, picture: &RgbaImage) -> Option<String> {
    let Some(kept) = kept else { return Some("it has no reference".to_owned()) };
    if kept.dimensions() != picture.dimensions() {
        return Some(format!("it is {:?} pixels large, the reference {:?}", picture.dimensions(), kept.dimensions()));
    }
    if kept.as_raw() == picture.as_raw() {
        return None;
    }
    let different = kept.pixels().zip(picture.pixels()).filter(|(a, b)| differ(a, b)).count();
    (different > PIXELS).then(|| format!("{different} pixels differ"))
}

fn differ(a: &Rgba<u8>, b: &Rgba<u8>) -> bool {
    a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > SHADES)
}

/// The new picture dimmed, with red where it differs.
fn difference(kept: &RgbaImage, picture: &RgbaImage) -> RgbaImage {
    let mut shown = picture.clone();
    for (x, y, pixel) in shown.enumerate_pixels_mut() {
        let same = kept.get_pixel_checked(x, y).is_some_and(|kept| !differ(kept, pixel));
        *pixel =
            if same { Rgba([pixel.0[0] / 3, pixel.0[1] / 3, pixel.0[2] / 3, 255]) } else { Rgba([255, 40, 40, 255]) };
    }
    shown
}

fn coarse(picture: &RgbaImage) -> RgbaImage {
    let round = |shade: u8| shade.saturating_add(STEP / 2) / STEP * STEP;
    let mut kept = picture.clone();
    kept.pixels_mut().for_each(|pixel| pixel.0[..3].iter_mut().for_each(|shade| *shade = round(*shade)));
    kept
}

/// Small files: they are kept in the repository.
fn save(path: &Path, picture: &RgbaImage) {
    std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
    let file = std::io::BufWriter::new(std::fs::File::create(path).expect("the picture can be written"));
    let rgb: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
    PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive)
        .write_image(&rgb, picture.width(), picture.height(), image::ExtendedColorType::Rgb8)
        .expect("the picture can be encoded");
}

//! Finds a secret in accessible names and values, on the clipboard and in painted text.

use egui::{OutputCommand, Shape};
use egui_kittest::kittest::NodeT as _;

use crate::stand::Window;

/// A piece of a secret this long does not occur in text by chance.
const TELLING: usize = 6;

/// The panel lays a secret out in pieces of this many characters.
const LAID_OUT: usize = 4;

/// Whether `text` contains a part of `secret`, or is one of the laid-out pieces.
pub(crate) fn tells(text: &str, secret: &str) -> bool {
    let (text, secret) = (text.trim().as_bytes(), secret.as_bytes());
    let has = |piece: &[u8]| text.windows(piece.len()).any(|part| part == piece);
    secret.windows(TELLING).any(has) || secret.chunks(LAID_OUT).any(|piece| piece == text)
}

/// How many accessibility nodes contain `secret` in any property.
pub(crate) fn telling_nodes(window: &Window, secret: &str) -> usize {
    let nodes = window.harness.root().children_recursive().filter(|node| {
        let node = node.accesskit_node();
        let words = [node.label(), node.value(), node.description()];
        // Every property that the window has set, including those that nobody reads today.
        let all = format!("{:?}", node.data());
        words.into_iter().flatten().chain([all]).any(|said| tells(&said, secret))
    });
    nodes.count()
}

/// How often the last frame put a part of `secret` on the clipboard or the selection.
pub(crate) fn telling_writes(window: &Window, secret: &str) -> usize {
    let told = |command: &&OutputCommand| match command {
        OutputCommand::CopyText(text) | OutputCommand::TextSelectionSettled(text) => tells(text, secret),
        OutputCommand::OpenUrl(link) => tells(&link.url, secret),
        OutputCommand::CopyImage(_) => true,
    };
    window.harness.output().platform_output.commands.iter().filter(told).count()
}

/// Whether the last frame painted a part of `secret`.
pub(crate) fn is_painted(window: &Window, secret: &str) -> bool {
    window.harness.output().shapes.iter().any(|clipped| paints(&clipped.shape, secret))
}

fn paints(shape: &Shape, secret: &str) -> bool {
    match shape {
        Shape::Text(text) => tells(text.galley.text(), secret),
        Shape::Vec(shapes) => shapes.iter().any(|shape| paints(shape, secret)),
        _ => false,
    }
}

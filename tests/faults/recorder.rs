//! Records every log event of this process and its libraries, at every level.

use std::fmt::{self, Write as _};
use std::panic::{self, PanicHookInfo};
use std::sync::mpsc::{Receiver, Sender, channel};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Events of both logging crates, and panics.
#[derive(Clone)]
pub(crate) struct Recorder {
    tell: Sender<String>,
    most: LevelFilter,
}

impl Recorder {
    /// Installs it for the whole process. Returns the events from now on, up to that level.
    pub(crate) fn install(most: LevelFilter) -> Receiver<String> {
        let (tell, told) = channel();
        let recorder = Self { tell, most };
        tracing::subscriber::set_global_default(recorder.clone()).expect("no other subscriber");
        log::set_boxed_logger(Box::new(recorder.clone())).expect("no other logger");
        log::set_max_level(if most == LevelFilter::TRACE {
            log::LevelFilter::Trace
        } else {
            log::LevelFilter::Info
        });
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| recorder.take(info.to_string())));
        told
    }

    fn take(&self, text: String) {
        self.tell.send(text).ok();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.most
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.most)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = Text::of(span.metadata());
        span.record(&mut text);
        self.take(text.0);
        // All spans are the same: only their text counts.
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        self.take(text.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::of(event.metadata());
        event.record(&mut text);
        self.take(text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.take(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// The text of an event.
struct Text(String);

impl Text {
    fn of(metadata: &Metadata<'_>) -> Self {
        Self(format!("{} {}", metadata.target(), metadata.name()))
    }
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").expect("a string takes it");
    }
}

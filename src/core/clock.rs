//! The server's clock. AWS dates keys and refuses what is dated wrongly, so dates are measured by its clock and not by this
//! computer's, which may be wrong or be set at any time.

use jiff::{SignedDuration, Timestamp};

use super::{Model, SessionId};
use crate::domain::Moment;

/// What a date of an answer may differ by without meaning anything: it has whole seconds, and was on its way.
const JITTER: SignedDuration = SignedDuration::from_secs(5);

impl Model {
    /// The date by the server's clock if an account is open; `local`: by this computer's clocks.
    pub fn moment(&self, local: Moment) -> Moment {
        let server = self.open.as_ref().and_then(|open| open.server_clock);
        server.map_or(local, |server| server.at_steady(local.steady))
    }

    /// How far this computer's clock is ahead of the server's; `local`: by this computer's clocks.
    pub fn clock_ahead(&self, local: Moment) -> SignedDuration {
        local.date.duration_since(self.moment(local).date)
    }

    pub(super) fn set_now(&mut self, local: Moment) {
        self.now = self.moment(local);
        self.clock_ahead = self.clock_ahead(local);
    }

    /// The date of the last message by this computer's clock: for what outlives the session.
    pub(super) fn local_date(&self) -> Timestamp {
        self.now.date.saturating_add(self.clock_ahead).unwrap_or(self.now.date)
    }

    /// An answer of the session says what time it is there.
    pub(super) fn take_server_time(&mut self, session: SessionId, server: Moment) {
        let local = Moment { date: self.local_date(), ..self.now };
        let Some(open) = self.open_as(session) else { return };
        let known = open.server_clock.map(|known| known.at_steady(server.steady).date);
        if known.is_none_or(|known| known.duration_since(server.date).abs() > JITTER) {
            open.server_clock = Some(server);
            self.set_now(local);
        }
    }
}

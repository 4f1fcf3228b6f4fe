//! What belongs to this run of the program.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Model;
use super::effect::Effect;
use crate::domain::{About, SimulatedFault, Workstation};

/// This run of the program, from its start to its end.
pub struct Run {
    pub about: About,
    pub workstation: Workstation,
    /// Every session of this run is read-only.
    pub always_read_only: bool,
    /// Faults of the practice account that are switched on.
    pub faults: BTreeSet<SimulatedFault>,
    pub(super) started: Timestamp,
    /// The last number that was handed out, for sessions, requests and notices alike.
    counter: u64,
}

impl Run {
    pub(super) fn new(always_read_only: bool, started: Timestamp) -> Self {
        Self {
            about: About::default(),
            workstation: Workstation::default(),
            always_read_only,
            faults: BTreeSet::new(),
            started,
            counter: 0,
        }
    }

    /// A number that no session, request or notice of this run has yet.
    pub(super) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}

impl Model {
    pub(super) fn set_fault(&mut self, fault: SimulatedFault, on: bool) {
        if on {
            self.run.faults.insert(fault);
        } else {
            self.run.faults.remove(&fault);
        }
        self.send(Effect::SetFault { trouble: fault, on });
    }
}

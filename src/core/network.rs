//! How AWS is reached.

use super::{Effect, Model};
use crate::domain::Network;

impl Model {
    /// Kept only if it can be used: every sign-in would fail with it. A connection that is open stays as it is.
    pub(super) fn set_network(&mut self, network: Network) -> Vec<Effect> {
        if network.proxy_problem().is_some() || network == self.settings.network {
            return Vec::new();
        }
        self.settings.network = network;
        self.save()
    }
}

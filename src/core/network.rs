//! How AWS is reached: what the administrator sets, looked at before it is kept.

use super::{Effect, Model};
use crate::domain::{CaProblem, Network};

/// The dialog *Network*.
pub enum NetworkMsg {
    /// Can this file be used? Asked while it is typed.
    CheckCaFile(String),
    CaFileChecked {
        file: String,
        answer: Result<(), CaProblem>,
    },
    /// From the next sign-in on.
    Set(Network),
}

/// What is known about a file with certificate authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaFileCheck {
    pub file: String,
    /// `None` while it is being read.
    pub answer: Option<Result<(), CaProblem>>,
}

impl Model {
    pub(super) fn update_network(&mut self, msg: NetworkMsg) {
        match msg {
            NetworkMsg::CheckCaFile(file) if file.is_empty() => {
                self.files.ca_file_check = None;
            }
            NetworkMsg::CheckCaFile(file) => {
                self.files.ca_file_check = Some(CaFileCheck { file: file.clone(), answer: None });
                self.send(Effect::CheckCaFile { file });
            }
            NetworkMsg::CaFileChecked { file, answer } => {
                // Only about what stands there now.
                if let Some(look) = self.files.ca_file_check.as_mut().filter(|look| look.file == file) {
                    look.answer = Some(answer);
                }
            }
            NetworkMsg::Set(network) => self.set_network(network),
        }
    }

    /// Kept only if it can be used: every sign-in would fail with it. A connection that is open stays as it is.
    fn set_network(&mut self, network: Network) {
        if network.proxy_problem().is_some() || !self.files.may_trust(&network.ca_file) {
            return;
        }
        self.settings.network = network.clone();
        self.save();
        self.send(Effect::UseNetwork(Box::new(network)));
    }
}

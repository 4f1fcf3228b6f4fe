//! Credentials that renew themselves as long as nobody need be asked.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Providing;
use aws_credential_types::provider::{ProvideCredentials, Result as Provided};

use super::chain::{CredentialChain, RoleStep};
use super::{SignInContext, SignInInterrupted, roles};
use crate::aws::error::NotRenewed;
use crate::domain::{Cause, Failure};

/// A profile, followed anew each time its credentials come to their end.
pub(super) struct Chain {
    steps: CredentialChain,
    /// The credentials that a code was given for; they cannot be had again.
    fixed: Option<Credentials>,
    /// The roles that are left from there.
    hops: Vec<RoleStep>,
    /// The credentials of the sign-in itself: a program that asks its user something is not run twice.
    first: Credentials,
    handed_out: AtomicBool,
    tools: SignInContext,
}

impl Chain {
    pub(super) fn new(
        steps: CredentialChain,
        fixed: Option<Credentials>,
        hops: Vec<RoleStep>,
        first: Credentials,
        tools: SignInContext,
    ) -> Self {
        Self { steps, fixed, hops, first, handed_out: AtomicBool::new(false), tools }
    }

    async fn next(&self) -> Provided {
        let is_first = !self.handed_out.swap(true, Ordering::Relaxed);
        if is_first || self.first.expiry().is_none() {
            return Ok(self.first.clone());
        }
        self.follow().await.map_err(|stop| CredentialsError::provider_error(NotRenewed::from(stop)))
    }

    async fn follow(&self) -> Result<Credentials, SignInInterrupted> {
        let base = match &self.fixed {
            Some(fixed) if self.hops.is_empty() => return Ok(fixed.clone()),
            Some(fixed) => fixed.clone(),
            None => self.steps.base.credentials(&self.steps.base_profile, &self.tools).await?,
        };
        let after_role = self.fixed.is_some() || self.steps.base.is_role();
        roles::assume_all(base, &self.hops, after_role, &self.tools).await
    }
}

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> Providing<'a>
    where
        Self: 'a,
    {
        Providing::new(self.next())
    }
}

/// Says nothing of what it holds.
impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chain")
    }
}

impl From<SignInInterrupted> for NotRenewed {
    fn from(stop: SignInInterrupted) -> Self {
        match stop {
            // Nobody can be asked in the middle of a call: signing in again does.
            SignInInterrupted::Prompt(_) => Self(Cause::SessionOver),
            SignInInterrupted::Failed(Failure { cause, .. }) => Self(cause),
        }
    }
}

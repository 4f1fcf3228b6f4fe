//! The tokens of IAM Identity Center, in the cache that the AWS CLI and the SDKs share.

use std::path::PathBuf;

use aws_types::os_shim_internal::Env;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use super::dates;
use crate::aws::WritePrivate;
use crate::aws::config_files::below_home;
use crate::aws::regular_file;
use crate::domain::{Cause, Failure, Secret, SignInProblem, SsoSession};

/// A token, and what it is renewed with.
pub(super) struct Token {
    pub(super) access: Secret,
    pub(super) expires: Timestamp,
    pub(super) renewal: Option<Renewal>,
}

pub(super) struct Renewal {
    pub(super) token: Secret,
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    pub(super) registered_until: Timestamp,
}

impl Token {
    /// The token that is filed for `session`; `None` if there is none that can be read.
    pub(super) fn read(session: &SsoSession, env: &Env) -> Option<Self> {
        let text = regular_file::read(&place(session, env)).ok()?;
        let Value::Object(mut fields) = serde_json::from_slice(&text).ok()? else { return None };
        let mut take = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let mut renewal = || -> Option<Renewal> {
            Some(Renewal {
                token: take("refreshToken").map(Secret::new)?,
                client_id: take("clientId")?,
                client_secret: take("clientSecret").map(Secret::new)?,
                registered_until: dates::parse(&take("registrationExpiresAt")?)?,
            })
        };
        let renewal = renewal();
        let (access, expires) = (Secret::new(take("accessToken")?), dates::parse(&take("expiresAt")?)?);
        Some(Self { access, expires, renewal })
    }

    /// As the AWS CLI writes it. Whole seconds, because that is all that other readers understand.
    pub(super) fn write(&self, session: &SsoSession, env: &Env, write: WritePrivate) -> Result<(), Failure> {
        let mut fields = json!({
            "startUrl": session.start_url,
            "region": session.region,
            "accessToken": self.access.expose(),
            "expiresAt": whole_seconds(self.expires),
        });
        if let (Some(renewal), Value::Object(fields)) = (&self.renewal, &mut fields) {
            fields.insert("refreshToken".to_owned(), renewal.token.expose().into());
            fields.insert("clientId".to_owned(), renewal.client_id.clone().into());
            fields.insert("clientSecret".to_owned(), renewal.client_secret.expose().into());
            let until = whole_seconds(renewal.registered_until);
            fields.insert("registrationExpiresAt".to_owned(), until.into());
        }
        let not_saved = |reason| Failure::new("", Cause::SignIn(SignInProblem::TokenNotSaved { reason }));
        write(&place(session, env), &Secret::new(fields.to_string())).map_err(not_saved)
    }

    /// It can be renewed without anybody being asked.
    pub(super) fn renews(&self, now: Timestamp) -> bool {
        self.renewal.as_ref().is_some_and(|renewal| renewal.registered_until > now)
    }
}

fn whole_seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// aws-config 1.13, `sso/cache.rs`
fn place(session: &SsoSession, env: &Env) -> PathBuf {
    let name = Sha1::digest(session.identifier());
    below_home(&format!(".aws/sso/cache/{name:x}.json"), env)
}

//! Checks that a new key works, by calling AWS with it.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_sts::config::IdentityCache;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::timeout::TimeoutConfig;

use super::Connection;
use super::error::failure;
use crate::domain::{Failure, KeyId, Secret};

/// The timeout of one check, of which there are many within a minute.
const ASK_WITHIN: Duration = Duration::from_secs(10);

impl Connection {
    /// Calls `GetCallerIdentity` once with this key and returns the ARN. The call needs no permission.
    pub async fn who_is(&self, key: &KeyId, secret: &Secret) -> Result<String, Failure> {
        let credentials = Credentials::new(key.as_str(), secret.expose(), None, None, "new key");
        let config = self.sts.config().to_builder();
        let config = config
            .credentials_provider(credentials)
            // The connection's cache would keep the secret for the life of the connection.
            .identity_cache(IdentityCache::no_cache())
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().operation_timeout(ASK_WITHIN).build())
            .build();
        let answer = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send().await;
        let answer = answer.map_err(|err| failure("sts:GetCallerIdentity", &self.host, &err))?;
        Ok(answer.arn.unwrap_or_default())
    }
}

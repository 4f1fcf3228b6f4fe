//! Whose certificates are trusted: those of the system, and of a file that is named.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use aws_smithy_http_client::tls::{TlsContext, TrustStore};
use aws_types::os_shim_internal::Env;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::aws::regular_file;
use crate::domain::{CaProblem, Cause, Failure, NamedBy, Network};

/// Whether the system has an authority that can be used. Reading them all takes a moment on macOS.
static TRUSTS_SYSTEM: LazyLock<bool> = LazyLock::new(|| {
    let found = rustls_native_certs::load_native_certs().certs;
    RootCertStore::empty().add_parsable_certificates(found).0 > 0
});

/// What is trusted.
pub(super) struct Trust {
    pub(super) context: TlsContext,
    /// Nobody: a system without any authority, or where `SSL_CERT_FILE` names a file without one, and no other file.
    pub(super) is_empty: bool,
}

/// The file of the settings; and that of the environment or else of the profile, as the AWS CLI has it. The authorities
/// of the system stay trusted beside them.
pub(super) async fn trusted(
    network: &Network,
    ca_bundle: Option<&str>,
    environment: &Env,
) -> Result<Trust, Failure> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let home = home(environment);
    let of_settings = given(&network.ca_file).map(|file| (file, NamedBy::Settings));
    let of_environment = environment.get("AWS_CA_BUNDLE").ok().as_deref().and_then(given);
    let of_environment = of_environment.map(|file| (file, NamedBy::Variable("AWS_CA_BUNDLE")));
    let of_profile = ca_bundle.and_then(given).map(|file| (file, NamedBy::Profile));
    let named: Vec<_> = of_settings.into_iter().chain(of_environment.or(of_profile)).collect();
    let instead = InsteadOfSystem::taken_over(environment);
    let read = tokio::task::spawn_blocking(move || {
        let (mut store, is_empty) = match instead {
            Some(instead) => {
                let (store, count) = instead.store(home.as_deref())?;
                (store, named.is_empty() && count == 0)
            }
            // An empty store where there are none: the SDK's own would panic in a build with debug assertions.
            None => {
                (TrustStore::empty().with_native_roots(*TRUSTS_SYSTEM), named.is_empty() && !*TRUSTS_SYSTEM)
            }
        };
        for (file, named_by) in named {
            let file = path(&file, home.as_deref());
            let pem = read(&file)
                .map_err(|problem| Failure::new("", Cause::BadCaFile { file, named_by, problem }))?;
            store = store.with_pem_certificate(pem);
        }
        Ok((store, is_empty))
    });
    let (store, is_empty) = read.await.map_err(|_lost| Failure::new("", Cause::TaskLost))??;
    let context = TlsContext::builder().with_trust_store(store).build();
    let context = context.map_err(|err| Failure::new("", Cause::Other(err.to_string())))?;
    Ok(Trust { context, is_empty })
}

/// What the login shell names in the place of the system's authorities. Where the process itself has these variables, the
/// library that reads the authorities follows them.
struct InsteadOfSystem {
    file: Option<String>,
    /// One or several, as in `PATH`.
    folder: Option<String>,
}

impl InsteadOfSystem {
    fn taken_over(environment: &Env) -> Option<Self> {
        let get = |name: &str| {
            let value = environment.get(name).ok().filter(|value| !value.is_empty())?;
            let own = std::env::var_os(name).is_some_and(|own| own == value.as_str());
            (!own).then_some(value)
        };
        let (file, folder) = (get("SSL_CERT_FILE"), get("SSL_CERT_DIR"));
        (file.is_some() || folder.is_some()).then_some(Self { file, folder })
    }

    /// And how many files are in it.
    fn store(self, home: Option<&str>) -> Result<(TrustStore, usize), Failure> {
        let (mut store, mut count) = (TrustStore::empty(), 0);
        if let Some(file) = self.file {
            let (file, named_by) = (path(&file, home), NamedBy::Variable("SSL_CERT_FILE"));
            let pem = read(&file)
                .map_err(|problem| Failure::new("", Cause::BadCaFile { file, named_by, problem }))?;
            store = store.with_pem_certificate(pem);
            count += 1;
        }
        let list = self.folder.unwrap_or_default();
        let entries =
            std::env::split_paths(&list).filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
        // What else lies in such folders is passed over, as OpenSSL does.
        for pem in entries.filter_map(|entry| read(&entry.ok()?.path()).ok()) {
            store = store.with_pem_certificate(pem);
            count += 1;
        }
        Ok((store, count))
    }
}

/// Whether a file can be used that is about to be set.
pub async fn check_ca_file(file: &str) -> Result<(), CaProblem> {
    let file = path(file.trim(), home(&Env::real()).as_deref());
    let read = tokio::task::spawn_blocking(move || read(&file).map(drop));
    read.await.unwrap_or_else(|lost| Err(CaProblem::NotReadable(lost.to_string())))
}

fn home(environment: &Env) -> Option<String> {
    environment.get("HOME").or_else(|_| environment.get("USERPROFILE")).ok()
}

/// Whole, so that a message names the file that was really looked for. `~` is for people: no shell reads a config file.
fn path(text: &str, home: Option<&str>) -> PathBuf {
    let path = match (text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(home).join(rest),
        _ => PathBuf::from(text),
    };
    std::path::absolute(&path).unwrap_or(path)
}

/// The content of a file, if every certificate in it can be used.
fn read(file: &Path) -> Result<Vec<u8>, CaProblem> {
    if file.is_dir() {
        return Err(CaProblem::Folder);
    }
    let pem = regular_file::read(file).map_err(|err| CaProblem::NotReadable(err.to_string()))?;
    check(&pem)?;
    Ok(pem.to_vec())
}

/// What the SDK does not say: it panics at a damaged certificate, and takes a file without any for an empty one.
fn check(pem: &[u8]) -> Result<(), CaProblem> {
    // The first bytes of every certificate in DER: a sequence of more than 255 bytes.
    if pem.starts_with(&[0x30, 0x82]) {
        return Err(CaProblem::Binary);
    }
    let mut roots = RootCertStore::empty();
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        count += 1;
        let usable = certificate.ok().is_some_and(|certificate| roots.add(certificate).is_ok());
        if !usable {
            return Err(CaProblem::Damaged(count));
        }
    }
    if count == 0 { Err(CaProblem::NoCertificate) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder() {
        assert_eq!(path("~/ca.pem", Some("/home/anna")), Path::new("/home/anna/ca.pem"));
        assert_eq!(path("/etc/~/ca.pem", Some("/home/anna")), Path::new("/etc/~/ca.pem"));
        assert!(path("ca.pem", None).is_absolute(), "a message names the whole path");
    }
}

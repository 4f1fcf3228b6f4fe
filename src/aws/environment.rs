//! The environment for the SDK and Keyfob: the process's variables and those adopted from the login shell.

use std::collections::HashMap;

use aws_types::os_shim_internal::Env;

use crate::domain::InheritedEnv;

/// The process's own variables and the adopted ones.
///
/// Variables of the process itself cannot be set, because other threads may be reading them.
pub fn environment(inherited: &InheritedEnv) -> Env {
    if inherited.is_empty() {
        return Env::real();
    }
    let taken = inherited.iter().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
    // The process's own variables come last, so they take precedence.
    let own = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Env::from(taken.chain(own).collect::<HashMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Secret;

    #[test]
    fn what_was_taken_over_stands_beside_the_own_variables_and_never_before_them() {
        let told = [("AWS_CONFIG_FILE", "/x"), ("PATH", "/wrong")];
        let told = told.map(|(name, value)| (name.to_owned(), Secret::new(value.to_owned())));
        // Adopted as if the process had no variables: even then, its own are not replaced.
        let env = environment(&InheritedEnv::of(told, |_| false));
        assert_eq!(env.get("AWS_CONFIG_FILE").as_deref(), Ok("/x"));
        assert_ne!(env.get("PATH").as_deref(), Ok("/wrong"));
    }
}

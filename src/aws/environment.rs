//! The environment as the SDK and Keyfob read it: of the process, and what was taken over from the login shell.

use std::collections::HashMap;

use aws_types::os_shim_internal::Env;

use crate::domain::Adopted;

/// The process's own variables, and beside them those that were taken over.
///
/// The process itself cannot be given any: other threads may be reading them.
pub fn environment(adopted: &Adopted) -> Env {
    if adopted.is_empty() {
        return Env::real();
    }
    let taken = adopted.iter().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
    // The own ones last: they win.
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
        // Taken over without asking what the process has: even then it is not replaced.
        let env = environment(&Adopted::of(told, |_| false));
        assert_eq!(env.get("AWS_CONFIG_FILE").as_deref(), Ok("/x"));
        assert_ne!(env.get("PATH").as_deref(), Ok("/wrong"));
    }
}

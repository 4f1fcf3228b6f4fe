//! Parses AWS's message about a denied action.

use crate::domain::{Denial, PolicyKind};

/// "User: ARN is not authorized to perform: iam:X on resource: user bob because no identity-based policy allows the iam:X
/// action", or "… with an explicit deny in a service control policy" (IAM User Guide, "Troubleshoot access denied error
/// messages"). The resource is an ARN or a few words, and may be missing.
pub(super) fn denial(message: &str) -> Denial {
    let after = |marker: &str| message.split_once(marker).map(|(_, rest)| rest);
    let action = after("not authorized to perform: ").and_then(|rest| rest.split_whitespace().next());
    let resource = after("on resource: ").map(|rest| {
        let ends = [" because ", " with an explicit deny"].map(|end| rest.find(end));
        let end = ends.into_iter().flatten().min();
        end.and_then(|end| rest.get(..end)).unwrap_or(rest)
    });
    let bare = |text: &str| text.trim().trim_end_matches([',', '.']).to_owned();
    Denial {
        action: action.map(bare),
        resource: resource.map(bare).filter(|resource| !resource.is_empty()),
        explicit: message.contains("explicit deny"),
        mfa_may_help: false,
        by: KINDS.iter().find(|(words, _)| message.contains(words)).map(|(_, kind)| *kind),
    }
}

/// The kinds of policies in AWS's messages.
const KINDS: [(&str, PolicyKind); 7] = [
    ("service control policy", PolicyKind::ServiceControl),
    ("resource control policy", PolicyKind::ResourceControl),
    ("permissions boundary", PolicyKind::PermissionsBoundary),
    ("session policy", PolicyKind::Session),
    ("VPC endpoint policy", PolicyKind::VpcEndpoint),
    ("resource-based policy", PolicyKind::ResourceBased),
    ("identity-based policy", PolicyKind::IdentityBased),
];

#[cfg(test)]
mod tests {
    use super::*;

    const TRIED: &str =
        "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: iam:CreateAccessKey";

    fn of(rest: &str) -> Denial {
        denial(&format!("{TRIED}{rest}"))
    }

    #[test]
    fn the_permission_and_the_resource_are_named() {
        let because = " because no identity-based policy allows the iam:CreateAccessKey action";
        for resource in ["user bob", "arn:aws:iam::123456789012:user/ops/bob"] {
            let denial = of(&format!(" on resource: {resource}{because}"));
            assert_eq!(denial.action.as_deref(), Some("iam:CreateAccessKey"));
            assert_eq!(denial.resource.as_deref(), Some(resource));
            assert_eq!(denial.by, Some(PolicyKind::IdentityBased));
            assert!(!denial.explicit, "no policy forbids it");
        }
    }

    #[test]
    fn without_a_reason_the_resource_ends_the_sentence() {
        assert_eq!(of(" on resource: user bob.").resource.as_deref(), Some("user bob"));
        assert_eq!(of("").resource, None);
    }

    #[test]
    fn the_policy_that_forbids_it_is_named() {
        for (words, kind) in KINDS {
            let denial = of(&format!(" on resource: user bob with an explicit deny in a {words}"));
            assert_eq!((denial.by, denial.explicit), (Some(kind), true), "{words}");
            assert_eq!(denial.resource.as_deref(), Some("user bob"), "{words}");
            let denial = of(&format!(" because no {words} allows the iam:CreateAccessKey action"));
            assert_eq!((denial.by, denial.explicit), (Some(kind), false), "{words}");
        }
    }

    #[test]
    fn another_sentence_says_nothing() {
        assert_eq!(denial("Access denied"), Denial::default());
    }
}

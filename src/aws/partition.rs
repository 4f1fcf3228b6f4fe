//! Partitions of AWS, and the partition of an identity.

/// Each partition, the prefix of its regions, and a representative region. Everything else is `aws`.
const OTHERS: [(&str, &str, &str); 7] = [
    ("aws-cn", "cn-", "cn-north-1"),
    ("aws-us-gov", "us-gov-", "us-gov-west-1"),
    ("aws-eusc", "eusc-", "eusc-de-east-1"),
    ("aws-iso", "us-iso-", "us-iso-east-1"),
    ("aws-iso-b", "us-isob-", "us-isob-east-1"),
    ("aws-iso-e", "eu-isoe-", "eu-isoe-west-1"),
    ("aws-iso-f", "us-isof-", "us-isof-south-1"),
];

/// The settings of a profile that identify its partition if its region does not.
const TELLING: [&str; 3] = ["role_arn", "mfa_serial", "login_session"];

/// The region for signing in: from the profile, or otherwise from the environment unless the profile is from another partition,
/// where AWS would only reject the key.
pub(super) fn region<'a>(profile: impl Fn(&str) -> Option<&'a str>, environment: Option<String>) -> String {
    if let Some(region) = profile("region") {
        return region.to_owned();
    }
    let by_arn = TELLING.iter().find_map(|key| of_arn(profile(key)?));
    let own = by_arn.or_else(|| profile("sso_region").map(of_region));
    let fitting = environment.filter(|region| own.is_none_or(|own| of_region(region) == own));
    fitting.unwrap_or_else(|| representative(own.unwrap_or("aws")).to_owned())
}

/// The second part of an ARN.
fn of_arn(arn: &str) -> Option<&str> {
    let mut parts = arn.split(':');
    (parts.next() == Some("arn")).then(|| parts.next()).flatten()
}

fn of_region(region: &str) -> &'static str {
    OTHERS.iter().find(|(_, start, _)| region.starts_with(start)).map_or("aws", |(partition, ..)| partition)
}

/// IAM needs the region only to determine the partition.
fn representative(partition: &str) -> &'static str {
    OTHERS.iter().find(|(name, ..)| *name == partition).map_or("us-east-1", |(.., region)| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(profile: &[(&str, &'static str)], environment: Option<&str>) -> String {
        let get = |key: &str| profile.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        region(get, environment.map(str::to_owned))
    }

    #[test]
    fn the_profile_tells_its_partition() {
        for (key, value, expected) in [
            ("region", "eu-central-1", "eu-central-1"),
            ("role_arn", "arn:aws:iam::123456789012:role/Admin", "us-east-1"),
            ("role_arn", "arn:aws-cn:iam::123456789012:role/Admin", "cn-north-1"),
            ("mfa_serial", "arn:aws-us-gov:iam::123456789012:mfa/anna", "us-gov-west-1"),
            ("login_session", "arn:aws-eusc:iam::123456789012:user/anna", "eusc-de-east-1"),
            ("role_arn", "arn:aws-iso:iam::123456789012:role/Admin", "us-iso-east-1"),
            ("role_arn", "arn:aws-iso-b:iam::123456789012:role/Admin", "us-isob-east-1"),
            ("role_arn", "arn:aws-iso-e:iam::123456789012:role/Admin", "eu-isoe-west-1"),
            ("role_arn", "arn:aws-iso-f:iam::123456789012:role/Admin", "us-isof-south-1"),
            ("sso_region", "us-gov-east-1", "us-gov-west-1"),
            ("mfa_serial", "GAHT12345678", "us-east-1"),
            ("role_arn", "arn:", "us-east-1"),
        ] {
            assert_eq!(of(&[(key, value)], None), expected, "{key} = {value}");
        }
    }

    #[test]
    fn the_region_of_the_environment_counts_within_the_partition_only() {
        let china = [("role_arn", "arn:aws-cn:iam::123456789012:role/Admin")];
        assert_eq!(of(&[], Some("eu-west-3")), "eu-west-3");
        assert_eq!(of(&china, Some("eu-west-3")), "cn-north-1");
        assert_eq!(of(&china, Some("cn-northwest-1")), "cn-northwest-1");
        assert_eq!(of(&[("region", "us-gov-east-1")], Some("eu-west-3")), "us-gov-east-1");
    }
}

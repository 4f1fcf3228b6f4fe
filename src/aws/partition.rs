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

/// The region to sign in to: that of the environment before that of the profile, as the AWS CLI has it, unless the profile is
/// of another partition. There it would only be told that its key is not valid.
pub(super) fn region<'a>(
    profile: impl Fn(&str) -> Option<&'a str>,
    own: Option<String>,
    environment: Option<String>,
) -> String {
    let by_arn = || TELLING.iter().find_map(|key| of_arn(profile(key)?)).map(str::to_owned);
    let by_session = || profile("sso_region").map(|region| of_region(region).to_owned());
    let partition = own.as_deref().map(|own| of_region(own).to_owned()).or_else(by_arn).or_else(by_session);
    let fits = |region: &String| partition.as_ref().is_none_or(|partition| of_region(region) == partition);
    let representative = || representative(partition.as_deref().unwrap_or("aws")).to_owned();
    environment.filter(fits).or(own).unwrap_or_else(representative)
}

/// A valid label of a host name, which is all that botocore asks of a region.
pub(super) fn is_label(region: &str) -> bool {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '-';
    !region.is_empty()
        && region.len() <= 63
        && region.chars().all(is_word)
        && !region.starts_with('-')
        && !region.ends_with('-')
        && !region.chars().all(|char| char.is_ascii_digit())
}

/// How AWS names its regions: `eu-central-1`, `us-gov-west-1`, `aws-global`. Another name would only lead to a host that is
/// not there.
pub(super) fn is_region(region: &str) -> bool {
    let is_lower = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    let last = region.rsplit_once('-').map(|(_, last)| last);
    let ends_well =
        |last: &str| last == "global" || (!last.is_empty() && last.chars().all(|char| char.is_ascii_digit()));
    is_label(region) && region.chars().all(is_lower) && last.is_some_and(ends_well)
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
        region(get, get("region").map(str::to_owned), environment.map(str::to_owned))
    }

    #[test]
    fn the_profile_determines_its_partition() {
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
        assert_eq!(
            of(&[("region", "eu-central-1")], Some("eu-west-3")),
            "eu-west-3",
            "as the AWS CLI has it"
        );
    }

    #[test]
    fn regions_are_told_from_what_is_none() {
        for good in ["us-east-1", "eu-isoe-west-1", "aws-global", "ap-southeast-12"] {
            assert!(is_region(good), "{good}");
        }
        for bad in
            ["None", "", "\"eu-west-1\"", "US East (N. Virginia)", "eu-west-1 # Dublin", "EU-WEST-1", "local"]
        {
            assert!(!is_region(bad), "{bad}");
        }
        assert!(is_label("local") && is_label("None") && !is_label("12") && !is_label("-a"));
    }
}

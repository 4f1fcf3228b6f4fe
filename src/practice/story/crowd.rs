//! Any number of generated users, for trying a large account.

use super::person::Age::{Days, Hours};
use super::person::{KeyStory, Person, key};

const FIRST: [&str; 20] = [
    "amelie", "bruno", "chen", "dora", "elif", "farid", "greta", "hugo", "ines", "jonas", "keiko", "luca",
    "mira", "noor", "olga", "pavel", "rosa", "samir", "tomas", "yara",
];

const LAST: [&str; 25] = [
    "abe", "berg", "costa", "diaz", "eriksen", "fischer", "garcia", "haas", "ito", "jensen", "kaya", "lind",
    "moreau", "novak", "okafor", "park", "quinn", "rossi", "silva", "tanaka", "ueda", "vogel", "weber",
    "young", "zhou",
];

const TEAM: [&str; 10] =
    ["billing", "catalog", "checkout", "data", "fraud", "mobile", "orders", "search", "shipping", "web"];

const JOB: [&str; 10] = [
    "archiver",
    "crawler",
    "deploy",
    "export",
    "importer",
    "mailer",
    "digest",
    "scheduler",
    "sync",
    "worker",
];

const USES: [(&str, &str); 6] = [
    ("s3", "eu-west-1"),
    ("ec2", "us-east-1"),
    ("sqs", "eu-central-1"),
    ("dynamodb", "us-west-2"),
    ("logs", "eu-west-1"),
    ("iam", "us-east-1"),
];

/// Up to 65,535 generated users (AWS allows 5,000 in all): two services for every three people, some of them contractors.
pub(super) fn crowd() -> impl Iterator<Item = Person> {
    (0_u16..).map(|place| {
        let (number, turn) = (usize::from(place), usize::from(place) / 5);
        match number % 5 {
            0 | 1 => member("/service/", service_name(turn * 2 + number % 5), place),
            2 => member("/contractor/", person_name(turn * 3), place),
            rest => member("/people/", person_name(turn * 3 + rest - 2), place),
        }
    })
}

/// The first round of names has no number.
fn numbered(name: String, round: usize) -> String {
    if round == 0 { name } else { format!("{name}{}", round + 1) }
}

fn person_name(number: usize) -> String {
    // Seven is coprime to both lengths, so neighbours differ in both names.
    let (first, last) = (pick(&FIRST, number * 7), pick(&LAST, number * 7 / FIRST.len() + number));
    numbered(format!("{first}.{last}"), number / (FIRST.len() * LAST.len()))
}

fn service_name(number: usize) -> String {
    let (team, job) = (pick(&TEAM, number), pick(&JOB, number / TEAM.len()));
    numbered(format!("{team}-{job}"), number / (TEAM.len() * JOB.len()))
}

fn pick<T: Copy + Default>(from: &[T], number: usize) -> T {
    from.get(number % from.len()).copied().unwrap_or_default()
}

/// A user with zero to two keys of any age and use.
fn member(path: &'static str, name: String, number: u16) -> Person {
    let (day, (service, region)) = (i64::from(number) * 37 % 1500, pick(&USES, usize::from(number)));
    let person = Person::new(name, path, day + 20);
    let used = |key: KeyStory, ago: i64| key.used(Days(ago), service, region);
    match number % 7 {
        0 => {
            let person = person.signed_in(Hours(day % 300));
            if number.is_multiple_of(2) { person.with_mfa() } else { person }
        }
        1 | 2 => person.with(key(day + 3).used(Hours(day % 48), service, region)),
        3 => person.with(used(key(day + 3), day / 2)),
        4 => person.with(key(day / 4)),
        5 => person.with(used(key(day + 9), day / 3).inactive()).with(key(day / 5).used(
            Hours(1),
            service,
            region,
        )),
        _ => person.with(used(key(day + 9), day / 6)).with(key(day / 7)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_users_have_one_name() {
        let names: HashSet<String> = crowd().take(10_000).map(|person| person.name).collect();
        assert_eq!(names.len(), 10_000);
    }
}

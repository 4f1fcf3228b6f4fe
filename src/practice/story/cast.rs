//! The people and services of the story, in the order in which they appear.

use super::person::Age::{Days, Hours, Minutes};
use super::person::{Person, ancient_key, key};
use crate::practice::account::CALLER;

const PEOPLE: &str = "/people/";
const SERVICE: &str = "/service/";
const CONTRACTOR: &str = "/contractor/";

/// All users, the caller first.
pub(super) fn cast() -> Vec<Person> {
    people().into_iter().chain(services()).chain(contractors()).collect()
}

fn people() -> Vec<Person> {
    let person = |name, days| Person::new(name, PEOPLE, days);
    vec![
        person(CALLER, 1204)
            .signed_in(Hours(1))
            .with_mfa()
            .with(key(61).used(Minutes(2), "iam", "us-east-1").note("Keyfob on the office workstation"))
            .tag("team", "platform"),
        person("alice", 986)
            .signed_in(Hours(20))
            .with_mfa()
            .with(key(47).used(Hours(2), "ec2", "eu-west-1").note("Laptop"))
            .tag("team", "web"),
        person("bob", 730)
            .signed_in(Days(4))
            .with(key(203).used(Hours(5), "s3", "eu-central-1"))
            .tag("team", "data"),
        person("carol", 511).signed_in(Hours(3)).with_mfa().tag("team", "finance"),
        person("dmitri", 1630)
            .with(
                key(877)
                    .used(Days(402), "dynamodb", "us-east-1")
                    .inactive()
                    .note("Migration of the old shop"),
            )
            .tag("team", "web"),
        person("erin", 12).signed_in(Hours(6)).with_mfa().with(key(6).used(Hours(26), "sts", "us-east-1")),
        person("frank", 88).tag("team", "support"),
        person("grace", 640)
            .with(key(129).used(Days(2), "lambda", "eu-west-1").note("Trying out functions"))
            .tag("team", "web"),
        person("heidi", 455).signed_in(Days(31)).with(key(310)).tag("team", "data"),
        person("ivan", 1120).with(key(97).used(Days(63), "cloudwatch", "us-west-2")),
    ]
}

fn services() -> Vec<Person> {
    let service = |name, days| Person::new(name, SERVICE, days);
    vec![
        service("ci-deployer", 1998)
            .with(key(412).used(Hours(3), "s3", "eu-west-1").note("Nightly backup to S3"))
            .with(key(23))
            .tag("owner", "alice")
            .tag("cost-centre", "4711"),
        service("jenkins-legacy", 2310)
            .with(key(1387).used(Days(9), "ec2", "us-east-1").note("Build server in the cellar"))
            .policy("AWSCompromisedKeyQuarantineV3")
            .tag("owner", "nobody"),
        service("backup-runner", 900)
            .with(key(58).used(Minutes(41), "s3", "eu-west-1").note("Rotated each quarter"))
            .tag("owner", "grace"),
        service("analytics-export", 770)
            .with(key(366).used(Hours(8), "athena", "eu-central-1").note("Dashboards"))
            .with(key(84).used(Hours(1), "glue", "eu-central-1").note("Nightly export"))
            .tag("owner", "bob"),
        service("terraform-prod", 1502)
            .with(key(702).used(Days(77), "iam", "us-east-1").note("Old pipeline"))
            .with(key(140).used(Minutes(18), "ec2", "eu-west-1").note("Pipeline"))
            .with(key(139).inactive())
            .tag("owner", "alice")
            .tag("managed-by", "terraform"),
        service("billing-report", 365)
            .with(key(33).used(Hours(11), "ce", "us-east-1").note("Monthly report"))
            .tag("owner", "carol"),
        service("image-builder", 240).with(key(19).used(Hours(2), "ecr", "eu-west-1")).tag("owner", "grace"),
        service("legacy-ftp", 6000).with(ancient_key()),
        service("log-shipper", 1010).with(key(188).used(Minutes(16), "logs", "eu-west-1")).with(
            key(320).used(Days(187), "logs", "eu-west-1").inactive().note("Replaced - kept for a while"),
        ),
        service("mail-relay", 1333).with(key(1333).used(Hours(1), "ses", "eu-west-1").note("SMTP")),
        service("metrics-agent", 620).with(key(71).used(Minutes(17), "monitoring", "eu-west-1")),
    ]
}

fn contractors() -> Vec<Person> {
    let contractor = |name, days| Person::new(name, CONTRACTOR, days);
    vec![
        contractor("acme-audit", 150)
            .with(key(150).used(Days(121), "iam", "us-east-1").inactive().note("Audit of last spring"))
            .tag("until", "end of the audit"),
        contractor("oscar.reyes", 74).signed_in(Days(1)).with(key(74).used(Days(46), "s3", "us-west-2")),
        contractor("priya.n@partner.example", 40)
            .with(key(40).used(Hours(30), "sqs", "ap-south-1").note("Order feed of staging - ask Priya"))
            .tag("company", "Partner Ltd"),
        // Paths are plain ASCII, so tools escape other letters like this.
        Person::new("zurich-support", "/contractor/z%C3%BCrich/", 210)
            .with(key(9))
            .tag("company", "Zürich Support"),
    ]
}

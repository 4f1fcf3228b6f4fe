//! Writes a key pair piece by piece. Values that a format does not support were refused before.
//!
//! Pieces are slices of existing strings: nothing here copies the secret.

use super::PairFormat;
use crate::domain::{KeyPair, UserName};

/// Receives the next piece.
type Put<'a> = &'a mut dyn FnMut(&str);

/// A format with a line for the id and a line for the secret.
struct Lines {
    /// The names of the two values.
    names: [&'static str; 2],
    before: &'static str,
    between: &'static str,
    after: &'static str,
    value: fn(&str, Put<'_>),
}

const VARIABLES: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

const INI: Lines = Lines {
    names: ["aws_access_key_id", "aws_secret_access_key"],
    before: "",
    between: " = ",
    after: "\n",
    value: |value, put| put(value),
};

/// Always quoted: zsh expands a leading `=`.
const POSIX: Lines = Lines {
    names: VARIABLES,
    before: "export ",
    between: "='",
    after: "'\n",
    value: |value, put| marked(value, &['\''], r"'\'", put),
};

/// A value as one word of a POSIX shell.
pub(in crate::domain) fn posix_quoted(value: &str) -> String {
    let mut quoted = "'".to_owned();
    (POSIX.value)(value, &mut |piece| quoted.push_str(piece));
    quoted.push('\'');
    quoted
}

const FISH: Lines = Lines {
    names: VARIABLES,
    before: "set -gx ",
    between: " '",
    after: "'\n",
    value: |value, put| marked(value, &['\'', '\\'], r"\", put),
};

const POWER_SHELL: Lines = Lines {
    names: VARIABLES,
    before: "$Env:",
    between: " = '",
    after: "'\n",
    value: |value, put| marked(value, &['\''], "'", put),
};

/// Without the `@`, a batch file would print the secret when it runs.
const CMD: Lines = Lines {
    names: VARIABLES,
    before: "@set \"",
    between: "=",
    after: "\"\r\n",
    value: |value, put| put(value),
};

const DOT_ENV: Lines =
    Lines { names: VARIABLES, before: "", between: "=", after: "\n", value: dot_env_value };

/// Aligned like `terraform fmt`.
const TERRAFORM: Lines = Lines {
    names: ["aws_access_key_id    ", "aws_secret_access_key"],
    before: "",
    between: " = \"",
    after: "\"\n",
    value: hcl_value,
};

/// Passes the complete text to `put`, in the same pieces each time.
pub(super) fn write(format: PairFormat, pair: &KeyPair, user: &UserName, put: Put<'_>) {
    match format {
        PairFormat::SecretOnly => put(pair.secret.expose()),
        PairFormat::Both => lines(&INI, pair, put),
        PairFormat::Csv => csv(pair, user, put),
        PairFormat::CredentialsSection => {
            put("[");
            put(user.as_str());
            put("]\n");
            lines(&INI, pair, put);
        }
        PairFormat::EnvPosix => lines(&POSIX, pair, put),
        PairFormat::EnvFish => lines(&FISH, pair, put),
        PairFormat::EnvPowerShell => lines(&POWER_SHELL, pair, put),
        PairFormat::EnvCmd => lines(&CMD, pair, put),
        PairFormat::DotEnv => lines(&DOT_ENV, pair, put),
        PairFormat::Json => json(pair, user, put),
        PairFormat::Terraform => lines(&TERRAFORM, pair, put),
    }
}

fn lines(lines: &Lines, pair: &KeyPair, put: Put<'_>) {
    for (name, value) in lines.names.into_iter().zip([pair.id.as_str(), pair.secret.expose()]) {
        put(lines.before);
        put(name);
        put(lines.between);
        (lines.value)(value, put);
        put(lines.after);
    }
}

/// `awscli/customizations/configure/importer.py` finds columns by name, ignoring case, splits at every comma and strips.
/// Older versions do not strip a BOM. No `\r`, because a script that cuts out the last column would add it to the secret.
fn csv(pair: &KeyPair, user: &UserName, put: Put<'_>) {
    put("User Name,Access key ID,Secret access key\n");
    put(user.as_str());
    put(",");
    put(pair.id.as_str());
    put(",");
    put(pair.secret.expose());
    put("\n");
}

/// In the order in which the AWS CLI prints it. A new key is active.
fn json(pair: &KeyPair, user: &UserName, put: Put<'_>) {
    put("{\n    \"AccessKey\": {\n        \"UserName\": \"");
    json_value(user.as_str(), put);
    put("\",\n        \"AccessKeyId\": \"");
    json_value(pair.id.as_str(), put);
    put("\",\n        \"Status\": \"Active\",\n        \"SecretAccessKey\": \"");
    json_value(pair.secret.expose(), put);
    if let Some(created) = pair.created {
        put("\",\n        \"CreateDate\": \"");
        put(&created.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string());
    }
    put("\"\n    }\n}\n");
}

fn json_value(value: &str, put: Put<'_>) {
    marked(value, &['"', '\\'], r"\", put);
}

/// Quoted only if necessary: `docker run --env-file` treats quotes as part of the value.
fn dot_env_value(value: &str, put: Put<'_>) {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/+=._-".contains(char);
    // zsh expands a leading `=`.
    if value.chars().all(plain) && !value.starts_with('=') {
        put(value);
    } else {
        put("'");
        put(value);
        put("'");
    }
}

/// `${` and `%{` start a template; a doubled sign is literal.
fn hcl_value(value: &str, put: Put<'_>) {
    let mut rest = value;
    while let Some(at) = rest.find("${").into_iter().chain(rest.find("%{")).min() {
        let (head, tail) = rest.split_at(at);
        let (sign, after) = tail.split_at(1);
        json_value(head, put);
        put(sign);
        put(sign);
        rest = after;
    }
    json_value(rest, put);
}

/// The value with `mark` before each of `specials`, which are ASCII.
fn marked(value: &str, specials: &[char], mark: &str, put: Put<'_>) {
    let mut rest = value;
    while let Some(at) = rest.find(specials) {
        let (head, tail) = rest.split_at(at);
        let (special, after) = tail.split_at(1);
        put(head);
        put(mark);
        put(special);
        rest = after;
    }
    put(rest);
}

//! Tags of users.

use super::Call;
use crate::practice::account::{Account, TAGS_PER_USER, Tag};
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::page::page;
use crate::practice::request::length;

pub(super) fn list(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    call.request.required("UserName")?;
    let user = account.user(call.user()?)?;
    let mut tags: Vec<&Tag> = user.tags.iter().collect();
    tags.sort_by_key(|tag| tag.key.to_lowercase());
    Ok(page(call.request, tags, |tag| tag.key.to_lowercase())?.xml("Tags", tag_xml))
}

pub(super) fn tag(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    call.request.required("UserName")?;
    let tags = wanted_tags(call)?;
    let user = account.user_mut(call.user()?)?;
    let new = tags.iter().filter(|tag| !user.tags.iter().any(|old| same(&old.key, &tag.key))).count();
    if user.tags.len() + new > TAGS_PER_USER {
        return Err(Fault::limit_exceeded("TagsPerUser", TAGS_PER_USER));
    }
    for tag in tags {
        user.tags.retain(|old| !same(&old.key, &tag.key));
        user.tags.push(tag);
    }
    Ok(Xml::new())
}

pub(super) fn untag(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    call.request.required("UserName")?;
    let keys: Vec<&str> = call.request.members("TagKeys", "").collect();
    count("tagKeys", keys.len())?;
    for (place, key) in (1..).zip(&keys) {
        check(&format!("tagKeys.{place}.member"), key, 1, 128)?;
    }
    let user = account.user_mut(call.user()?)?;
    user.tags.retain(|tag| !keys.iter().any(|key| same(key, &tag.key)));
    Ok(Xml::new())
}

fn wanted_tags(call: &Call<'_>) -> Result<Vec<Tag>, Fault> {
    let mut tags: Vec<Tag> = vec![];
    for (place, key) in (1..).zip(call.request.members("Tags", ".Key")) {
        let value = call.request.required(&format!("Tags.member.{place}.Value"))?;
        check(&format!("tags.{place}.member.key"), key, 1, 128)?;
        check(&format!("tags.{place}.member.value"), value, 0, 256)?;
        if tags.iter().any(|tag| same(&tag.key, key)) {
            return Err(Fault::invalid_input(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        tags.push(Tag { key: key.to_owned(), value: value.to_owned() });
    }
    count("tags", tags.len())?;
    Ok(tags)
}

/// The list is required, and no longer than the maximum per user.
fn count(member: &str, length: usize) -> Result<(), Fault> {
    match length {
        0 => Err(Fault::constraint(member, None, "not be null")),
        1..=TAGS_PER_USER => Ok(()),
        _ => {
            let rule = format!("have length less than or equal to {TAGS_PER_USER}");
            Err(Fault::constraint(member, Some(&format!("{length} tags")), rule))
        }
    }
}

/// Letters, numbers and spaces of all scripts, and a few other characters.
fn check(member: &str, text: &str, least: usize, most: usize) -> Result<(), Fault> {
    length(member, text, least, most)?;
    let space = |letter: char| letter.is_whitespace() && !letter.is_control();
    let allowed = |letter: char| letter.is_alphanumeric() || space(letter) || "_.:/=+-@".contains(letter);
    if text.chars().all(allowed) {
        return Ok(());
    }
    let rule = format!(
        r"satisfy regular expression pattern: [\p{{L}}\p{{Z}}\p{{N}}_.:/=+\-@]{}",
        if least == 0 { '*' } else { '+' }
    );
    Err(Fault::constraint(member, Some(text), rule))
}

/// Tag keys that differ only in case are the same to IAM.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

pub(super) fn tag_xml(tag: &Tag) -> Xml {
    Xml::new().text("Key", &tag.key).text("Value", &tag.value)
}

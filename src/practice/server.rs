//! Handles a request: authentication, simulated faults and the operation.

use jiff::Timestamp;

use super::account::Account;
use super::answer::{self, Xml};
use super::fault::Fault;
use super::ids;
use super::operations::{self, Api, Call};
use super::request::Request;
use super::trouble::{NOT_YET_VALID, SimulatedFault, SimulatedFaults};

/// A response.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) xml: String,
    pub(super) request_id: String,
    /// The connection is lost before the response arrives.
    pub(super) lost: bool,
}

/// Responds to one request. The operation is complete before the response is sent.
pub(super) fn answer(
    account: &mut Account,
    request: &Request,
    troubles: &SimulatedFaults,
    now: Timestamp,
) -> Answer {
    account.arrives(request.action());
    let namespace = Api::of(request).namespace();
    let request_id = ids::request(&mut account.rng);
    let (status, xml) = match serve(account, request, troubles, now) {
        Ok(result) => (200, answer::success(request.action(), namespace, &result, &request_id)),
        Err(fault) => (fault.status, answer::failure(&fault, namespace, &request_id)),
    };
    let changes = operations::find(request).is_ok_and(|operation| operation.changes);
    Answer { status, xml, request_id, lost: changes && troubles.has(SimulatedFault::AnswerLost) }
}

fn serve(
    account: &mut Account,
    request: &Request,
    troubles: &SimulatedFaults,
    now: Timestamp,
) -> Result<Xml, Fault> {
    let signer = authenticate(account, request, troubles, now)?;
    let operation = operations::find(request)?;
    if troubles.has(SimulatedFault::SessionOver) {
        return Err(Fault::expired_token());
    }
    if operation.api == Api::Iam && troubles.has(SimulatedFault::Throttled) {
        return Err(Fault::throttled());
    }
    if troubles.has(SimulatedFault::Denied) && (operation.changes || operation.name == "ListAccessKeys") {
        let resource = format!("user {}", request.user_name()?.unwrap_or(&signer));
        return Err(Fault::access_denied(&account.user(&signer)?.arn(), operation.name, &resource));
    }
    let lists_lag = troubles.has(SimulatedFault::ListsLag);
    (operation.run)(account, &Call { request, signer: &signer, now, lists_lag })
}

/// The user whose key signed the request, if the key is valid.
fn authenticate(
    account: &mut Account,
    request: &Request,
    troubles: &SimulatedFaults,
    now: Timestamp,
) -> Result<String, Fault> {
    let signer = request.signer.as_ref().ok_or_else(Fault::missing_authentication)?;
    let (user, key) = account.key(&signer.key_id).ok_or_else(Fault::invalid_token)?;
    let too_young =
        troubles.has(SimulatedFault::KeyNotYetValid) && now.duration_since(key.created) < NOT_YET_VALID;
    if !key.active || too_young {
        return Err(Fault::invalid_token());
    }
    let name = user.name.clone();
    account.used(signer, now);
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::story;

    fn ask(account: &mut Account, form: &str, signed: bool) -> Answer {
        let header = format!("Credential={}/20260825/us-east-1/iam/aws4_request, …", account.callers_key());
        let request = Request::new(form.as_bytes(), Some(header.as_str()).filter(|_| signed));
        answer(account, &request, &SimulatedFaults::default(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_it_does_not_know_it_calls_by_name() {
        let mut account = story::account(Some(1), Timestamp::UNIX_EPOCH);
        for (form, message) in [
            ("Action=Fly&Version=2010-05-08", "Could not find operation Fly for version 2010-05-08"),
            ("Action=ListUsers&Version=1999", "Could not find operation ListUsers for version 1999"),
            (
                "Action=%3Cb%3E&Version=2011-06-15",
                "Could not find operation &lt;b&gt; for version 2011-06-15",
            ),
            ("", "Could not find operation  for version "),
        ] {
            let answer = ask(&mut account, form, true);
            assert_eq!(answer.status, 400, "{form}");
            assert!(
                answer.xml.contains(&format!("<Code>InvalidAction</Code><Message>{message}</Message>")),
                "{form}"
            );
        }
        assert_eq!(account.arrived("Fly"), 1, "and it counts what arrives");
    }

    #[test]
    fn nothing_is_answered_to_the_unsigned() {
        let mut account = story::account(Some(1), Timestamp::UNIX_EPOCH);
        let answer = ask(&mut account, "Action=ListUsers&Version=2010-05-08", false);
        assert_eq!(answer.status, 403);
        assert!(answer.xml.contains("<Code>MissingAuthenticationToken</Code>"), "{}", answer.xml);
    }
}

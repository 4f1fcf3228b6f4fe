//! The records of batches: plan first, then results as they come.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Batch, BatchId, BatchKey, BatchResult};

/// Keys in one record. A line stays far below what a reader of records takes at once (64 KiB).
const KEYS_PER_RECORD: usize = 200;

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchRecord {
    /// `count` keys follow, in records of their own.
    Planned {
        batch: Batch,
        count: usize,
    },
    /// The next keys of the plan.
    Keys {
        id: BatchId,
        keys: Vec<BatchKey>,
    },
    /// The run of the program that works on it, by the name of its lock.
    Taken {
        id: BatchId,
        run: String,
    },
    /// Written right before the change of the key at position `row`, from 0, is sent.
    Sent {
        id: BatchId,
        row: usize,
    },
    Ended {
        id: BatchId,
        row: usize,
        result: BatchResult,
    },
    /// The administrator has seen the results, or has undone the batch.
    Closed {
        id: BatchId,
    },
}

/// The records of a plan.
pub fn plan_records(batch: &Batch, keys: &[BatchKey]) -> Vec<BatchRecord> {
    let id = &batch.id;
    let planned = BatchRecord::Planned { batch: batch.clone(), count: keys.len() };
    let chunks = keys.chunks(KEYS_PER_RECORD);
    let keys = chunks.map(|keys| BatchRecord::Keys { id: id.clone(), keys: keys.to_vec() });
    std::iter::once(planned).chain(keys).collect()
}

/// A batch of an earlier run that was not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBatch {
    pub batch: Batch,
    pub keys: Vec<BatchKey>,
    /// The last run that worked on it.
    pub run: Option<String>,
    /// The positions of keys that may have been changed.
    pub sent: BTreeSet<usize>,
    /// By position.
    pub results: BTreeMap<usize, BatchResult>,
}

/// What is open when all records are followed. A plan that was not written to its end is dropped: nothing of it was sent.
pub fn kept_batches(records: impl IntoIterator<Item = BatchRecord>) -> Vec<KeptBatch> {
    let mut open: Vec<(KeptBatch, usize)> = Vec::new();
    for record in records {
        match record {
            BatchRecord::Planned { batch, count } => {
                let kept = KeptBatch {
                    batch,
                    keys: Vec::new(),
                    run: None,
                    sent: BTreeSet::new(),
                    results: BTreeMap::new(),
                };
                open.push((kept, count));
            }
            BatchRecord::Keys { id, keys } => {
                if let Some(kept) = find(&mut open, &id) {
                    kept.keys.extend(keys);
                }
            }
            BatchRecord::Taken { id, run } => {
                if let Some(kept) = find(&mut open, &id) {
                    kept.run = Some(run);
                }
            }
            BatchRecord::Sent { id, row } => {
                if let Some(kept) = find(&mut open, &id) {
                    kept.sent.insert(row);
                }
            }
            BatchRecord::Ended { id, row, result } => {
                if let Some(kept) = find(&mut open, &id) {
                    kept.results.insert(row, result);
                }
            }
            BatchRecord::Closed { id } => open.retain(|(kept, _)| kept.batch.id != id),
        }
    }
    open.into_iter().filter(|(kept, count)| kept.keys.len() == *count).map(|(kept, _)| kept).collect()
}

fn find<'a>(open: &'a mut [(KeptBatch, usize)], id: &BatchId) -> Option<&'a mut KeptBatch> {
    open.iter_mut().map(|(kept, _)| kept).find(|kept| kept.batch.id == *id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountRef, BatchAction, KeyId, Reason, UserName};

    fn batch(number: u64) -> Batch {
        Batch {
            id: BatchId::new(jiff::Timestamp::UNIX_EPOCH, number),
            account: AccountRef {
                id: "123456789012".into(),
                name: "lab".into(),
                endpoint: "iam.amazonaws.com".into(),
            },
            action: BatchAction::Deactivate,
            at: jiff::Timestamp::UNIX_EPOCH,
            undoes: None,
        }
    }

    fn keys(count: usize) -> Vec<BatchKey> {
        (0..count)
            .map(|at| BatchKey {
                user: UserName::new(format!("user-{at}")),
                key: KeyId::new(format!("AKIA{at:016}")),
            })
            .collect()
    }

    #[test]
    fn what_is_written_is_read_again_until_it_is_closed() {
        let (id, keys) = (batch(1).id, keys(450));
        let mut records = plan_records(&batch(1), &keys);
        assert_eq!(records.len(), 4, "450 keys are three records");
        records.push(BatchRecord::Sent { id: id.clone(), row: 8 });
        let failed = BatchResult::Failed(Reason::Throttled);
        records.push(BatchRecord::Ended { id: id.clone(), row: 7, result: failed.clone() });
        let text: Vec<String> =
            records.iter().map(|record| serde_json::to_string(record).expect("text")).collect();
        assert!(text.iter().all(|line| line.len() < 60_000 && !line.contains('\n')));
        let read = || text.iter().map(|line| serde_json::from_str::<BatchRecord>(line).expect("a record"));
        let [kept] = &kept_batches(read())[..] else { panic!("one is open") };
        assert_eq!((kept.keys.len(), &kept.sent), (450, &BTreeSet::from([8])));
        assert_eq!(kept.results, BTreeMap::from([(7, failed)]));
        assert_eq!(kept_batches(read().chain([BatchRecord::Closed { id }])), []);
    }

    #[test]
    fn a_plan_that_broke_off_was_never_begun() {
        let mut records = plan_records(&batch(1), &keys(450));
        records.pop();
        records.extend(plan_records(&batch(2), &keys(3)));
        let kept = kept_batches(records);
        assert_eq!(kept.iter().map(|kept| &kept.batch).collect::<Vec<_>>(), [&batch(2)]);
    }
}

//! What is costly to make, and is made again only when what it was made from has changed.

/// A value, and the key that it was made for.
pub(in crate::ui) struct Cached<K, V> {
    key: Option<K>,
    value: V,
}

impl<K, V: Default> Default for Cached<K, V> {
    fn default() -> Self {
        Self { key: None, value: V::default() }
    }
}

impl<K: PartialEq, V> Cached<K, V> {
    /// Makes the value if it was made for another key; returns true if so. The key names everything that the value depends on:
    /// the session, the revision of the data, the query, the order, the day.
    pub(in crate::ui) fn update(&mut self, key: K, make: impl FnOnce(&K) -> V) -> bool {
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        self.value = make(&key);
        self.key = Some(key);
        true
    }

    pub(in crate::ui) fn value(&self) -> &V {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_for_each_key() {
        let mut made = 0;
        let mut cached = Cached::<(u64, &str), usize>::default();
        for (revision, query) in [(1, ""), (1, ""), (2, ""), (2, "bob"), (2, "bob")] {
            cached.update((revision, query), |(_, query)| {
                made += 1;
                query.len()
            });
        }
        assert_eq!((made, *cached.value()), (3, 3));
    }
}

//! Writes the XML of responses.

use std::fmt::{Display, Write as _};

use super::fault::Fault;

/// A piece of XML: any number of elements side by side.
#[derive(Default)]
pub(super) struct Xml(String);

impl Xml {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Text without an element, as in a list of plain values.
    pub(super) fn plain(text: &str) -> Self {
        Self(escape(text))
    }

    /// Adds an element with text.
    pub(super) fn text(self, name: &str, value: impl Display) -> Self {
        let inner = Self::plain(&value.to_string());
        self.element(name, &inner)
    }

    /// Adds an element with text, if there is any.
    pub(super) fn text_if(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Adds an element with children.
    pub(super) fn element(self, name: &str, inner: &Self) -> Self {
        self.open(name, "", inner)
    }

    /// Adds a list in the form of the query protocol.
    pub(super) fn list(self, name: &str, members: impl IntoIterator<Item = Self>) -> Self {
        let inner = members.into_iter().fold(Self::new(), |list, member| list.element("member", &member));
        self.element(name, &inner)
    }

    fn open(mut self, name: &str, attributes: &str, Self(inner): &Self) -> Self {
        self.0.reserve(2 * name.len() + attributes.len() + inner.len() + 5);
        for part in ["<", name, attributes, ">", inner, "</", name, ">"] {
            self.0.push_str(part);
        }
        self
    }
}

/// The complete response to a successful action. Actions that return nothing have no result element.
pub(super) fn success(action: &str, namespace: &str, result: &Xml, request_id: &str) -> String {
    let mut body = Xml::new();
    if !result.0.is_empty() {
        body = body.element(&format!("{action}Result"), result);
    }
    let body = body.element("ResponseMetadata", &Xml::new().text("RequestId", request_id));
    document(&format!("{action}Response"), namespace, &body)
}

/// The complete response to a refused request.
pub(super) fn failure(fault: &Fault, namespace: &str, request_id: &str) -> String {
    let error =
        Xml::new().text("Type", fault.kind()).text("Code", fault.code).text("Message", &fault.message);
    let body = Xml::new().element("Error", &error).text("RequestId", request_id);
    document("ErrorResponse", namespace, &body)
}

fn document(root: &str, namespace: &str, body: &Xml) -> String {
    Xml::new().open(root, &format!(" xmlns=\"{namespace}\""), body).0
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A reader would turn these into plain spaces and line feeds if they were not escaped.
            '\t' | '\n' | '\r' => _ = write!(out, "&#x{:X};", u32::from(letter)),
            // XML cannot represent these.
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out_of_its_element() {
        let xml = Xml::new().text("Message", "a </Message><b> & \"c\" 'd'\r\n\u{1}");
        assert_eq!(
            xml.0,
            "<Message>a &lt;/Message&gt;&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;&#xD;&#xA;\u{FFFD}</Message>"
        );
    }

    #[test]
    fn an_action_without_a_result_has_no_result_element() {
        let xml = success("TagUser", "urn:x", &Xml::new(), "r-1");
        assert_eq!(
            xml,
            "<TagUserResponse xmlns=\"urn:x\"><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></TagUserResponse>"
        );
    }

    #[test]
    fn an_empty_list_is_still_there() {
        let none: [Xml; 0] = [];
        assert_eq!(Xml::new().list("Tags", none).0, "<Tags></Tags>");
    }
}

//! Exporting keys: which format, which file, and what the report says.

use std::sync::Arc;

use egui::Ui;

use super::ages::days_of;
use super::all_keys::AllKeys;
use super::entry::Entry;
use super::filter::Filter;
use crate::core::{KeyExportMsg, Msg, OpenAccount};
use crate::domain::{AccountRef, KeyReport, KeyReportFormat, ReportedFinding, ReportedKeyLine};
use crate::ui::export_form::{ExportForm, Pressed};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{Dialog, chip, label};
use crate::ui::{View, words};

/// Which keys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All that the filter shows.
    Shown,
    Selected,
}

/// The dialog.
pub(super) struct ExportDialog {
    pub(super) scope: Scope,
    format: KeyReportFormat,
    form: ExportForm,
}

impl ExportDialog {
    pub(super) fn new(view: &mut View<'_>, scope: Scope) -> Self {
        view.push(Msg::KeyExport(KeyExportMsg::Forget));
        let format = KeyReportFormat::default();
        let file = words::account_keys::report_file(view.now.date, view.zone, format);
        Self { scope, format, form: ExportForm::new(view, &file) }
    }

    /// Returns true once it is to be closed. `keys`: those of its scope.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        view: &mut View<'_>,
        count: usize,
        report: impl FnOnce(&View<'_>) -> KeyReport,
    ) -> bool {
        let mut close = false;
        let title = format!("Export {}", words::account_keys::count(count));
        let dialog = Dialog { id: "export keys", name: "Export keys", title: &title, width: 680.0 };
        let esc = dialog.show(ui, |ui| {
            let color = ui.tokens().text_secondary;
            label(ui, words::account_keys::EXPORT_HINT, Style::Body, color);
            ui.add_space(space::S4);
            self.formats(ui);
            ui.add_space(space::S4);
            let state = view.model.key_export.clone();
            match self.form.show(ui, state.as_ref()) {
                Pressed::Nothing => {}
                Pressed::Forget => view.push(Msg::KeyExport(KeyExportMsg::Forget)),
                Pressed::Close => close = true,
                Pressed::Write { path, replace } => {
                    let (report, format) = (Box::new(report(view)), self.format);
                    view.push(Msg::KeyExport(KeyExportMsg::Write { report, format, path, replace }));
                }
            }
        });
        close || esc
    }

    fn formats(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S3;
            for format in KeyReportFormat::ALL {
                let is_chosen = self.format == format;
                let name = format!("Export as {}", format.name());
                if chip(ui, is_chosen, format.name(), &name).clicked() && !is_chosen {
                    self.format = format;
                    self.form.set_extension(format.extension());
                }
            }
        });
    }
}

/// What is written of these keys. `scope`: why these.
pub(super) fn report(
    view: &View<'_>,
    open: &OpenAccount,
    all: &AllKeys,
    keys: &[Arc<Entry>],
    scope: String,
) -> KeyReport {
    let account = AccountRef::from(&open.account);
    let policy = &open.prefs.policy;
    let ages = all.ages.iter().enumerate().map(|(bar, count)| {
        let (first, last) = days_of(bar);
        (words::account_keys::ages(first, last), *count)
    });
    let line = |entry: &Arc<Entry>| ReportedKeyLine {
        user: if entry.is_root() { entry.user() } else { entry.id.user.to_string() },
        id: entry.key_id().map(ToString::to_string),
        status: entry.status,
        created: entry.created,
        age_days: entry.age_days(view.now.date),
        last_use: entry.last_use.clone(),
        description: entry.description.clone(),
        findings: entry
            .findings
            .iter()
            .map(|one| ReportedFinding { finding: words::finding(*one), cis: one.cis_item() })
            .collect(),
    };
    KeyReport {
        account_id: account.id,
        account: account.name,
        endpoint: account.endpoint,
        caller: open.account.caller_arn.clone(),
        at: view.now.date,
        data: words::account_keys::data(open),
        scope,
        total: all.total,
        limits: words::account_keys::limits(policy),
        ages: ages.collect(),
        keys: keys.iter().map(line).collect(),
    }
}

/// Why these keys are in the report, in words.
pub(super) fn scope_words(scope: Scope, filter: &Filter, open: &OpenAccount) -> String {
    let chips = filter.chips.iter().map(|chip| words::account_keys::chip(chip, &open.prefs.policy));
    let age = filter.age.map(|bar| {
        let (first, last) = days_of(bar);
        format!("active, {}", words::account_keys::ages(first, last))
    });
    let query = filter.query.trim();
    let query = (!query.is_empty()).then(|| format!("“{query}”"));
    let selected = (scope == Scope::Selected).then(|| "selected keys".to_owned());
    let parts: Vec<String> = selected.into_iter().chain(chips).chain(age).chain(query).collect();
    if parts.is_empty() { "none, all keys".to_owned() } else { parts.join(", ") }
}

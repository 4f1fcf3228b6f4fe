//! The limits that findings are measured by, as they are typed.

use egui::Ui;
use egui::accesskit::Live;

use crate::domain::{Days, NotAPattern, NotDays, Policy, UserPatterns};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{Field, Wrong, announce, label};
use crate::ui::words::policy as words;

/// Where the fields begin, from the left.
const FIELDS: f32 = 348.0;

/// What has been typed so far.
pub(super) struct PolicyForm {
    limits: [String; 4],
    patterns: [String; 2],
}

impl PolicyForm {
    pub(super) fn of(policy: &Policy) -> Self {
        let limits =
            [policy.max_age_days, policy.machine_max_age_days, policy.max_unused_days, policy.grace_days];
        Self {
            limits: limits.map(|days| days.get().to_string()),
            patterns: [&policy.machine_users, &policy.exempt_users].map(ToString::to_string),
        }
    }

    /// `None` if something that was typed is no limit or no pattern.
    pub(super) fn policy(&self) -> Option<Policy> {
        let [max_age_days, machine_max_age_days, max_unused_days, grace_days] = self.limits();
        let [machine_users, exempt_users] = self.patterns();
        Some(Policy {
            max_age_days: max_age_days.ok()?,
            machine_max_age_days: machine_max_age_days.ok()?,
            max_unused_days: max_unused_days.ok()?,
            grace_days: grace_days.ok()?,
            machine_users: machine_users.ok()?,
            exempt_users: exempt_users.ok()?,
        })
    }

    fn limits(&self) -> [Result<Days, NotDays>; 4] {
        self.limits.each_ref().map(|text| Days::parse(text))
    }

    fn patterns(&self) -> [Result<UserPatterns, NotAPattern>; 2] {
        self.patterns.each_ref().map(|text| UserPatterns::parse(text))
    }

    pub(super) fn show(&mut self, ui: &mut Ui) {
        let tokens = ui.tokens();
        label(ui, words::TITLE, Style::SmallMedium, tokens.text_secondary);
        ui.add_space(space::S2);
        let problems = self.limits().map(|days| days.err().map(|_| words::not_days()));
        for ((word, text), problem) in words::LIMITS.into_iter().zip(&mut self.limits).zip(problems) {
            ui.horizontal(|ui| {
                let left = ui.cursor().left();
                label(ui, word, Style::Body, tokens.text_primary);
                ui.add_space((left + FIELDS - ui.cursor().left()).max(space::S3));
                Field::new(text, word).limit(8).wrong(wrong(problem.as_ref())).show(ui);
            });
            tell(ui, problem);
        }
        let problems = self.patterns().map(|users| users.err().map(|fault| words::not_a_pattern(&fault)));
        for ((word, text), problem) in words::PATTERNS.into_iter().zip(&mut self.patterns).zip(problems) {
            label(ui, word, Style::Body, tokens.text_primary);
            ui.add_space(space::S2);
            let field = Field::new(text, word).hint(words::PATTERN_HINT).limit(4096);
            field.wrong(wrong(problem.as_ref())).show(ui);
            tell(ui, problem);
        }
        label(ui, words::PATTERNS_TELL, Style::Small, tokens.text_secondary);
    }
}

fn wrong(problem: Option<&String>) -> Wrong {
    if problem.is_some() { Wrong::Yes } else { Wrong::No }
}

/// What is wrong, below its field.
fn tell(ui: &mut Ui, problem: Option<String>) {
    if let Some(problem) = problem {
        let told = label(ui, problem, Style::Small, ui.tokens().danger_text);
        announce(&told, Live::Assertive);
    }
    ui.add_space(space::S3);
}

"""Pairs of config and credentials files with an environment, made up from all that people write into them.

A case knows which sections it damages. Beside the files as they are there is a clean version of them without the damaging
lines, because botocore refuses a whole file for one line.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import botocore.configloader

NAMES = ["dev", "prod", "ops", "default", "my corp", "bücher", "a&b", "x,y", "shop(eu)", "l[1]", "it's", "c:d", "a#b", "UPPER"]
SESSIONS = ["corp", "my corp", "lab"]
SERVICES = ["local", "my lab", "gone"]
REGIONS = ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "af-south-1", "eusc-de-east-1"]
ODD_REGIONS = ["", "None", '"eu-west-1"', "US East (N. Virginia)", "eu-west-1 # Dublin", "local", "-x", "aws-global"]
URLS = ["http://127.0.0.1:5000", "https://vpce-1.iam.eu-west-1.vpce.amazonaws.com", "http://localhost:4566/", "", "localhost:5000"]
ARNS = ["arn:aws:iam::111122223333:role/Admin", "arn:aws-cn:iam::111122223333:role/team/Admin", "arn:aws-us-gov:iam::1:role/R"]
COMMANDS = [
    "/x/creds --tag #prod --role Admin", "/x/creds --dn CN=anna;OU=it", "/x/creds --password pa$HOME-x",
    "/x/creds --url https://idp.example/app?tenant=a&app=b", "/x/creds --name Shop(EU)", "'/opt/a b/creds' \"--x y\" ''",
    "/x/creds 'open", "/x/creds \\", "", "/x/creds a\\ b \"c\\\"d\\e\" | sort > $(x) `y`", "~/bin/creds %PATH% *", "\"\"",
]
NOISE = [
    "[", "]", "=", ":", "#", ";", "'", '"', "\\", "\n", "\n ", "\n  x", "\r", "\t", " ", "\v", "\f", "\x1c", "\x1e", "\x1f", "\x85", "\xa0",
    "\u2028", "\u3000", "\u200b", "\0", "é", "İ", "\n[profile new]\n", "\n[DEFAULT]\n", "\n[", "\n= x", "\n# ", "\nregion = eu-west-1", "\n  = x",
]
TRUTHS = ["true", "True", "false", "yes", "", "1"]


@dataclass
class Section:
    """One section of a file: its lines, and those of them that botocore refuses the file for."""

    header: str
    kind: str  # profile, session, services or other
    name: str
    lines: list[str] = field(default_factory=list)
    faulty: list[tuple[int, str]] = field(default_factory=list)


def what(header: str) -> list[list[str]]:
    """What a header of the config file stands for, by botocore itself."""
    found = botocore.configloader.build_profile_map({header: {}})
    return [[kind, name] for kind, key in [("profile", "profiles"), ("session", "sso_sessions"), ("services", "services")] for name in found[key]]


def without_repeated_headers(sections: list[Section]) -> list[Section]:
    """The same header twice is a fault, which is made on purpose."""
    known: dict[str, Section] = {}
    for section in sections:
        known.setdefault(section.header, section)
    return list(known.values())


class Maker:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0

    def often(self, chance: float) -> bool:
        return self.rng.random() < chance

    def pick(self, options):
        return self.rng.choice(options)

    def key(self) -> str:
        """Another one each time, so that one taken from the wrong place is seen."""
        self.count += 1
        return f"AKIA{self.count:04}{self.rng.randrange(10**8):08}"

    # Values.

    def keys(self) -> list[tuple[str, str]]:
        key = self.key()
        settings = [("aws_access_key_id", key), ("aws_secret_access_key", f"secret-{key}")]
        if self.often(0.3):
            settings.append((self.pick(["aws_session_token", "aws_security_token"]), self.pick([f"token-{key}", ""])))
        if self.often(0.1):
            settings.append(("aws_session_token", f"other-token-{key}"))
        if self.often(0.12):
            settings.pop(self.rng.randrange(len(settings)))
        if self.often(0.06):
            place = self.rng.randrange(len(settings)) if settings else 0
            settings[place:place + 1] = [(settings[place][0], self.pick(["", f"{key} # spring", f"{key}\n  more"]))] if settings else []
        return settings

    def role(self) -> list[tuple[str, str]]:
        settings = [("role_arn", self.pick(ARNS) if self.often(0.95) else "")]
        if self.often(0.85):
            settings.append(("source_profile", self.pick(self.names) if self.often(0.93) else self.pick(["nowhere", ""])))
        if self.often(0.15):
            settings.append(("credential_source", self.pick(["Environment", "Ec2InstanceMetadata", "EcsContainer", "environment", "Moon"])))
        for name, values in [
            ("external_id", ["partner", ""]), ("role_session_name", ["anna", ""]),
            ("duration_seconds", ["7200", "+3_600", "1h", "", "900 # short", "99999999999"]),
            ("mfa_serial", ["arn:aws:iam::111122223333:mfa/anna", ""]),
            ("web_identity_token_file", ["/x/token", ""]),
        ]:
            if self.often(0.18):
                settings.append((name, values[0] if self.often(0.7) else self.pick(values)))
        return settings

    def sso(self) -> list[tuple[str, str]]:
        settings = []
        if self.often(0.85):
            settings.append(("sso_account_id", self.pick(["111122223333", "111122223333", "111122223333", ""])))
        if self.often(0.85):
            settings.append(("sso_role_name", "Admin"))
        if self.often(0.6):
            settings.append(("sso_session", self.pick(SESSIONS) if self.often(0.9) else self.pick(["nowhere", ""])))
        if self.often(0.5):
            settings.append(("sso_start_url", self.pick(["https://corp.example/start", "https://own.example"])))
        if self.often(0.5):
            settings.append(("sso_region", self.pick(["eu-west-1", "us-gov-west-1"])))
        return settings

    def more(self) -> list[tuple[str, str]]:
        settings = []
        for name, values, chance in [
            ("region", REGIONS + ODD_REGIONS, 0.45),
            ("mfa_serial", ["arn:aws:iam::111122223333:mfa/anna", ""], 0.08),
            ("login_session", ["arn:aws:iam::111122223333:user/anna"], 0.05),
            ("credential_process", COMMANDS, 0.2),
            ("services", SERVICES + ["nowhere"], 0.12),
            ("endpoint_url", URLS, 0.1),
            ("use_fips_endpoint", TRUTHS, 0.06),
            ("use_dualstack_endpoint", TRUTHS, 0.06),
            ("ignore_configured_endpoint_urls", TRUTHS, 0.05),
            ("sts_regional_endpoints", ["legacy", "regional", "Legacy", ""], 0.08),
            ("ca_bundle", ["/x/ca.pem", ""], 0.05),
            ("output", ["json", ""], 0.2),
            ("s3", ["\n  addressing_style = path\n  x = y"], 0.08),
        ]:
            if self.often(chance):
                settings.append((name, self.rng.choice(values[:6]) if name == "region" and self.often(0.75) else self.pick(values)))
        return settings

    # Text.

    def setting(self, name: str, value: str, indent: str) -> list[str]:
        if self.often(0.08):
            name = name.upper() if self.often(0.5) else name.title()
        sign = self.pick([" = ", " = ", "=", ": ", " : ", "\t=\t", " =", "= "])
        first, *rest = value.split("\n")
        end = self.pick(["", "", "", "", " ", "\t", "\u00a0"])
        lines = [f"{indent}{name}{sign}{first}{end}"] + [f"{indent}{line}" for line in rest]
        if self.often(0.08):
            lines.append(f"{indent}  {self.pick(['#', ';'])} rotated in spring = x")
        if self.often(0.05):
            lines.append("" if self.often(0.7) else "   ")
        return lines

    def section(self, header: str, kind: str, name: str, settings: list[tuple[str, str]]) -> Section:
        section = Section(header, kind, name)
        indent = self.pick(["", "", "", "", "", "  ", "\t"])
        self.rng.shuffle(settings)
        seen = set()
        for setting, value in settings:
            if setting not in seen:
                seen.add(setting)
                section.lines += self.setting(setting, value, indent)
        if self.often(0.05):
            section.lines.insert(self.rng.randrange(len(section.lines) + 1), self.pick(["# a comment", "; [profile hidden]", "  # x = y"]))
        return section

    def damage(self, section: Section) -> None:
        places = [place for place, line in enumerate(section.lines) if line[:1] not in (" ", "\t", "")]
        kind = self.pick(["no sign", "no name", "twice", "again"])
        if kind == "again" and section.header != "DEFAULT":
            section.faulty.append((len(section.lines), f"[{section.header}]"))
            return
        if kind == "twice" and places:
            line = section.lines[self.pick(places)]
            if line.lstrip()[:1] in "#;" or not ("=" in line or ":" in line):
                line = "nothing"
            section.faulty.append((len(section.lines), line))
        else:
            section.faulty.append((self.rng.randrange(len(places) + 1) and 0, "= nobody" if kind == "no name" else "nothing"))

    def profile_header(self, name: str) -> str:
        quoted = "'" in name or '"' in name
        plain = not any(char in name for char in " '\"\\")
        forms = [f'profile "{name}"'] if quoted else [f'profile "{name}"', f"profile '{name}'"]
        if " " in name:
            forms.append("profile " + name.replace(" ", "\\ "))
        if plain:
            forms += [f"profile {name}"] * 6 + [f"profile  {name}", f"profile\t{name} ", f"profiles {name}"]
            forms += [f" profile {name}", name, f"profile {name} x"] if self.often(0.15) else []
        if name == "default":
            forms += ["default"] * 8 + [" default "]
        return self.pick(forms)

    def case(self, number: int) -> dict:
        self.names = self.rng.sample(NAMES, self.rng.randrange(1, 5))
        config, credentials = [], []
        for name in self.names:
            where = self.pick(["config", "config", "both", "credentials"])
            if where != "credentials":
                for _ in range(2 if self.often(0.1) else 1):
                    config.append(self.section(self.profile_header(name), "profile", name, self.settings()))
            if where != "config":
                settings = self.keys() if self.often(0.75) else self.settings()
                header = name if self.often(0.93) else f" {name} "
                credentials.append(self.section(header, "profile", header, settings))
        for name in SESSIONS:
            if self.often(0.35):
                settings = [("sso_start_url", "https://corp.example/start"), ("sso_region", self.pick(["eu-west-1", "us-gov-west-1"]))]
                if self.often(0.2):
                    settings.pop()
                if self.often(0.1):
                    settings.append(("sso_account_id", "999"))
                config.append(self.section(f'sso-session "{name}"' if " " in name or self.often(0.2) else f"sso-session {name}", "session", name, settings))
        for name in SERVICES[:2]:
            if self.often(0.3):
                settings = [(self.pick(["iam", "sts", "sso", "sso_oidc", "IAM", "s3"]), "\n  endpoint_url = " + self.pick(URLS[:3])) for _ in range(2)]
                if self.often(0.1):
                    settings = []
                config.append(self.section(f'services "{name}"', "services", name, settings))
        for header in ["plugins", "preview", "bare"]:
            if self.often(0.05):
                config.append(self.section(header, "other", header, [("x", "y")]))
        for sections in (config, credentials):
            self.rng.shuffle(sections)
            if self.often(0.04):
                settings = self.more() if self.often(0.7) else self.keys()
                sections.insert(self.rng.randrange(len(sections) + 1), self.section("DEFAULT", "for all", "DEFAULT", settings))
        config, credentials = without_repeated_headers(config), without_repeated_headers(credentials)
        damaged = []
        if self.often(0.12) and (config or credentials):
            sections = self.pick([some for some in (config, credentials) if some])
            section = self.pick(sections)
            self.damage(section)
            if sections is credentials and section.header != "DEFAULT":
                damaged.append(["profile", section.header])
            elif sections is config:
                damaged += what(section.header)
            if not damaged:
                damaged.append(["nothing", section.header])
        self.end = self.pick(["\n", "\n", "\n", "\r\n", "\r"])
        header = self.pick([str, str, str, lambda text: f"{text} # x"])
        texts = {}
        for name, sections in [("config", config), ("credentials", credentials)]:
            for version in ("", ".clean"):
                texts[name + version] = self.text(sections, header, clean=bool(version)) if sections or self.often(0.5) else None
        noise = self.often(0.15)
        if noise:
            damaged = []
            for name in ("config", "credentials"):
                text = texts[f"{name}.clean"]
                texts[name] = texts[f"{name}.clean"] = text and self.noisy(text)
        return {"case": number, "texts": texts, "damaged": damaged, "noise": noise, "env": self.environment()}

    def noisy(self, text: str) -> str:
        """Some characters more, less, or others: what becomes of it, botocore alone knows."""
        chars = list(text)
        for _ in range(self.rng.randrange(1, 5)):
            place = self.rng.randrange(len(chars) + 1)
            if self.often(0.3):
                del chars[place:place + self.pick([1, 1, 2, 10])]
            else:
                chars.insert(place, self.pick(NOISE))
        return "".join(chars)

    def settings(self) -> list[tuple[str, str]]:
        settings = self.more()
        for part, chance in [(self.keys, 0.4), (self.role, 0.35), (self.sso, 0.25)]:
            if self.often(chance):
                settings += part()
        return settings

    def text(self, sections: list[Section], header, clean: bool) -> str:
        lines = []
        for section in sections:
            lines.append(header(f"[{section.header}]"))
            body = list(section.lines)
            if not clean:
                for place, line in section.faulty:
                    body.insert(place, line)
            lines += body + [""]
        return self.end.join(lines)

    def environment(self) -> dict[str, str]:
        env = {}
        for name, values, chance in [
            ("AWS_REGION", ["eu-west-3", "cn-northwest-1", "nowhere"], 0.06),
            ("AWS_DEFAULT_REGION", ["eu-west-3", "eu-central-1", "cn-north-1", "us-gov-west-1", "US", ""], 0.15),
            ("AWS_ENDPOINT_URL", URLS, 0.04),
            ("AWS_ENDPOINT_URL_IAM", URLS, 0.04),
            ("AWS_ENDPOINT_URL_STS", URLS, 0.04),
            ("AWS_ENDPOINT_URL_SSO_OIDC", URLS, 0.03),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", TRUTHS, 0.04),
            ("AWS_STS_REGIONAL_ENDPOINTS", ["legacy", "regional", "none", ""], 0.06),
            ("AWS_USE_FIPS_ENDPOINT", TRUTHS, 0.04),
            ("AWS_USE_DUALSTACK_ENDPOINT", TRUTHS, 0.03),
            ("AWS_CA_BUNDLE", ["/env/ca.pem"], 0.03),
        ]:
            if self.often(chance):
                env[name] = self.pick(values)
        # What a profile that was picked must never be replaced by.
        if self.often(0.3):
            env |= {"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_PROFILE": self.pick(NAMES)}
        if self.often(0.1):
            env |= {"AWS_ROLE_ARN": ARNS[0], "AWS_WEB_IDENTITY_TOKEN_FILE": "/env/token"}
        return env

"""What botocore, the library of the AWS CLI, does with a profile, as far as that goes without a network."""

from __future__ import annotations

import os

import botocore.compat
import botocore.configprovider
import botocore.credentials
import botocore.exceptions
import botocore.session
from botocore.credentials import Credentials

ASSUME = botocore.credentials.AssumeRoleCredentialFetcher
# The AWS CLI 2 and every other SDK read AWS_REGION first; botocore itself reads the second one alone.
REGION = ("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], None, None)
SERVICES = {"iam": "ListUsers", "sts": "GetCallerIdentity", "sso": "GetRoleCredentials", "sso-oidc": "CreateToken"}


class Marked(Credentials):
    """Credentials that only say where they would come from."""

    def __init__(self, base):
        super().__init__("", "", method=base["from"])
        self.base = base


def load_process(self):
    command = self._credential_process
    if command is None:
        return None
    words = botocore.compat.compat_shell_split(command)
    return Marked({"from": "process", "command": [words[0], *words[1:]]})


def load_login(self):
    profile = self._load_config().get("profiles", {}).get(self._profile_name, {})
    return Marked({"from": "login", "session": profile["login_session"]}) if "login_session" in profile else None


botocore.credentials.ProcessProvider.load = load_process
botocore.credentials.LoginProvider.load = load_login
botocore.credentials.InstanceMetadataProvider.load = lambda self: Marked({"from": "instance"})
botocore.credentials.ContainerProvider.load = lambda self: Marked({"from": "container"})
botocore.credentials.EnvProvider.load = lambda self: Marked({"from": "environment"})
# Neither ~/.boto nor /etc/boto.cfg: those are of no profile.
botocore.credentials.BotoProvider.load = lambda self: None
botocore.credentials.OriginalEC2Provider.load = lambda self: None


class Botocore:
    """Asks botocore; remembers the endpoints of AWS, which take long to find."""

    def __init__(self):
        self.loader = botocore.session.Session().get_component("data_loader")
        self.endpoints = {}

    def session(self, profile):
        session = botocore.session.Session(profile=profile, session_vars={"region": REGION}, include_builtin_handlers=False)
        session.register_component("data_loader", self.loader)
        return session

    def profiles(self):
        """The names of all profiles, or None where a file is refused as a whole."""
        try:
            return self.session(None).available_profiles
        except botocore.exceptions.ConfigParseError:
            return None

    def resolve(self, profile, region=None):
        """`region`: instead of that of the environment and the profile."""
        session = self.session(profile)
        if region is not None:
            session.set_config_variable("region", region)
        try:
            credentials = session.get_credentials()
            if credentials is None:
                return {"refused": "no credentials"}
            base, roles = chain(credentials)
            if base["from"] in ("instance", "container") and not roles:
                return {"refused": "no credentials in the profile"}
            region = session.get_config_variable("region")
            return {
                "base": base, "roles": roles, "region": region, "ca_bundle": session.get_config_variable("ca_bundle"),
                "endpoints": self.of(session, region, base),
            }
        except Exception as error:  # Whatever it is: the AWS CLI prints it and ends.
            return {"refused": f"{type(error).__name__}: {error}"}

    def of(self, session, region, base):
        settings = [session.get_config_variable(name) for name in ("sts_regional_endpoints", "use_fips_endpoint", "use_dualstack_endpoint")]
        ignored = session.get_config_variable("ignore_configured_endpoint_urls")
        found = {}
        for service in SERVICES:
            if service.startswith("sso") and base["from"] != "sso":
                found[service] = None
                continue
            provider = botocore.configprovider.ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), service)
            url = None if ignored else provider.provide()
            at = base["region"] if service.startswith("sso") else region
            found[service] = self.endpoint(service, at, settings, url)
        return found

    def endpoint(self, service, region, settings, url):
        key = (service, region, *settings, url)
        if key not in self.endpoints:
            self.endpoints[key] = self.ask(service, region, settings, url)
        found = self.endpoints[key]
        if isinstance(found, Exception):
            raise found
        return found

    def ask(self, service, region, settings, url):
        """Of a client of its own, without files and environment."""
        kept = dict(os.environ)
        os.environ.clear()
        os.environ.update({"HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"})
        regional, fips, dual_stack = settings
        for name, value in [("AWS_STS_REGIONAL_ENDPOINTS", regional), ("AWS_USE_FIPS_ENDPOINT", fips), ("AWS_USE_DUALSTACK_ENDPOINT", dual_stack)]:
            if value is not None:
                os.environ[name] = str(value)
        try:
            session = self.session(None)
            session.set_credentials("id", "secret")
            client = session.create_client(service, region_name=region, endpoint_url=url)
            operation = client.meta.service_model.operation_model(SERVICES[service])
            found, _, _ = client._resolve_endpoint_ruleset(operation, {}, {})
            return found
        except Exception as error:
            return error
        finally:
            os.environ.clear()
            os.environ.update(kept)


def chain(credentials):
    """Where the first credentials come from, and the roles, the one that is assumed first in front."""
    if isinstance(credentials, Marked):
        return credentials.base, []
    refresh = getattr(credentials, "_refresh_using", None)
    refresh = getattr(refresh, "_refresh", refresh)
    fetcher = getattr(refresh, "__self__", None)
    if isinstance(fetcher, ASSUME):
        base, roles = chain(fetcher._source_credentials)
        arguments = fetcher._assume_kwargs
        name = None if fetcher._using_default_session_name else arguments.get("RoleSessionName")
        role = {
            "role_arn": arguments["RoleArn"], "external_id": arguments.get("ExternalId"), "session_name": name,
            "duration": arguments.get("DurationSeconds"), "serial": arguments.get("SerialNumber"),
        }
        return base, [*roles, role]
    if isinstance(fetcher, botocore.credentials.AssumeRoleWithWebIdentityCredentialFetcher):
        name = None if fetcher._using_default_session_name else fetcher._assume_kwargs["RoleSessionName"]
        token = fetcher._web_identity_token_loader._web_identity_token_path
        return {"from": "web identity", "role_arn": fetcher._role_arn, "token": token, "session_name": name}, []
    if isinstance(fetcher, botocore.credentials.SSOCredentialFetcher):
        if fetcher._token_provider is not None:
            # What it looks up when the token is needed.
            fetcher._token_provider._load_sso_config()
        return {
            "from": "sso", "session": fetcher._sso_session_name, "start_url": fetcher._start_url, "region": fetcher._sso_region,
            "account": fetcher._account_id, "role": fetcher._role_name,
        }, []
    assert type(credentials) is Credentials, credentials
    return {"from": "keys", "id": credentials.access_key, "secret": credentials.secret_key, "token": credentials.token or None}, []

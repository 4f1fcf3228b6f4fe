"""Compares the practice account's responses with AWS's own description of IAM and STS.

    check.py FILE

`main.rs` in this folder writes FILE. botocore's service models define members, values, lengths, patterns and errors, and
botocore's parser must read every response. First the check proves that it can fail, on responses broken on purpose.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl

from botocore.parsers import QueryParser
from botocore.session import get_session
from botocore.validate import ParamValidator

# Errors that any operation may answer with: IAM API reference, "Common Errors".
COMMON = {
    "AccessDenied": 403,
    # A temporary credential that is over: IAM user guide, "Troubleshoot temporary security credentials".
    "ExpiredToken": 403,
    "InvalidAction": 400,
    "InvalidClientTokenId": 403,
    "MissingAuthenticationToken": 403,
    "Throttling": 400,
    "ValidationError": 400,
}

MODELS = {
    model.api_version: model
    for model in (get_session().get_service_model("iam", "2010-05-08"), get_session().get_service_model("sts", "2011-06-15"))
}

OPERATIONS = Path(__file__).parents[2] / "src/practice/operations.rs"


def check(line):
    """What is wrong with one request and its answer."""
    form = dict(parse_qsl(line["request"], keep_blank_values=True))
    model = MODELS[form.pop("Version")]
    operation = model.operation_model(form.pop("Action"))
    try:
        root = ElementTree.fromstring(line["response"])
    except ElementTree.ParseError as error:
        return [f"not XML: {error}"]
    namespace = "{" + model.metadata["xmlNamespace"] + "}"
    foreign = [f"namespace of {node.tag}" for node in root.iter() if not node.tag.startswith(namespace)]
    if foreign:
        return foreign
    for node in root.iter():
        node.tag = node.tag.removeprefix(namespace)
    # What is out of shape is not given to the parser: it takes some of it in silence and stumbles over the rest.
    problems = shape_of(operation, root) if line["status"] == 200 else []
    if problems:
        return problems
    raw = {"status_code": line["status"], "headers": {}, "body": line["response"].encode()}
    parsed = QueryParser().parse(raw, operation.output_shape)
    request_id = parsed.pop("ResponseMetadata").get("RequestId", "")
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", request_id):
        return ["no request id"]
    if line["status"] != 200:
        return failure(operation, root, line["status"], parsed["Error"])
    answer = values(operation.output_shape, parsed, "answer") if operation.output_shape else []
    return request(operation, form) + answer


def request(operation, form):
    """What is wrong with a request that was accepted."""
    if operation.input_shape is None:
        return [f"request: unknown {name}" for name in form]
    taken = set()
    params = read_form(operation.input_shape, form, "", taken) or {}
    report = ParamValidator().validate(params, operation.input_shape).generate_report()
    problems = [f"request: unknown {name}" for name in form if name not in taken]
    problems += [f"request: {report}"] if report else []
    return problems + values(operation.input_shape, params, "request")


def read_form(shape, form, prefix, taken):
    """The parameters of a form, put together as the query protocol takes them apart."""
    if shape.type_name == "structure":
        dot = f"{prefix}." if prefix else ""
        members = {name: read_form(member, form, dot + name, taken) for name, member in shape.members.items()}
        return {name: value for name, value in members.items() if value is not None} or None
    if shape.type_name == "list":
        items = []
        while (item := read_form(shape.member, form, f"{prefix}.member.{len(items) + 1}", taken)) is not None:
            items.append(item)
        return items or None
    if prefix not in form:
        return None
    taken.add(prefix)
    return int(form[prefix]) if shape.type_name == "integer" else form[prefix]


def shape_of(operation, root):
    """What is wrong with the elements of an answer to a request that went well."""
    if root.tag != operation.name + "Response":
        return [f"root {root.tag}"]
    shape = operation.output_shape
    wrapper = shape.serialization["resultWrapper"] if shape else None
    problems = [f"unknown {node.tag}" for node in root if node.tag not in (wrapper, "ResponseMetadata")]
    if shape is None:
        return problems
    result = root.find(wrapper)
    return problems + ([f"no {wrapper}"] if result is None else unknown(shape, result, wrapper))


def unknown(shape, node, path):
    """Elements that the model does not know or that come twice."""
    if shape.type_name == "structure":
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        problems = [f"{path}: twice {tag}" for tag, count in Counter(child.tag for child in node).items() if count > 1]
        for child in node:
            if child.tag in members:
                problems += unknown(members[child.tag], child, f"{path}.{child.tag}")
            else:
                problems.append(f"{path}: unknown {child.tag}")
        return problems
    if shape.type_name == "list":
        wrong = [f"{path}: unknown {child.tag}" for child in node if child.tag != "member"]
        return wrong + [found for child in node for found in unknown(shape.member, child, path)]
    if shape.type_name == "map":
        tags = [[child.tag for child in entry] for entry in node]
        return [] if all(entry == ["key", "value"] for entry in tags) else [f"{path}: not entries of key and value"]
    if shape.type_name == "boolean" and node.text not in ("true", "false"):
        return [f"{path}: {node.text!r} is not a boolean"]
    if shape.type_name == "timestamp" and not re.fullmatch(r"\d{4}(-\d\d){2}T\d\d(:\d\d){2}Z", node.text or ""):
        return [f"{path}: {node.text!r} is not a date"]
    return [f"{path}: elements in a {shape.type_name}"] if len(node) else []


def values(shape, value, path):
    """Members that are missing, and values that are out of bounds."""
    if shape.type_name == "structure":
        problems = [f"{path}: no {name}" for name in shape.required_members if name not in value]
        return problems + [
            found
            for name, member in value.items()
            for found in values(shape.members[name], member, f"{path}.{name}")
        ]
    if shape.type_name == "list":
        return bounds(shape, len(value), path) + [found for item in value for found in values(shape.member, item, path)]
    if shape.type_name == "map":
        return [found for key in value for found in values(shape.key, key, f"{path} key {key}")]
    if shape.type_name == "integer":
        return bounds(shape, value, path)
    if shape.type_name != "string":
        return []
    problems = bounds(shape, len(value), path)
    if shape.enum and value not in shape.enum:
        problems.append(f"{path}: {value!r} is none of {shape.enum}")
    # Python has no names for classes of letters: \w and \s are those of Unicode here.
    pattern = shape.metadata.get("pattern", ".*").replace(r"\p{L}\p{Z}\p{N}", r"\w\s")
    if not re.fullmatch(pattern, value):
        problems.append(f"{path}: {value!r} does not match {pattern}")
    return problems


def bounds(shape, number, path):
    low, high = shape.metadata.get("min", number), shape.metadata.get("max", number)
    return [] if low <= number <= high else [f"{path}: {number} is not in {low} to {high}"]


def failure(operation, root, status, error):
    """What is wrong with a refusal: the operation must declare it, and it must come with its HTTP status."""
    declared = {shape.metadata["error"]["code"]: shape.metadata["error"] for shape in operation.error_shapes}
    code, expected = error.get("Code"), dict(COMMON)
    expected.update({code: entry["httpStatusCode"] for code, entry in declared.items()})
    problems = []
    if [child.tag for child in root] != ["Error", "RequestId"] or root.tag != "ErrorResponse":
        problems.append("not an ErrorResponse of Error and RequestId")
    if code not in expected:
        problems.append(f"{code} is not an error of {operation.name}")
    elif expected[code] != status:
        problems.append(f"{code} comes with {expected[code]}, not {status}")
    if error.get("Type") != ("Sender" if status < 500 else "Receiver"):
        problems.append(f"type {error.get('Type')}")
    return problems if error.get("Message") else [*problems, "no message"]


# Answers broken on purpose: action, status, what is replaced (the first of it), by what, and what must be found.
BROKEN = [
    ("ListUsers", 200, "UserId>", "Userid>", "unknown Userid"),
    ("ListUsers", 200, "<UserId>", "<Userid>", "not XML"),
    ("ListUsers", 200, r"<UserId>\w+</UserId>", "", "no UserId"),
    ("ListUsers", 200, "<IsTruncated>", "<IsTruncated>x", "not a boolean"),
    ("ListUsers", 200, r"(?<=<CreateDate>)[^<]+", "2026-08-25", "not a date"),
    ("ListUsers", 200, r"(?<=<Path>)[^<]+", "people", "does not match"),
    ("ListUsers", 200, r"(?<=<UserName>)[^<]+", "a" * 65, "is not in 1 to 64"),
    ("ListUsers", 200, "ListUsersResult>", "Result>", "no ListUsersResult"),
    ("ListUsers", 200, "https://iam", "https://sts", "namespace"),
    ("ListAccessKeys", 200, "<Status>Active", "<Status>On", "is none of"),
    ("CreateAccessKey", 200, r"<SecretAccessKey>[^<]+</SecretAccessKey>", "", "no SecretAccessKey"),
    ("GetAccountSummary", 200, "<key>Users<", "<key>People<", "is none of"),
    ("GetAccountSummary", 200, "<key>Users</key>", "", "not entries"),
    ("GenerateCredentialReport", 200, "<State>STARTED", "<State>BEGUN", "is none of"),
    ("GetCredentialReport", 200, "<ReportFormat>text/csv", "<ReportFormat>text/xml", "is none of"),
    ("GetCredentialReport", 404, "ReportInProgress", "ReportBusy", "is not an error of"),
    ("GetCredentialReport", 410, "ReportNotPresent", "ReportInProgress", "comes with 404"),
    ("ListUserTags", 200, "(?<=<Value>)[^<]+", "x" * 257, "is not in 0 to 256"),
    ("TagUser", 200, "<RequestId>", "<RequestId>x", "no request id"),
    ("CreateAccessKey", 409, "LimitExceeded", "QuotaExceeded", "is not an error of"),
    ("CreateAccessKey", 409, "LimitExceeded", "NoSuchEntity", "comes with 404"),
    ("CreateAccessKey", 409, "<Type>Sender", "<Type>Receiver", "type Receiver"),
    ("CreateAccessKey", 409, "<Message>[^<]+", "<Message>", "no message"),
]


def overlooked(lines):
    """Which of the broken answers pass."""
    for action, status, pattern, replacement, expected in BROKEN:
        fits = (line for line in lines if (line["action"], line["status"]) == (action, status))
        line = next((line for line in fits if re.search(pattern, line["response"])), None)
        if line is None:
            yield f"nothing to break: {action} {status} {pattern}"
            continue
        count = 1 if "<" in pattern else 2  # without its bracket a tag is opened and closed
        broken = {**line, "response": re.sub(pattern, replacement, line["response"], count=count)}
        if not any(expected in problem for problem in check(broken)):
            yield f"overlooked: {action} {status} with {pattern} replaced by {replacement[:20]!r}: {check(broken)}"


def main(path):
    lines = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    known = set(re.findall(r'(?:reads|changes)\("(\w+)"|name: "(\w+)"', OPERATIONS.read_text(encoding="utf-8")))
    known = {one or other for one, other in known}
    answered = {line["action"] for line in lines if line["status"] == 200}
    problems = [f"never answered: {action}" for action in sorted(known - answered)]
    problems += [f"not in {OPERATIONS.name}: {action}" for action in sorted(answered - known)]
    problems += overlooked(lines)
    for line in lines:
        problems += [f"{line['action']} {line['status']}: {problem}" for problem in check(line)]
    for problem, count in Counter(problems).most_common(40):
        print(f"{count:5} × {problem}")
    errors = {(line["action"], line["status"]) for line in lines if line["status"] != 200}
    print(f"{len(lines)} answers to {len(answered)} operations, {len(errors)} kinds of refusal, {len(problems)} problems")
    return 1 if problems or not lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

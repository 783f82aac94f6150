"""MiniStack with a handler for every resource type of the CloudFormation registry.

MiniStack emulates a good two hundred types and refuses a template with any other. Here every other type gets a handler
made from its registry schema, as cfn-lint ships it: properties are checked as AWS checks them first, so that a wrong
template fails and rolls back, and `Ref` and `Fn::GetAtt` give made-up values. Port and folders come from MiniStack's own
environment variables; with STOP_AT_EOF set the process group ends when standard input does, that is with its parent.
"""

import functools
import json
import os
import pathlib
import re
import signal
import sys
import threading
import uuid

import cfnlint
from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import _stacks, changesets, provisioners, stacks
from ministack.services.cloudformation import handlers as cloudformation

SCHEMAS = pathlib.Path(cfnlint.__file__).parent / "data" / "schemas"
REGISTRY = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text())

# MiniStack looks for the cluster of a node group, which in a CDK app may be one of RECORDED.
GENERIC_ANYWAY = {"AWS::EKS::Nodegroup"}
# Their Lambda functions want kubectl, helm or a certificate from the internet.
CLUSTER_KINDS = "Cluster FargateProfile HelmChart KubernetesObjectValue KubernetesPatch KubernetesResource"
RECORDED = ["Custom::AWSCDKOpenIdConnectProvider", *(f"Custom::AWSCDK-EKS-{kind}" for kind in CLUSTER_KINDS.split())]


@functools.cache
def schema_of(type_name):
    """The registry schema of a resource type."""
    return json.loads((SCHEMAS / "resources" / f"{REGISTRY[type_name]}.json").read_text())


def names_in(type_name, section):
    """Property names that a section of the schema lists: `/properties/Endpoint/Address` is `Endpoint.Address`."""
    pointers = schema_of(type_name).get(section, [])
    return [pointer.removeprefix("/properties/").replace("/", ".") for pointer in pointers]


def made_up(type_name, physical_id, attribute):
    """A value with the look of the attribute: an ARN, an address, or the physical id with a suffix."""
    _, service, kind = type_name.lower().split("::")[:3]
    if attribute.lower().endswith("arn"):
        return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{kind}/{physical_id}"
    if attribute.lower().endswith(("url", "endpoint")):
        return f"https://{service}.{get_region()}.amazonaws.com/{physical_id}"
    return f"{physical_id}-{attribute.lower().replace('.', '-')}"


def attributes_of(type_name, physical_id):
    """Every attribute that `Fn::GetAtt` may ask for, by name."""
    return {name: made_up(type_name, physical_id, name) for name in names_in(type_name, "readOnlyProperties")}


def check(type_name, properties):
    """Fails as CloudFormation does in front of the resource's own service."""
    schema = schema_of(type_name)
    for name in schema.get("required", []):
        if name not in properties:
            raise ValueError(f"Model validation failed (#: required key [{name}] not found)")
    for name in properties:
        if name not in schema.get("properties", {}):
            raise ValueError(f"Model validation failed (#: extraneous key [{name}] is not permitted)")


def physical_id_of(type_name, logical_id, properties, stack_name):
    """What `Ref` gives: the name that the template sets, or a made-up one, as an ARN where the type is known by it."""
    fallback = f"{stack_name}-{logical_id}-{uuid.uuid4().hex[:8]}"
    key = (names_in(type_name, "primaryIdentifier") or [""])[0]
    if isinstance(properties.get(key), str):
        return properties[key]
    return made_up(type_name, fallback, key) if key.endswith("Arn") else fallback


def generic(type_name):
    """A handler that checks properties and keeps nothing but what the stack itself remembers."""

    def create(logical_id, properties, stack_name):
        check(type_name, properties)
        physical_id = physical_id_of(type_name, logical_id, properties, stack_name)
        return physical_id, attributes_of(type_name, physical_id)

    def update(physical_id, old, new, stack_name, logical_id):
        fixed = [name for name in names_in(type_name, "createOnlyProperties") if old.get(name) != new.get(name)]
        if fixed:
            return create(logical_id, new, stack_name)
        check(type_name, new)
        return physical_id, attributes_of(type_name, physical_id)

    return {"create": create, "update": update, "update_with_logical_id": True, "delete": lambda *_: None}


def completed(type_name, handler):
    """MiniStack's own handler, with the attributes that it leaves out."""

    def complete(step):
        def handle(*arguments):
            physical_id, known = handler[step](*arguments)
            return physical_id, {**attributes_of(type_name, physical_id), **(known or {})}

        return handle

    return {**handler, **{step: complete(step) for step in ("create", "update") if step in handler}}


class AnyAttribute(dict):
    """Attributes of a custom resource, which may be asked for any; nearly all of RECORDED are about a cluster."""

    def __init__(self, physical_id):
        super().__init__()
        self.get = lambda name, default=None: made_up("AWS::EKS::Cluster", physical_id, name)

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return self.get(name)


def recorded(type_name):
    """A handler for a custom resource whose function is not run."""

    def create(logical_id, properties, stack_name):
        provider = f"arn:aws:iam::{get_account_id()}:oidc-provider/{logical_id}"
        physical_id = provider if "OpenIdConnect" in type_name else f"{stack_name}-{logical_id}"
        return physical_id, AnyAttribute(physical_id)

    def update(physical_id, *_):
        return physical_id, AnyAttribute(physical_id)

    return {"create": create, "update": update, "delete": lambda *_: None}


def register(handlers):
    """Completes MiniStack's table of handlers to the whole registry."""
    for type_name in REGISTRY:
        known = handlers.get(type_name)
        if type_name.startswith("AWS::CloudFormation::") and known:
            continue
        native = known and "create" in known and type_name not in GENERIC_ANYWAY
        handlers[type_name] = completed(type_name, known) if native else generic(type_name)
    handlers.update({type_name: recorded(type_name) for type_name in RECORDED})


def keep_attributes(*modules):
    """Lets a resource that an update leaves alone keep its attributes: MiniStack forgets those in nested stacks."""
    known = {}
    provision, update = provisioners._provision_resource, provisioners._update_resource

    def provisioned(resource_type, logical_id, *rest, **options):
        physical_id, attributes = provision(resource_type, logical_id, *rest, **options)
        known[resource_type, physical_id] = attributes
        return physical_id, attributes

    def updated(resource_type, old_id, *rest, **options):
        physical_id, attributes = update(resource_type, old_id, *rest, **options)
        known[resource_type, physical_id] = attributes or known.get((resource_type, old_id), {})
        return physical_id, known[resource_type, physical_id]

    for module in modules:
        module._provision_resource, module._update_resource = provisioned, updated


def word_as_aws(module):
    """Says of a missing stack what AWS says: the CDK's command line tells errors apart by these words."""
    original = module._error

    def error(code, message, *rest):
        return original(code, re.sub(r"^Stack \[(.+)\] does not exist$", r"Stack with id \1 does not exist", message), *rest)

    module._error = error


def make_obsolete(module):
    """Lets a change set become OBSOLETE once its stack has moved on since it was made; MiniStack would execute it."""
    find = module._find_change_set

    def found(*arguments):
        change_set_id, change_set = find(*arguments)
        if change_set and change_set["ExecutionStatus"] == "AVAILABLE":
            stack = _stacks.get(change_set["StackName"]) or {}
            state = [stack.get(key) for key in ("StackId", "LastUpdatedTime", "_template_body")]
            # Whoever makes a change set looks at it right away, to see whether it is there yet.
            if change_set.setdefault("_made_on", state) != state:
                change_set["ExecutionStatus"] = "OBSOLETE"
        return change_set_id, change_set

    module._find_change_set = found


def stop_at_eof():
    """Ends the process group with the parent, however that one dies: the pipe closes with it."""
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    register(provisioners._RESOURCE_HANDLERS)
    keep_attributes(provisioners, stacks)
    word_as_aws(cloudformation)
    make_obsolete(changesets)
    if os.environ.get("STOP_AT_EOF"):
        threading.Thread(target=stop_at_eof, daemon=True).start()
    from ministack.app import main

    main()

"""Runs azure-cli's own function for `az role assignment list` on assignments that it is given, and prints as az does.

Standard input is {"assignee": ID or null, "graph": "allowed", "refused" or "unknown", "assignments": [...]}. Errors and warnings go to
standard error with az's marks.
"""

import json
import logging
import sys
from types import SimpleNamespace
from unittest import mock

from azure.cli.command_modules.role import custom
from azure.cli.command_modules.role._msgrpah import GraphError
from knack.util import CLIError

given = json.load(sys.stdin)
application = "e90a1407-55c3-432d-9cb1-3638900a9d22"
atlas = {"id": "p-1", "servicePrincipalNames": [application], "@odata.type": "#microsoft.graph.servicePrincipal"}


class Graph:
    """The directory, as far as the function asks it."""

    def _answer(self, *_args, **_options):
        if given["graph"] == "refused":
            raise GraphError("Insufficient privileges to complete the operation.", None)
        return [atlas] if given["graph"] == "allowed" else []

    user_list = lambda self, *args, **options: []
    service_principal_list = _answer
    directory_object_get_by_ids = _answer


def search(_assignments, _definitions, _scope, assignee, *_rest):
    return [dict(one) for one in given["assignments"] if assignee in (None, one["principalId"])]


roles = {one["roleDefinitionId"]: one["roleDefinitionName"] for one in given["assignments"]}
client = SimpleNamespace(
    role_assignments=None,
    role_definitions=SimpleNamespace(
        _config=SimpleNamespace(subscription_id="s"),
        list=lambda scope: [SimpleNamespace(id=key, role_name=name) for key, name in roles.items()],
    ),
)
handler = logging.StreamHandler()
handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
logging.getLogger("cli").addHandler(handler)
logging.getLogger("cli").setLevel(logging.WARNING)
with (
    mock.patch.object(custom, "_graph_client_factory", lambda *_args: Graph()),
    mock.patch.object(custom, "_auth_client_factory", lambda *_args: client),
    mock.patch.object(custom, "_search_role_assignments", search),
):
    try:
        listed = custom.list_role_assignments(
            SimpleNamespace(cli_ctx=None), assignee=given["assignee"], scope="/s", include_inherited=True
        )
        print(json.dumps(listed, indent=2))
    except CLIError as error:
        print(f"ERROR: {error}", file=sys.stderr)

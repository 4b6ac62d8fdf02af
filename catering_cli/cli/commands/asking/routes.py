"""`catering routes`: who is asked for what, what is sent, what it costs, whether a key is there."""

from __future__ import annotations

from catering_cli.cli.commands.options import AsJson, Config


def routes(*, config: Config = None, json: AsJson = False) -> None:
    """Print who is asked for what.

    The routing table in effect: per task the chain of tiers, model, what is sent and left out, price, key.
    """
    from catering_cli.cli.actions import routing_table

    routing_table.printed(config, as_json=json)

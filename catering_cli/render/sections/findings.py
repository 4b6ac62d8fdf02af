"""Findings as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.render.wording import seen

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding


def told(finding: Finding) -> str:
    """One finding as one line: severity, what is the matter, where, value, limit, remedy."""
    value = f" ({finding.value})" if finding.value and finding.value not in finding.message else ""
    limit = f" Should be: {finding.limit.rstrip('.')}." if finding.limit else ""
    fix = f" Remedy: {finding.fix.rstrip('.')}." if finding.fix else ""
    message = finding.message.rstrip(".")
    return seen(f"{finding.severity:<10}  {message}{value} [{finding.rule}, {finding.where}].{limit}{fix}")

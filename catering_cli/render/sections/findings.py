"""A finding as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.render.wording import visible

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding


def finding_line(finding: Finding) -> str:
    """One finding as one line: severity, what is wrong, its value, rule and place, what it should be, the fix."""
    message = finding.message.rstrip(".")
    value = f" ({finding.value})" if finding.value and finding.value not in finding.message else ""
    limit = f" Should be: {finding.limit.rstrip('.')}." if finding.limit else ""
    fix = f" Fix: {finding.fix.rstrip('.')}." if finding.fix else ""
    return visible(f"{finding.severity:<10}  {message}{value} [{finding.rule}, {finding.where}].{limit}{fix}")

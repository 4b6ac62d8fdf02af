"""A finding as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.render.wording import around, visible

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding


def finding_line(finding: Finding) -> str:
    """One finding as one line: severity, what is wrong, its value, rule and place, what it should be, the fix."""
    message = finding.message.rstrip(".")
    if finding.value not in finding.message:
        message += f" ({finding.value})"
    limit = around(" Should be: ", finding.limit.rstrip("."), ".")
    fix = around(" Fix: ", finding.fix.rstrip("."), ".")
    return visible(f"{finding.severity:<10}  {message} [{finding.rule}, {finding.where}].{limit}{fix}")

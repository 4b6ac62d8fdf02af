"""A short answer to a thread of messages: what was understood, and what is asked."""

from __future__ import annotations

from catering_cli.tasks.reading.message import Read


def reply(read: Read) -> str:
    """A short answer to send: what was understood, and what is asked."""
    order = read.order
    event, guests = order.get("event", {}), order.get("guests", {})
    facts = [
        str(event.get("name", "")),
        str(event.get("service_at", "")).replace("T", " at ")[:19],
        _counted(guests.get("guaranteed", 0), "guest", "guests"),
        _counted(len(order.get("menu", ())), "dish", "dishes"),
    ]
    understood = ", ".join(fact for fact in facts if fact)
    lines = ["Thank you for your message."]
    if understood:
        lines.append(f"We noted: {understood}.")
    if read.questions:
        lines.append("Before we plan, please tell us:")
        lines += [f"{number}. {question}" for number, question in enumerate(read.questions, start=1)]
    elif read.unread:
        lines.append("We read the rest of your message and send you our plan.")
    else:
        lines.append("We have all that we need and send you our plan.")
    return "\n".join(lines)


def _counted(count: int, one: str, several: str) -> str:
    """A count in words; empty for none."""
    if not count:
        return ""
    return f"{count} {one if count == 1 else several}"

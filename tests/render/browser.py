"""A headless Chromium over its debugging pipe: what a page logs, asks the network for, and looks like."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
)

OVERLAPS = """
(() => {
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, said = node.textContent.trim();
    const holder = node.parentElement;
    if (!said || ["TITLE", "STYLE", "SCRIPT"].includes(holder.tagName.toUpperCase())) continue;
    if (getComputedStyle(holder).visibility === "hidden") continue;
    const range = document.createRange(); range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1)
        boxes.push({said, node, x: box.left, y: box.top, r: box.right, b: box.bottom});
  }
  boxes.sort((a, b) => a.y - b.y);
  const found = [];
  for (let i = 0; i < boxes.length; i++)
    for (let j = i + 1; j < boxes.length && boxes[j].y < boxes[i].b; j++) {
      const a = boxes[i], b = boxes[j];
      if (a.node === b.node) continue;
      const wide = Math.min(a.r, b.r) - Math.max(a.x, b.x), high = Math.min(a.b, b.b) - Math.max(a.y, b.y);
      if (wide > 1.5 && high > 3) found.push(`${a.said.slice(0, 40)} / ${b.said.slice(0, 40)}`);
    }
  return {found, looked: boxes.length};
})()
"""
"""Pairs of texts whose boxes lie on each other, and how many boxes were looked at."""

SPILLS = """
[...document.querySelectorAll("svg.gantt .bar text")].filter(text =>
  text.getBBox().x + text.getBBox().width > text.parentNode.querySelector("rect").getBBox().x +
  text.parentNode.querySelector("rect").getBBox().width + 1).map(text => text.textContent)
"""
"""Texts that are longer than their bar."""


class Tab:
    """One page. `log` is every console message and uncaught error, `requests` every address but the file itself."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._rest, self._count = write, read, b"", 0
        self._session = ""
        self.log: list[str] = []
        self.requests: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def open(self, file: Path, width: int = 1280, height: int = 900) -> None:
        """Show a file and wait until it is loaded."""
        self.size(width, height)
        self._loaded = False
        self._call("Page.navigate", url=file.as_uri())
        while not self._loaded:
            self._event()

    def size(self, width: int, height: int) -> None:
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def dark(self, *, on: bool) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]
        self._call("Emulation.setEmulatedMedia", features=features)

    def ask(self, script: str) -> Any:
        """The value of an expression."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """A screenshot."""
        data = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        file.write_bytes(base64.b64decode(data))

    def printed(self, *, letter: bool = False) -> bytes:
        """The PDF that a printer would get, on A4 or Letter."""
        wide, high = (8.5, 11) if letter else (8.27, 11.69)
        answer = self._call(
            "Page.printToPDF", paperWidth=wide, paperHeight=high, printBackground=True, preferCSSPageSize=False
        )
        return base64.b64decode(answer["data"])

    def _call(self, method: str, **given: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        message = {"id": number, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._event()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer.get("result", {})

    def _event(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            got = os.read(self._read, 1 << 20)
            assert got, "the browser went away"
            self._rest += got
        raw, self._rest = self._rest.split(b"\0", 1)
        event: dict[str, Any] = json.loads(raw)
        given = event.get("params", {})
        match event.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.log.append(json.dumps(given))
            case "Network.requestWillBeSent":
                address = given["request"]["url"]
                if given.get("type") != "Document" or not address.startswith("file:"):
                    self.requests.append(address)
        return event


@contextmanager
def browser() -> Iterator[Tab]:
    """A Chromium with one tab; it talks over file descriptors 3 and 4, so nothing listens on a port."""
    to_browser, our_write = os.pipe()
    our_read, from_browser = os.pipe()
    # The shell gives the two pipes the numbers that the browser expects.
    line = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen(
            ["bash", "-c", line, PROGRAM, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        try:
            yield Tab(our_write, our_read)
        finally:
            running.terminate()
            running.wait(timeout=20)
            os.close(our_write)
            os.close(our_read)

"""The test server itself: what it is told, it says, in each dialect."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from server import Server, emptiest

SCHEMA = {
    "title": "colours",
    "type": "object",
    "properties": {"names": {"type": "array", "items": {"type": "string"}}, "why": {"type": "string"}},
}
BODIES = {
    "/v1/messages": {
        "model": "m",
        "max_tokens": 5,
        "system": [{"type": "text", "text": "s"}],
        "messages": [{"role": "user", "content": "u"}],
        "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}},
    },
    "/v1/responses": {
        "model": "m",
        "max_output_tokens": 5,
        "instructions": "s",
        "input": "u",
        "reasoning": {"effort": "low"},
        "text": {"format": {"type": "json_schema", "name": "colours", "schema": SCHEMA}},
    },
    "/v1/chat/completions": {
        "model": "m",
        "max_completion_tokens": 5,
        "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
        "reasoning_effort": "low",
        "response_format": {"type": "json_schema", "json_schema": {"name": "colours", "schema": SCHEMA}},
    },
}


def post(url: str, body: dict) -> dict:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_reads_and_answers_each_dialect(server: Server) -> None:
    server.say("colours", {"names": ["red"], "why": ""}, {"names": ["blue"], "why": ""})
    said = [json.dumps(post(server.url + path, body)) for path, body in BODIES.items()]
    assert "red" in said[0]
    assert "blue" in said[1]
    assert "blue" in said[2]
    seen = {(a.task, a.model, a.system, a.user, a.effort, a.max_tokens) for a in server.asked("colours")}
    assert seen == {("colours", "m", "s", "u", "low", 5)}


def test_emptiest_answer_of_a_schema() -> None:
    assert emptiest(SCHEMA) == {"names": [], "why": ""}


def test_runs_as_a_process(tmp_path: Path) -> None:
    script, log = tmp_path / "script.json", tmp_path / "log.jsonl"
    script.write_text(json.dumps({"answers": {"colours": {"names": ["green"], "why": ""}}}))
    command = [sys.executable, str(Path(__file__).parents[1] / "server.py"), "--script", str(script), "--log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        answer = post(url + "/v1/messages", BODIES["/v1/messages"])
        process.kill()
    assert "green" in json.dumps(answer)
    assert json.loads(log.read_text())["task"] == "colours"

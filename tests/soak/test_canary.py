"""Words of a person, sought in every file that the running service writes."""

import sqlite3
from pathlib import Path
from uuid import uuid4

from tests.running import Service

HEALTH = "zanzibaritis"
PERSONAL = {
    "name": "Zebedeequux",
    "email": "zq.canary@example.org",
    "telephone": "07700 900461",
    "NHS number": "999 000 0018",
    "NI number": "QQ 12 34 56 C",
    "date of birth": "17/03/1951",
    "postcode": "LS6 3AB",
}
MESSAGE = (
    f"my name is {PERSONAL['name']}, {PERSONAL['email']}, ring {PERSONAL['telephone']}, NHS"
    f" {PERSONAL['NHS number']}, NI {PERSONAL['NI number']}, born {PERSONAL['date of birth']}, I live in"
    f" {PERSONAL['postcode']} and I have {HEALTH}"
)


def files_with(folder: Path, words: str) -> list[str]:
    """The files below the folder, logs, databases and their journals alike, that hold the words."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and words.lower().encode() in file.read_bytes().lower():
            found.append(str(file.relative_to(folder)))
    return found


def test_no_file_holds_personal_details_and_no_log_any_words(service: Service) -> None:
    chat = service.chat()
    chat.say(MESSAGE)
    chat.say(f"is there a study of {HEALTH} near Leeds?")
    # What breaks is logged as well: bodies that cannot be read, addresses, ids.
    chat.post({"id": MESSAGE, "text": MESSAGE})
    chat.post({"id": str(uuid4()), "text": MESSAGE * 9})
    chat.http.get("/studies", params={"condition": MESSAGE, "near": MESSAGE})
    chat.http.get(f"/studies/{HEALTH}")
    chat.http.get("/health/live", headers={"X-Request-ID": HEALTH + " x"})
    for kind, words in PERSONAL.items():
        assert files_with(service.var, words) == [], kind
    assert files_with(service.var / "logs", HEALTH) == []
    # The search itself is kept, for as long as the chat.
    assert "chat.sqlite" in "".join(files_with(service.var, HEALTH))
    assert HEALTH not in chat.http.get("/metrics").text

    assert chat.http.delete("/api/chat/sessions", headers=chat.headers).status_code == 204
    assert files_with(service.var, HEALTH) == []
    with sqlite3.connect(service.var / "rasa" / "tracker.sqlite", timeout=20) as database:
        rows = database.execute("SELECT data FROM events").fetchall()
    assert not any(HEALTH in row[0] for row in rows)
